/// The hosts that could start a request now, the one with the fewest in flight first.
///
/// Taking always the least loaded one shares the places evenly: a host whose requests take long keeps
/// its share and no more, and the others have the rest. Lists by load, threaded through one array;
/// every step is O(1), but for the search through one bit a load.
struct HostOrder {
    private struct Links {
        var previous: Int32 = -1
        var next: Int32 = -1
        /// The list that it is in; -1 for none.
        var load: Int32 = -1
    }

    private var links: [Links] = []
    private var heads: [Int32] = []
    private var tails: [Int32] = []
    /// A bit for each load that some host has.
    private var occupied: [UInt64] = []

    /// The least loaded host; of equal ones the one that was put in first.
    var first: Int? {
        for (offset, word) in occupied.enumerated() where word != 0 {
            return Int(heads[offset * 64 + word.trailingZeroBitCount])
        }
        return nil
    }

    /// Puts a host in, at the end of those with its load, or takes it to another load.
    mutating func put(_ host: Int, load: Int) {
        while links.count <= host { links.append(Links()) }
        guard links[host].load != load else { return }
        remove(host)
        while heads.count <= load {
            heads += repeatElement(-1, count: 64)
            tails += repeatElement(-1, count: 64)
            occupied.append(0)
        }
        links[host] = Links(previous: tails[load], next: -1, load: Int32(load))
        if tails[load] >= 0 {
            links[Int(tails[load])].next = Int32(host)
        } else {
            heads[load] = Int32(host)
            occupied[load / 64] |= 1 << UInt64(load % 64)
        }
        tails[load] = Int32(host)
    }

    /// Takes a host out, if it is in.
    mutating func remove(_ host: Int) {
        guard host < links.count, links[host].load >= 0 else { return }
        let link = links[host]
        let load = Int(link.load)
        if link.previous >= 0 {
            links[Int(link.previous)].next = link.next
        } else {
            heads[load] = link.next
            if link.next < 0 { occupied[load / 64] &= ~(1 << UInt64(load % 64)) }
        }
        if link.next >= 0 {
            links[Int(link.next)].previous = link.previous
        } else {
            tails[load] = link.previous
        }
        links[host] = Links()
    }
}

import NIOCore

/// Answers as a bad network would, the same for the same seed: some requests are dropped, cut, reset,
/// stalled, refused or answered with rubbish, and what is asked for again comes at last.
struct SeededFaults: Sendable {
    let seed: UInt64
    /// How many of 100 requests go wrong.
    var faultsInHundred = 30
    /// How long a fault that makes a client wait does so.
    var stall = TimeAmount.milliseconds(300)

    /// The true content of a path: from 0 to some 60 000 bytes, every tenth up to 600 000.
    func content(of path: String) -> [UInt8] {
        var random = Random(state: seed ^ hash(path))
        let most = random.next() % 10 == 0 ? 600_000 : 60_000
        let count = Int(random.next() % UInt64(most))
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count + 8)
        while bytes.count < count {
            withUnsafeBytes(of: random.next()) { bytes.append(contentsOf: $0) }
        }
        return Array(bytes.prefix(count))
    }

    /// What a request gets.
    func answer(_ request: FaultyServer.Request) -> Answer {
        let body = content(of: request.path)
        let whole = Answer.content(body, etag: "\"\(hash(request.path))\"", for: request)
        var random = Random(
            state: seed &+ hash(request.path) &+ UInt64(request.number) &* 0x9E37_79B9)
        _ = random.next()
        guard request.number < 12, Int(random.next() % 100) < faultsInHundred else { return whole }
        let place = whole.body.isEmpty ? 0 : Int(random.next() % UInt64(whole.body.count))
        switch random.next() % 8 {
        case 0: return whole.ending(.cut(after: place))
        case 1: return whole.ending(.reset(after: place))
        case 2: return whole.ending(.stall(after: place))
        case 3:
            // Lies: more than it has.
            var answer = whole
            answer.claimedLength = whole.body.count + 1 + place
            return answer
        case 4: return Answer(end: .cut(after: 0), raw: Array("\u{1}\u{2}rubbish\r\n\r\n".utf8))
        case 5: return Answer(end: .reset(after: 0), raw: [])
        case 6: return .status("503 Service Unavailable", [("Retry-After", "0")])
        default: return whole.after(stall)
        }
    }

    private func hash(_ text: String) -> UInt64 {
        text.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }

    // Source: SplitMix64, G. Steele, D. Lea, C. Flood, 2014.
    private struct Random {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }
}

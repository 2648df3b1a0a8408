internal import CTutti

/// What is sent to a worker at once.
struct Load: Sendable {
    /// Jobs of a ticket, by which they are held: each copy of a slice would be three references.
    struct Part: Sendable {
        let ticket: CrewState.Ticket
        let jobs: Range<Int>

        /// Whether both can be in one frame.
        fileprivate func isLike(_ other: Part) -> Bool {
            isWhole && other.isWhole && request.work == other.request.work
                && request.form == other.request.form
        }

        private var isWhole: Bool { jobs == 0..<ticket.count }
        fileprivate var request: Slice { ticket.request }
    }

    /// In the order in which they run.
    private(set) var parts: [Part] = []
    /// How many jobs are in them.
    private(set) var count = 0
    /// How many bytes they have, each by itself.
    private(set) var bytes = 0
    /// Whether sending it may have to wait for the worker.
    var isLarge = false

    mutating func append(_ ticket: CrewState.Ticket, _ jobs: Range<Int>) {
        parts.append(Part(ticket: ticket, jobs: jobs))
        count += jobs.count
        bytes += ticket.bytes
    }

    /// Sends it; the number of the error, or 0.
    func send(on wire: Int32) -> Int32 {
        if parts.count == 1 { return parts[0].request.frame(for: parts[0].jobs).send(on: wire) }
        return joined.withUnsafeBytes { tutti_send_all(wire, $0.baseAddress, $0.count) }
    }

    /// Its bytes on the wire; there are no attachments.
    ///
    /// Jobs of one type that follow each other are one slice, whoever submitted them: a frame for each
    /// costs both sides more than a tiny job does.
    var joined: [UInt8] {
        var joined: [UInt8] = []
        joined.reserveCapacity(bytes)
        var rest = parts[...]
        while let first = rest.popFirst() {
            let others = rest.prefix { $0.isLike(first) }
            rest = rest.dropFirst(others.count)
            let start = joined.count
            joined += first.request.frame(for: first.jobs).bytes
            guard !others.isEmpty else { continue }
            var count = first.jobs.count
            for other in others {
                joined += other.request.body
                count += other.jobs.count
            }
            Slice.amend(&joined, from: start, count: count)
        }
        return joined
    }
}

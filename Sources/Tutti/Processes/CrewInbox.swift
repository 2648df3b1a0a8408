/// Tickets that were submitted and that no keeper has seen.
///
/// A keeper holds the crew's lock for as long as it takes to make up a load of hundreds of jobs.
/// Whoever submits one does not wait for that: as long as every keeper is at work, and so will look
/// here before it sleeps, the ticket is left here and nobody is called.
final class CrewInbox: Sendable {
    typealias Submission = (id: Int, ticket: CrewState.Ticket)

    private struct Contents {
        var submissions: [Submission] = []
        /// Whether somebody looks here before all keepers sleep.
        var isWatched = false

        mutating func takeAll() -> [Submission] {
            defer { submissions = [] }
            return submissions
        }
    }

    private let contents = Locked(Contents())

    /// Leaves a ticket; false when whoever leaves it must see to it.
    func put(_ submission: Submission) -> Bool {
        contents.withLock { contents in
            contents.submissions.append(submission)
            return contents.isWatched
        }
    }

    /// Takes all that is here, in the order in which it came.
    func take() -> [Submission] {
        contents.withLock { $0.takeAll() }
    }

    /// Says whether somebody will look here again; takes what is left when nobody will.
    ///
    /// In one step: a ticket is either found now, or its submitter is told.
    func watch(_ isWatched: Bool) -> [Submission] {
        contents.withLock { contents in
            contents.isWatched = isWatched
            return isWatched ? [] : contents.takeAll()
        }
    }
}

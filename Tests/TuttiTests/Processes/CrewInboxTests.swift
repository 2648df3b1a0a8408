import Testing

@testable import Tutti

@Suite(.timeLimit(.minutes(5))) struct CrewInboxTests {
    private func submission(_ id: Int) throws -> CrewInbox.Submission {
        (
            id,
            CrewState.Ticket(
                request: try Slice.coded(Slice.beginning(of: Sum.self), Sum(numbers: [])),
                answer: .slice(SliceAnswers(count: 1) { _ in }))
        )
    }

    @Test func `who leaves a ticket is told whether somebody looks`() throws {
        let inbox = CrewInbox()
        #expect(try !inbox.put(submission(1)))
        #expect(inbox.watch(true).isEmpty)
        #expect(try inbox.put(submission(2)))
        #expect(inbox.take().map(\.id) == [1, 2])
        #expect(inbox.take().isEmpty)
    }

    @Test func `who stops looking gets what is left`() throws {
        let inbox = CrewInbox()
        _ = inbox.watch(true)
        #expect(try inbox.put(submission(1)))
        #expect(try inbox.put(submission(2)))
        #expect(inbox.watch(false).map(\.id) == [1, 2])
        #expect(try !inbox.put(submission(3)))
        #expect(inbox.watch(false).map(\.id) == [3])
    }

    @Test func `of many submitters and one who stops and starts looking, none misses a ticket`()
        async throws
    {
        let inbox = CrewInbox()
        let count = 10_000
        let seen = await withTaskGroup(of: [Int].self) { group in
            for first in [0, 1] {
                group.addTask {
                    stride(from: first, to: count, by: 2).flatMap { id -> [Int] in
                        guard let submission = try? submission(id) else { return [] }
                        // Not seen by the other: then by who left it.
                        return inbox.put(submission) ? [] : inbox.take().map(\.id)
                    }
                }
            }
            group.addTask {
                (0..<count).flatMap { inbox.watch($0.isMultiple(of: 2)).map(\.id) }
            }
            return await group.reduce(into: []) { $0 += $1 }
        }
        // The last word was that nobody looks: nothing can be left.
        #expect(inbox.take().isEmpty)
        #expect(seen.sorted() == Array(0..<count))
    }
}

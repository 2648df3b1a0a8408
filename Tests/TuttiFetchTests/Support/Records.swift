import NIOConcurrencyHelpers

@testable import TuttiFetch

/// The records of a run, as they come, and a way to wait for the first.
final class Records: Sendable {
    private struct State {
        var records: [FetchRecord] = []
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let state = NIOLockedValueBox(State())

    var all: [FetchRecord] { state.withLockedValue { $0.records } }

    func append(_ record: FetchRecord) {
        state.withLockedValue { state in
            state.records.append(record)
            return state.waiter.take()
        }?.resume()
    }

    func first() async {
        await withCheckedContinuation { continuation in
            let isThere = state.withLockedValue { state in
                if state.records.isEmpty { state.waiter = continuation }
                return !state.records.isEmpty
            }
            if isThere { continuation.resume() }
        }
    }
}

internal import Tutti

/// Events of a trace as a recording has them.
enum TracedSpans {
    /// Turns into spans what lies within the recording and tells more than its intervals.
    ///
    /// Lives of threads and worker processes are left out: the recording has them.
    static func spans(of trace: Trace, in recording: Recording) -> [Recording.Span] {
        let jobs = Set(trace.events.lazy.filter { $0.kind == .job }.map(\.name))
        return trace.events.compactMap { event in
            // A batch's view of a job, for executors that have none of their own.
            if event.kind == .flight, jobs.contains(event.name) { return nil }
            guard let (kind, name) = meaning(of: event) else { return nil }
            let began = recording.time(of: event.start.nanoseconds)
            let ended = event.end.map { recording.time(of: $0.nanoseconds) } ?? recording.duration
            let isWithin = ended > 0 && began <= recording.duration
            return isWithin
                ? Recording.Span(
                    kind, name, process: event.process, thread: event.thread, from: began,
                    to: min(ended, recording.duration))
                : nil
        }
    }

    private static func meaning(of event: Trace.Event) -> (Recording.Span.Kind, String)? {
        let number = event.number ?? 0
        let numbered = event.number.map { "\(event.name) \($0)" } ?? event.name
        switch event.kind {
        case .job, .flight: return (.job, event.name)
        case .call: return (.call, "call")
        case .span: return (.call, numbered)
        case .wait: return (.wait, event.name)
        case .park: return (.wait, "work")
        case .load: return (.wait, number == 1 ? "a job in a worker" : "\(number) jobs in a worker")
        case .steal: return (.steal, "branch of worker \(number)")
        case .mark: return (.mark, numbered)
        case .limit: return (.mark, "limit \(number)")
        case .death: return (.mark, "worker killed by signal \(number)")
        case .worker, .thread: return nil
        }
    }
}

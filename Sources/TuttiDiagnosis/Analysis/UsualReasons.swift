/// What threads of the same name wait for most.
///
/// A process that lives for a millisecond is gone before anybody can ask it; another one of its name
/// was there long enough.
struct UsualReasons {
    private var reasons: [String: WaitReason] = [:]

    init(_ recording: Recording) {
        var sums: [String: [WaitReason: UInt64]] = [:]
        for thread in recording.threads {
            for interval in thread.intervals where interval.state == .asleep {
                guard let reason = recording.reason(of: interval), reason.kind != .unknown,
                    reason.kind != .idle
                else { continue }
                sums[thread.name, default: [:]][
                    WaitReason(reason.kind, reason.act), default: 0] += interval.length
            }
        }
        for (name, kinds) in sums {
            reasons[name] =
                kinds.max {
                    ($0.value, $0.key.kind.rawValue) < ($1.value, $1.key.kind.rawValue)
                }?.key
        }
    }

    /// The reason of most sleep under that name; nil when nobody could ever ask.
    func reason(of name: String) -> WaitReason? { reasons[name] }
}

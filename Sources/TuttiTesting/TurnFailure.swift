extension TurnTaker {
    /// Why a run failed, and the seed that repeats it.
    public struct Failure: Error, CustomStringConvertible {
        /// What went wrong.
        public enum Reason: Sendable {
            /// The body threw.
            case threw(any Error)
            /// No task was ready and none slept on the run's clock, but the body had not ended.
            case deadlock
            /// The tasks took more turns than allowed and were still not done.
            case noEnd
        }

        /// What went wrong.
        public let reason: Reason
        /// The seed of the run.
        public let seed: UInt64
        /// How many turns had been taken.
        public let turns: Int

        /// What happened, when, and how to repeat it.
        public var description: String {
            let what =
                switch reason {
                case .threw(let error): "the body threw \(error)"
                case .deadlock:
                    "deadlock: no task can go on. Those left wait for each other, or for something "
                        + "outside, such as Task.sleep or a task that does not prefer the turn-taker"
                case .noEnd: "no end: the tasks were not done"
                }
            return "Seed \(seed), after \(turns) turns: \(what). "
                + "TurnTaker.run(seed: \(seed)) repeats it."
        }
    }
}

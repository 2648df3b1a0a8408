import Glibc
import TuttiTesting

@testable import Tutti

/// A job of a siege: its number says what must come of it.
struct SiegeJob: Job {
    enum Fate: Equatable {
        case value, trap, error, hang
    }

    struct Failure: Error, Codable, Equatable {
        let number: Int
    }

    let number: Int

    /// One in a hundred traps, one throws, one hangs.
    var fate: Fate {
        var random = SplitMix64(seed: UInt64(number))
        return switch random.next() % 100 {
        case 0: .trap
        case 1: .error
        case 2: .hang
        default: .value
        }
    }

    /// What it gives.
    var value: Int { number &* 31 &+ 7 }

    func run() throws -> Int {
        switch fate {
        case .value:
            // Some are over at once. In a hundred the others take half as long as the one that
            // hangs, so that a worker is often hit while it runs such a job.
            usleep(UInt32(number % 10) * 1000)
            return value
        case .trap: fatalError("on purpose")
        case .error: throw Failure(number: number)
        case .hang: while true { pause() }
        }
    }
}

/// Tells whether each job of a siege has the outcome that it must have.
struct SiegeVerdict {
    /// Outcomes as the jobs' own numbers ask for.
    private(set) var right: [SiegeJob.Fate: Int] = [:]
    /// Jobs that died with a worker, by the worker: the killer must have hit it.
    private(set) var deaths: [Int32: Int] = [:]
    /// Jobs that ran into their time although they do not hang: a worker must have been stopped.
    private(set) var delays = 0
    /// Everything else, in sentences.
    private(set) var wrong: [String] = []
    private var isJudged: [Bool]
    private let jobs: [SiegeJob]

    init(_ jobs: [SiegeJob]) {
        self.jobs = jobs
        isJudged = Array(repeating: false, count: jobs.count)
    }

    /// Whether each job has had an outcome.
    var isComplete: Bool { isJudged.allSatisfy { $0 } }

    /// Takes in what became of one job; `hits` are the signals that its worker got.
    mutating func judge(_ outcome: Outcome<Int>, hits: (Int32) -> [Int32]) {
        let job = jobs[outcome.index]
        if isJudged[outcome.index] { wrong.append("Job \(job.number) has two outcomes.") }
        isJudged[outcome.index] = true
        switch (job.fate, outcome.result) {
        case (.value, .success(job.value)): right[.value, default: 0] += 1
        case (.error, .failure(let error as SiegeJob.Failure)) where error.number == job.number:
            right[.error, default: 0] += 1
        case (.hang, .failure(is TimeoutError)): right[.hang, default: 0] += 1
        case (_, .failure(is TimeoutError)): delays += 1
        case (_, .failure(ProcessError.workerDied(let death)))
        where death.job == "TuttiTests.SiegeJob":
            guard case .killed(let signal) = death.end else { fallthrough }
            if job.fate == .trap, signal == SIGILL || signal == SIGTRAP {
                right[.trap, default: 0] += 1
            } else if hits(death.pid).contains(signal) {
                deaths[death.pid, default: 0] += 1
            } else {
                fallthrough
            }
        default:
            wrong.append("Job \(job.number), to \(job.fate): \(outcome.result)")
        }
    }
}

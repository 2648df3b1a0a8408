import Glibc
import Tutti

/// Says on standard error how far the comparison is: a bar on a terminal, plain lines elsewhere.
final class ProgressDisplay: Sendable {
    private let plan: Plan
    private let isQuiet: Bool
    private let isTerminal: Bool
    private let start = MonotonicClock.nanoseconds
    private let totalExpected: Double

    init(plan: Plan, isQuiet: Bool) {
        self.plan = plan
        self.isQuiet = isQuiet
        isTerminal = isatty(STDERR_FILENO) == 1
        totalExpected = plan.steps.reduce(0) { $0 + plan.expectedSeconds(of: $1) }
    }

    /// Runs `body`, which is one step of the plan, and shows how it goes on.
    func show<Value: Sendable>(
        _ step: Plan.Step, _ file: ProgressFile,
        _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        guard !isQuiet, isTerminal else {
            let begin = MonotonicClock.nanoseconds
            let value = try await body()
            if !isQuiet {
                let seconds = Double(MonotonicClock.nanoseconds - begin) / 1e9
                printError("\(step.label): done in \(seconds.rounded(toPlaces: 2)) s")
            }
            return value
        }
        let ticker = Task {
            while !Task.isCancelled {
                draw(step, done: file.read())
                try await Task.sleep(for: .milliseconds(100))
            }
        }
        let result: Result<Value, any Error>
        do { result = .success(try await body()) } catch { result = .failure(error) }
        // Awaited, so that it does not draw over what is printed next.
        ticker.cancel()
        _ = await ticker.result
        return try result.get()
    }

    /// Takes the bar away.
    func finish() {
        if !isQuiet, isTerminal { writeError("\r\u{1B}[K") }
    }

    private func draw(_ step: Plan.Step, done: Int) {
        let jobs = plan.jobs(of: step.workload)
        let before = plan.steps.prefix { $0 != step }.reduce(0) {
            $0 + plan.expectedSeconds(of: $1)
        }
        let here = plan.expectedSeconds(of: step) * Double(done) / Double(max(1, jobs))
        writeError("\r\u{1B}[K" + line(step, done: done, jobs: jobs, expectedDone: before + here))
    }

    /// The bar's line: `[█████···············] mixed on threads 17/100 · 0:12 left`.
    private func line(
        _ step: Plan.Step, done: Int, jobs: Int, expectedDone: Double
    ) -> String {
        let share = min(1, totalExpected > 0 ? expectedDone / totalExpected : 0)
        let filled = Int(share * 20)
        let bar = String(repeating: "█", count: filled) + String(repeating: "·", count: 20 - filled)
        let elapsed = Double(MonotonicClock.nanoseconds - start) / 1e9
        // The plan's guess, corrected by how wrong it has been so far.
        let pace = share > 0.05 ? elapsed / expectedDone : 1
        let left = Int(((totalExpected - expectedDone) * pace).rounded(.up))
        let seconds = left % 60 < 10 ? "0\(left % 60)" : "\(left % 60)"
        return "[\(bar)] \(step.label) \(done)/\(jobs) · \(left / 60):\(seconds) left"
    }
}

extension Plan.Step {
    /// `urls on threads`.
    var label: String { "\(workload.rawValue) on \(executor.rawValue)" }
}

extension Double {
    /// Decimal digits without printf: `1.234.rounded(toPlaces: 2)` is 1.23.
    func rounded(toPlaces places: Int) -> Double {
        var scale = 1.0
        for _ in 0..<places { scale *= 10 }
        return (self * scale).rounded() / scale
    }
}

/// Prints a line on standard error.
func printError(_ line: String) {
    writeError(line + "\n")
}

/// Writes to standard error, unbuffered; there is nobody to tell when that fails.
private func writeError(_ text: String) {
    var text = text
    text.withUTF8 { _ = Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
}

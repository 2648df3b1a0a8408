import Tutti

/// The `{jobs}` in a program's arguments, for which numbers of workers are put.
enum JobsPlace {
    private static var mark: String { "{jobs}" }

    /// Whether the arguments have one.
    static func isIn(_ program: [String]) -> Bool { program.contains { $0.contains(mark) } }

    /// The arguments with a number instead.
    static func filled(_ program: [String], with jobs: Int) -> [String] {
        program.map { $0.replacing(mark, with: "\(jobs)") }
    }

    /// One, two and on by doubling to twice the cores, which must not be slower.
    static var numbers: [Int] {
        var numbers = [1]
        while let last = numbers.last, last < 2 * Processors.usable.count {
            numbers.append(last * 2)
        }
        return numbers
    }
}

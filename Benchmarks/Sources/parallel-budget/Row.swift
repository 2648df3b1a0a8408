import RowHarness
import Tutti

/// Something whose instructions and allocations are counted.
struct Row: Sendable {
    /// What the row is called in `budgets.json`.
    let name: String
    /// What the instructions are divided by: an element, a join.
    let unit: String
    /// How many of them a call works through.
    let units: Int
    /// Runs the row once.
    ///
    /// A function that is not inlined: code at the top level of a file is compiled differently.
    let call: @Sendable (ForkJoinPool) -> Void
}

extension Row {
    /// A row over all elements of ``Input``.
    static func elements(_ name: String, _ call: @escaping @Sendable (ForkJoinPool) -> Void) -> Row
    {
        Row(name: name, unit: "element", units: Input.count, call: call)
    }
}

/// What the rows work on, made once.
///
/// Long enough for what a call costs once to be little beside the elements.
enum Input {
    static let count = 1 << 18
    static let words = RowHarness.Input.words(count)
    static let floats = RowHarness.Input.floats(count)
}

/// Keeps the compiler from leaving out how `value` was computed.
///
/// Not optimised: an empty function that the compiler may look into is no use, and its callers
/// compute nothing.
@inline(never) @_optimize(none)
func use<Value>(_ value: Value) {}

/// JSON, value by value, with an indentation that people can read.
struct JSONText {
    private(set) var text = ""
    private var isFirst: [Bool] = [true]

    /// An object whose members `body` adds.
    mutating func object(_ key: String? = nil, _ body: (inout JSONText) -> Void) {
        group(key, "{", "}", body)
    }

    /// An array whose elements `body` adds.
    mutating func array(_ key: String? = nil, _ body: (inout JSONText) -> Void) {
        group(key, "[", "]", body)
    }

    mutating func add(_ key: String? = nil, _ value: String) { put(key, Quoted.json(value)) }

    mutating func add(_ key: String? = nil, _ value: Int) { put(key, String(value)) }

    mutating func add(_ key: String? = nil, _ value: Bool) { put(key, value ? "true" : "false") }

    /// A number with six places at most; what JSON cannot say becomes null.
    mutating func add(_ key: String? = nil, _ value: Double) {
        put(key, value.isFinite ? "\((value * 1e6).rounded() / 1e6)" : "null")
    }

    private mutating func group(
        _ key: String?, _ open: String, _ close: String, _ body: (inout JSONText) -> Void
    ) {
        begin(key)
        text += open
        isFirst.append(true)
        body(&self)
        let wasEmpty = isFirst.removeLast()
        if !wasEmpty { text += "\n" + indentation }
        text += close
    }

    private mutating func put(_ key: String?, _ value: String) {
        begin(key)
        text += value
    }

    private mutating func begin(_ key: String?) {
        if !isFirst[isFirst.count - 1] { text += "," }
        if isFirst.count > 1 { text += "\n" + indentation }
        isFirst[isFirst.count - 1] = false
        if let key { text += Quoted.json(key) + ": " }
    }

    private var indentation: String { String(repeating: " ", count: 2 * (isFirst.count - 1)) }
}

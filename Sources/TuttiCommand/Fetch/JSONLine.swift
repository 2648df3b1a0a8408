/// A JSON object on one line, member by member.
struct JSONLine {
    private var text = "{"

    /// The object.
    var description: String { text + "}" }

    mutating func add(_ key: String, _ value: String?) {
        begin(key)
        text += value.map(Self.quoted) ?? "null"
    }

    mutating func add(_ key: String, _ value: Int?) {
        begin(key)
        text += value.map(String.init) ?? "null"
    }

    /// Seconds, to the microsecond.
    mutating func add(_ key: String, _ value: Duration?) {
        begin(key)
        text += value.map { "\(($0 / .seconds(1)).rounded(toPlaces: 6))" } ?? "null"
    }

    private mutating func begin(_ key: String) {
        if text.utf8.count > 1 { text += "," }
        text += "\"\(key)\":"
    }

    private static func quoted(_ string: String) -> String {
        var text = "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case ..<" ", "\u{7F}":
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text + "\""
    }
}

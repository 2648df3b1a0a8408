import TuttiDiagnosis

/// A JSON object on one line, member by member.
struct JSONLine {
    private var text = "{"

    /// The object.
    var description: String { text + "}" }

    mutating func add(_ key: String, _ value: String?) {
        begin(key)
        text += value.map(Quoted.json) ?? "null"
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
}

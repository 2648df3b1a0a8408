internal import Tutti

/// Text as it may stand in JSON and in a page, whatever is in it.
package enum Quoted {
    /// A string literal of JSON, safe also inside a script of a page.
    package static func json(_ string: String) -> String { jsonLiteral(string) }

    /// Text that a browser cannot take for markup.
    ///
    /// Scalar by scalar: a `<` with an accent on it is another character, and still opens a tag.
    package static func html(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}

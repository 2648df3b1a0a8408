/// What every text needs before it may stand in a page.
enum HTML {
    /// Makes the five characters harmless that mean something to a browser.
    static func escaped(_ text: String) -> String {
        var result = ""
        for character in text.unicodeScalars {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.unicodeScalars.append(character)
            }
        }
        return result
    }

    /// The same for sentences, whose units stay on the line of their number.
    static func prose(_ text: String) -> String {
        var result = ""
        var words = text.split(separator: " ", omittingEmptySubsequences: false)[...]
        while let word = words.popFirst() {
            result += escaped(String(word))
            guard let next = words.first else { break }
            let isUnit =
                next.first == "%"
                || (next.first == "s" && next.dropFirst().allSatisfy(\.isPunctuation))
            result += isUnit && word.last?.isNumber == true ? "&nbsp;" : " "
        }
        return result
    }
}

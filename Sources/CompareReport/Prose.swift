internal import TuttiDiagnosis

/// Sentences as a page has them.
enum Prose {
    /// Escapes sentences, whose units stay on the line of their number.
    static func html(_ text: String) -> String {
        var result = ""
        var words = text.split(separator: " ", omittingEmptySubsequences: false)[...]
        while let word = words.popFirst() {
            result += Quoted.html(String(word))
            guard let next = words.first else { break }
            let isUnit =
                next.first == "%"
                || (next.first == "s" && next.dropFirst().allSatisfy(\.isPunctuation))
            result += isUnit && word.last?.isNumber == true ? "&nbsp;" : " "
        }
        return result
    }
}

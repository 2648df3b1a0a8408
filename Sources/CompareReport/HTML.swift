internal import TuttiDiagnosis

/// What every text needs before it may stand in a page.
enum HTML {
    /// Escapes sentences, whose units stay on the line of their number.
    static func prose(_ text: String) -> String {
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

/// A diagnosis as one file to look at, which loads nothing.
public struct Page: CustomStringConvertible {
    /// The whole page.
    public let description: String

    /// Draws a diagnosis.
    public init(_ diagnosis: Diagnosis) {
        description = TextReport(diagnosis).description
    }
}

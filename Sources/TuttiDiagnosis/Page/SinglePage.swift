/// A web page that is one file and loads nothing from elsewhere.
///
/// The words are HTML, so that they can be read, copied and printed without the script.
package struct SinglePage: CustomStringConvertible {
    /// The text of the file, in UTF-8.
    package let description: String

    /// Puts a page together.
    ///
    /// - Parameters:
    ///   - title: as the window has it.
    ///   - style: beyond what all pages have.
    ///   - body: HTML; a drawing gives its own part.
    ///   - drawings: in the order of their numbers.
    package init(title: String, style: String, body: String, drawings: [Drawing]) {
        let data = drawings.map(\.data).joined(separator: ",\n")
        description = """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta http-equiv="Content-Security-Policy" \
            content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
            <title>\(Quoted.html(title))</title>
            <style>\(Self.style)\(style)</style></head><body>
            \(body)
            <script>const drawings=[\(data)];
            \(Self.script)</script>
            </body></html>

            """
    }
}

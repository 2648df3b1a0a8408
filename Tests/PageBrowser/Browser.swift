import Foundation

/// Chromium without a window.
package enum Browser {
    /// Where it is installed; nil where it is not.
    package static let path = [
        "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome",
    ].first { FileManager.default.isExecutableFile(atPath: $0) }

    /// What became of a page.
    package struct Visit: Sendable {
        /// What the probe and the page have written to the root element's `data-` attributes.
        package let notes: [String: String]
        /// Errors and what scripts wrote to the console.
        package let complaints: [String]
    }

    /// Loads a page.
    ///
    /// - Parameters:
    ///   - page: its text.
    ///   - probe: a script that runs after those of the page and notes what it finds with
    ///     `note(name, value)`.
    ///   - width: of the window, in pixels.
    ///   - isDark: whether the user likes pages dark.
    /// - Throws: what keeps the browser from being started.
    /// - Returns: what was noted, and what went wrong.
    package static func visit(
        _ page: String, probe: String, width: Int = 1280, isDark: Bool = false
    ) throws -> Visit {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("tutti-page-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let first = """
            <script>
            const note = (name, value) => { document.documentElement.dataset[name] = value; };
            onerror = text => note("error", text);
            </script>
            """
        let file = folder.appendingPathComponent("page.html")
        let text =
            page.replacing("<head>", with: "<head>" + first)
            .replacing("</body>", with: "<script>{\(probe)}</script></body>")
        try Data(text.utf8).write(to: file)
        // Files, not pipes: neither can fill up while the other is read.
        let output = folder.appendingPathComponent("document")
        let log = folder.appendingPathComponent("log")
        for file in [output, log] { try Data().write(to: file) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path ?? "/usr/bin/chromium")
        process.arguments = [
            "--headless", "--no-sandbox", "--disable-gpu", "--window-size=\(width),1600",
            "--blink-settings=preferredColorScheme=\(isDark ? 0 : 1)",
            "--user-data-dir=" + folder.appendingPathComponent("profile").path,
            "--enable-logging=stderr", "--v=0", "--dump-dom", file.absoluteString,
        ]
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: log)
        try process.run()
        process.waitUntilExit()
        let document = String(decoding: try Data(contentsOf: output), as: UTF8.self)
        let root = document.firstMatch(of: /<html[^>]*>/)?.output ?? ""
        let notes = root.matches(of: /data-([a-z]+)="([^"]*)"/).map {
            (String($0.output.1), String($0.output.2))
        }
        let complaints = String(decoding: try Data(contentsOf: log), as: UTF8.self)
            .split(separator: "\n").filter { $0.contains("CONSOLE") }.map(String.init)
            // Advice for the probe, which reads pixels, and not for the page.
            .filter { !$0.contains("willReadFrequently") }
        return Visit(
            notes: Dictionary(notes, uniquingKeysWith: { $1 }), complaints: complaints)
    }
}

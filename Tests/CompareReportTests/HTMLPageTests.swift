import CompareReport
import Foundation
import Testing

@Suite struct HTMLPageTests {
    @Test func `the essence stands first`() throws {
        let heading = try #require(Samples.page.firstMatch(of: /(?s)<h1>(.*?)<\/h1>/)).output.1
        let words = heading.replacing(/<[^>]*>/, with: "").split(whereSeparator: \.isWhitespace)
        #expect(
            words.joined(separator: " ")
                == "Waiting work event loop 112× Computing work cores 1.95× "
                + "Mixed work loop + cores 6.56×")
    }

    @Test func `hostile names stay text`() {
        let name = "<script>alert('\"&</script>"
        var workload = Samples.urls
        workload.name = name
        for index in workload.runs.indices { workload.runs[index].executor = name }
        let comparison = Comparison(cores: 2, workloads: [workload])
        let page = HTMLPage(
            comparison, timelines: Samples.timelines(of: comparison), captions: [name: name],
            machine: name
        ).description
        #expect(!page.contains("<script>alert"))
        #expect(page.contains("&lt;script&gt;alert(&#39;&quot;&amp;&lt;/script&gt;"))
    }

    @Test func `every lane and every job is drawn`() {
        let timelines = Samples.timelines(of: Samples.comparison)
        let lanes = timelines.map { Set($0.spans.map(\.lane)).count }.reduce(0, +)
        #expect(Samples.page.matches(of: /<g data-lane=\d+>/).count == lanes)
        let jobs = timelines.map(\.spans.count).reduce(0, +)
        #expect(Samples.page.matches(of: /<rect\b/).count == jobs)
    }

    @Test func `thousands of jobs stay a small file that loads nothing`() {
        let many = Comparison(
            cores: 2, workloads: [Samples.urls, Samples.urls, Samples.urls])
        let page = HTMLPage(many, timelines: Samples.timelines(of: many)).description
        #expect(page.utf8.count < 300_000)
        #expect(!page.contains("http:") && !page.contains("https:") && !page.contains(" src="))
        #expect(page.contains("default-src 'none'"))
    }

    @Test func `a page can be empty, without timelines or without a baseline`() {
        let empty = HTMLPage(Comparison(cores: 1, workloads: []), timelines: []).description
        #expect(empty.contains("Nothing to compare"))
        let bare = HTMLPage(Samples.comparison, timelines: []).description
        #expect(!bare.contains("<svg"))
        var workload = Samples.frames
        workload.runs = [Samples.run("cores", wall: 1.5, cpu: 2.9, inFlight: 2)]
        let alone = HTMLPage(Comparison(cores: 2, workloads: [workload]), timelines: [])
        #expect(alone.description.contains("<td>–</td>"))
    }

    @Test func `a tie is no win and a unit stays with its number`() {
        var workload = Samples.frames
        workload.runs.removeSubrange(2...)
        let page = HTMLPage(Comparison(cores: 2, workloads: [workload]), timelines: []).description
        #expect(page.contains("</small> no difference</span>"))
        #expect(page.contains("busy 100&nbsp;% of 3.01&nbsp;s: this"))
    }

    @Test(.enabled(if: Browser.path != nil, "needs Chromium"), .timeLimit(.minutes(5)))
    func `a browser runs the page without an error and arrow keys tell a job`() async throws {
        let probe = """
            <script>
            for (const svg of document.querySelectorAll("svg.timeline")) {
              svg.focus();
              svg.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight" }));
              document.documentElement.dataset.tip = document.getElementById("tip").textContent;
              const rect = svg.querySelector("rect");
              rect.dispatchEvent(new PointerEvent("pointermove", { bubbles: true }));
            }
            document.documentElement.dataset.drawn = document.querySelectorAll("svg rect").length;
            const wide = document.documentElement.scrollWidth > innerWidth;
            document.documentElement.dataset.wide = wide;
            </script>
            """
        let errors = """
            <script>onerror = (text) => { document.documentElement.dataset.error = text; };</script>
            """
        let page = Samples.page
            .replacing("<head>", with: "<head>" + errors)
            .replacing("</body>", with: probe + "</body>")
        let result = try Browser.load(page)
        let root = try #require(result.document.firstMatch(of: /<html[^>]*>/)).output
        #expect(!root.contains("data-error"), "\(root)")
        #expect(root.contains(/data-tip="Job 0 · from 0 ms · for \d+ ms"/))
        let jobs = Samples.comparison.workloads.map { $0.jobs * $0.runs.count }.reduce(0, +)
        #expect(root.contains("data-drawn=\"\(jobs)\""))
        #expect(root.contains("data-wide=\"false\""))
        #expect(!result.log.contains("CONSOLE"), "\(result.log)")
    }
}

/// Chromium without a window.
private enum Browser {
    static let path = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]
        .first { FileManager.default.isExecutableFile(atPath: $0) }

    /// Loads a page and gives the document as its scripts left it, with the browser's log.
    static func load(_ page: String) throws -> (document: String, log: String) {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("tutti-page-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("page.html")
        try Data(page.utf8).write(to: file)
        // Files, not pipes: neither can fill up while the other is read.
        let output = folder.appendingPathComponent("document")
        let log = folder.appendingPathComponent("log")
        for file in [output, log] { try Data().write(to: file) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try #require(path))
        process.arguments = [
            "--headless", "--no-sandbox", "--disable-gpu", "--window-size=1280,1600",
            "--user-data-dir=" + folder.appendingPathComponent("profile").path,
            "--enable-logging=stderr", "--v=0", "--dump-dom", file.absoluteString,
        ]
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: log)
        try process.run()
        process.waitUntilExit()
        return (
            String(decoding: try Data(contentsOf: output), as: UTF8.self),
            String(decoding: try Data(contentsOf: log), as: UTF8.self)
        )
    }
}

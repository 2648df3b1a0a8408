import CompareReport
import Glibc
import Tutti

/// Where the findings go besides the terminal, checked before anything is measured.
struct Outputs: Sendable {
    private let json: String?
    private let html: String?
    private let frames: FrameFiles?

    init(json: String?, html: String?, frames: String?) throws {
        self.json = json
        self.html = html
        self.frames = frames.map(FrameFiles.init)
        for (option, path) in [("--json", json), ("--html", html)] {
            guard let path else { continue }
            try Self.checked("\(option) \(path)") {
                // Appending nothing creates the file or leaves it as it is.
                guard let file = fopen(path, "ae") else { throw SystemError("open", subject: path) }
                fclose(file)
            }
        }
        try Self.checked("--frames \(frames ?? "")") { try self.frames?.prepare() }
    }

    /// Prints the tables and writes the files that were asked for.
    func write(_ findings: Findings) async throws {
        for workload in findings.comparison.workloads {
            print(TextTable(workload, caption: findings.captions[workload.name] ?? ""))
            for sentence in Explanation(of: workload, cores: findings.comparison.cores).sentences {
                print(sentence)
            }
            print()
        }
        if findings.wasInterrupted { print("Interrupted: this is what was measured so far.") }
        for problem in findings.problems { printError("tutti compare: \(problem)") }
        let hasFrames = findings.comparison.workloads.contains { $0.name == "frames" }
        if let frames, hasFrames, !findings.wasInterrupted { print(await frames.makeFilm()) }
        // A file that cannot be written does not cost the other one.
        let written = Result { try write(page(of: findings), to: html, option: "--html") }
        try write(JSONText(findings.comparison).description, to: json, option: "--json")
        try written.get()
    }

    private func page(of findings: Findings) -> String {
        ComparisonPage(
            findings.comparison, runs: findings.runs, captions: findings.captions
        ).description
    }

    private func write(_ text: String, to path: String?, option: String) throws {
        guard let path else { return }
        try Self.checked("\(option) \(path)") { try writeFile(path, Array(text.utf8)) }
    }

    private static func checked(_ what: String, _ body: () throws -> Void) throws {
        do {
            try body()
        } catch let error as SystemError {
            throw Failure(
                sentence: """
                    \(what): \(String(cString: strerror(error.code))). \
                    Choose a place that you may write to.
                    """)
        }
    }
}

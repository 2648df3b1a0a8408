import ArgumentParser
import Glibc
import Tutti
import TuttiDiagnosis

/// Where the findings of `tutti diagnose` go.
struct DiagnoseOutputs: ParsableArguments {
    @Option(help: ArgumentHelp("Write a page to look at.", valueName: "file"))
    var html: String?

    @Option(help: ArgumentHelp("Write the findings for programs to read.", valueName: "file"))
    var json: String?

    @Option(help: ArgumentHelp("Write a trace that ui.perfetto.dev opens.", valueName: "file"))
    var trace: String?

    @Option(help: ArgumentHelp("Write the recording, for --open.", valueName: "file"))
    var save: String?

    @Option(
        help: ArgumentHelp(
            "End with 1 unless this holds, such as 'cores>=1.8'; may be given again.",
            valueName: "condition"))
    var check: [String] = []

    @Option(
        help: ArgumentHelp(
            "Compare with a recording that --save has written, as of before a change.",
            valueName: "file"))
    var against: String?

    @Flag(help: "Print no report.")
    var quiet = false

    func validate() throws {
        for condition in check where Check(condition) == nil {
            let names = Measure.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError(
                "--check '\(condition)' is not like 'cores>=1.8': give one of \(names), then one "
                    + "of >= <= > <, then a number.")
        }
    }

    private var files: [(option: String, path: String)] {
        [("--html", html), ("--json", json), ("--trace", trace), ("--save", save)]
            .compactMap { option, path in path.map { (option, $0) } }
    }

    /// Refuses a file that cannot be read or written, before anything is recorded.
    func prepare() throws {
        _ = try earlier()
        for (option, path) in files {
            // Appending nothing creates the file or leaves it as it is.
            guard let file = fopen(path, "ae") else {
                throw Self.failure(option, path, errno)
            }
            fclose(file)
        }
    }

    private func earlier() throws -> Diagnosis? {
        try against.map { Diagnosis(try OpenedRecording.read($0, option: "--against")) }
    }

    /// Prints the report and writes the files that were asked for.
    func write(_ diagnosis: Diagnosis) throws {
        // Before --save may write over it.
        let earlier = try earlier()
        if !quiet {
            for line in TextReport(diagnosis).lines { printError(line) }
            if let earlier {
                for line in Contrast(before: earlier, after: diagnosis).lines { printError(line) }
            }
            for condition in check.compactMap(Check.init) {
                printError(condition.sentence(about: diagnosis.whole.slice))
            }
        }
        // A file that cannot be written does not cost the others.
        var failures: [any Error] = []
        for (option, path) in files {
            do {
                try writeFile(path, bytes(for: option, of: diagnosis))
            } catch {
                failures.append(Self.failure(option, path, error.code))
            }
        }
        if let first = failures.first { throw first }
    }

    private func bytes(for option: String, of diagnosis: Diagnosis) -> [UInt8] {
        switch option {
        case "--html": Array(Page(diagnosis).description.utf8)
        case "--json": Array(JSONReport(diagnosis).description.utf8)
        case "--trace": Array(ChromeTrace(diagnosis).description.utf8)
        default: SavedRecording.bytes(of: diagnosis.recording)
        }
    }

    /// Whether all that was to be checked holds.
    func didPass(_ diagnosis: Diagnosis) -> Bool {
        check.compactMap(Check.init).allSatisfy { $0.holds(for: diagnosis.whole.slice) }
    }

    private static func failure(_ option: String, _ path: String, _ code: Int32) -> Failure {
        Failure(
            sentence: "\(option) \(path): \(String(cString: strerror(code))). "
                + "Choose a place that you may write to.")
    }
}

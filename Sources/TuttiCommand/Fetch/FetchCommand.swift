import ArgumentParser
import Glibc
import Tutti
import TuttiFetch
import TuttiNIO

/// The subcommand `tutti fetch`.
struct Fetch: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Fetch many URLs at once, each into a file that is whole or not there.",
        discussion: """
            How many are in flight is found by measuring, for each host and in all. A file is \
            written as NAME.tutti-part and renamed when it is whole; what was interrupted is \
            continued by the same command. Names come from the URLs, as with wget: the last part \
            of the path with the query; the second of a kind gets a number.

            A line of the list is a URL, then if wanted the name of its file and sha256=DIGITS, \
            separated by blanks, or by tabs where names hold blanks. Lines that begin with # and \
            empty lines are skipped.

            Ends with 0 if every file came, 1 if not, 130 if it was interrupted, 64 if it was \
            called wrongly.
            """)

    @OptionGroup(title: "What and where") var sources: FetchSources
    @OptionGroup(title: "How many at once") var flights: FetchFlights
    @OptionGroup(title: "When it goes wrong") var patience: FetchPatience
    @OptionGroup(title: "How to ask") var requests: FetchQuestions

    @Flag(help: "Print a record of each URL on standard output, one JSON object a line.")
    var json = false

    @Flag(help: "Show no progress.")
    var quiet = false

    mutating func validate() throws {
        try sources.validate()
        try flights.validate()
        try patience.validate()
        try requests.validate()
        if json, sources.isToStandardOutput {
            throw ValidationError("--json and --output - would both write to standard output.")
        }
    }

    func run() async throws {
        do {
            let list = try sources.list()
            raiseDescriptorLimit()
            let standardOutput = sources.isToStandardOutput ? try OutputToStandardOutput() : nil
            var settings = FetchConfiguration(folder: standardOutput?.folder ?? sources.folder)
            sources.apply(to: &settings)
            flights.apply(to: &settings)
            patience.apply(to: &settings)
            try requests.apply(to: &settings)
            let outcome = try await fetch(list, settings)
            if outcome.failed == 0 { try standardOutput?.copy() }
            if outcome.wasCancelled { throw ExitCode(130) }
            if outcome.failed > 0 { throw ExitCode.failure }
        } catch let failure as Failure {
            printError("tutti fetch: \(failure.sentence)")
            throw ExitCode.failure
        } catch let error as FetchError {
            printError("tutti fetch: \(error)")
            throw ExitCode.failure
        }
    }

    private func fetch(
        _ list: [FetchRequest], _ settings: FetchConfiguration
    ) async throws -> FetchSummary {
        let display = FetchDisplay(isQuiet: quiet)
        let printer = RecordPrinter(isJSON: json)
        let record: @Sendable (FetchRecord) -> Void = { record in
            guard let line = printer.line(for: record) else { return }
            display.clear()
            printError(line)
        }
        let progress: (@Sendable (FetchProgress) -> Void)? =
            if display.isShown { { display.draw($0) } } else { nil }
        let work = Task {
            try await Fetcher(configuration: settings).fetch(
                list, progress: progress, record: record)
        }
        Interrupt.listen { _ in work.cancel() }
        let result = await work.result
        display.clear()
        let summary = try result.get()
        for line in FetchReport(summary, hiddenFailures: printer.hiddenFailures).lines {
            printError(line)
        }
        return summary
    }

    /// A request in flight has a socket and a file.
    private func raiseDescriptorLimit() {
        var limit = rlimit()
        guard getrlimit(Int32(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
        limit.rlim_cur = limit.rlim_max
        _ = setrlimit(Int32(RLIMIT_NOFILE.rawValue), &limit)
    }
}

internal import TuttiDiagnosis

/// A comparison as one web page that needs nothing else: no server, no other file.
///
/// It reads from the top: the essence, then for each workload the answer, each run as a bar that
/// opens to the drawing that the page of a diagnosis has, the reasons, and the figures.
public struct ComparisonPage: Sendable, CustomStringConvertible {
    /// The text of the file, in UTF-8.
    public let description: String

    /// How many bytes the lanes and jobs of one run may take, about.
    private static var roomOfRun: Int { 42_000 }

    /// Writes the page.
    ///
    /// - Parameters:
    ///   - comparison: what was measured.
    ///   - runs: what each run did; those without one have a bar and figures only.
    ///   - captions: what each workload is, by its name: `200 URLs, 50 ms each`.
    public init(
        _ comparison: Comparison, runs: [RecordedRun], captions: [String: String] = [:]
    ) {
        var drawings: [Drawing] = []
        let sections = comparison.workloads.map { workload in
            var section = WorkloadSection(
                workload: workload, cores: comparison.cores,
                caption: captions[workload.name] ?? "\(workload.jobs) jobs")
            for run in runs where run.workload == workload.name {
                let drawing = Drawing(run.diagnosis, room: Self.roomOfRun)
                section.drawn[run.executor] = WorkloadSection.Drawn(
                    run: run, drawing: drawing, number: drawings.count)
                drawings.append(drawing)
            }
            return section
        }
        let essence = sections.compactMap(\.essence)
        let cores = "\(comparison.cores) \(comparison.cores == 1 ? "core" : "cores")"
        let body = """
            <header><p class="command">$ tutti compare</p>
            <h1>\(essence.isEmpty ? "Nothing to compare" : essence.joined(separator: "\n"))</h1>
            <p class="lead">The same jobs, run in different ways on \(cores): how many times faster \
            than one after another.</p></header>
            <main>
            \(sections.map(\.html).joined(separator: "\n"))
            </main>
            <footer>Wall time is what a clock on the wall shows, CPU the time of all processors \
            together. Times within 5 % of each other count as equal. \
            \(Self.remark(runs).map { Prose.html($0) + " " } ?? "")Measured on \(cores).</footer>
            """
        description =
            SinglePage(
                title: "tutti compare", style: Self.style, body: body, drawings: drawings
            ).description
    }

    /// How the lanes were seen.
    private static func remark(_ runs: [RecordedRun]) -> String? {
        let recordings = runs.filter { $0.gap == nil }.map(\.diagnosis.recording)
        guard let first = recordings.first else { return nil }
        let most = recordings.map(\.recorderShare).max() ?? 0
        let source =
            switch first.source {
            case .switches: "the kernel's record of every switch"
            case .sampling: "looking at /proc again and again, which misses what is short"
            }
        return "What threads did was seen from outside, by \(source); that took up to "
            + "\(Figure.percent(most)) of one core."
    }
}

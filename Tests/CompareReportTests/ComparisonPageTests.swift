import CompareReport
import PageBrowser
import Testing
import TuttiDiagnosis

@Suite struct ComparisonPageTests {
    @Test func `the essence stands first`() throws {
        let heading = try #require(Samples.page.firstMatch(of: /(?s)<h1>(.*?)<\/h1>/)).output.1
        let words = heading.replacing(/<[^>]*>/, with: "").split(whereSeparator: \.isWhitespace)
        #expect(
            words.joined(separator: " ")
                == "Waiting work event loop 112× Computing work cores 1.95× "
                + "Mixed work loop + cores 6.56×")
    }

    @Test func `hostile names stay text`() {
        let name = "<script>alert('\"&</script>\u{301}"
        var workload = Samples.urls
        workload.name = name
        for index in workload.runs.indices { workload.runs[index].executor = name }
        let comparison = Comparison(cores: 2, workloads: [workload])
        var runs = Samples.runs(of: comparison)
        runs[0].gap = name
        let page = ComparisonPage(comparison, runs: runs, captions: [name: name]).description
        // Scalar by scalar: a browser does not see the accent as part of what is before it.
        let tags = page.unicodeScalars.split(separator: "<")
        #expect(!tags.contains { $0.starts(with: "script>alert".unicodeScalars) })
        #expect(page.contains("&lt;script&gt;alert(&#39;&quot;&amp;&lt;/script&gt;\u{301}"))
    }

    @Test func `every run has a bar and a drawing, and the winner's is open`() {
        #expect(Samples.page.matches(of: /<svg class="strip"/).count == 18)
        #expect(Samples.page.matches(of: /<details/).count == 18)
        #expect(Samples.page.matches(of: /data-run="\d+"/).count == 18)
        let open = Samples.page.matches(of: /<details[^>]* open><summary[^>]*><span[^>]*>([^<]*)/)
        #expect(open.map { String($0.output.1) } == ["Event loop", "Cores", "Loop + cores"])
        // Bars are linear: 0.0902 of 10.1 seconds.
        #expect(Samples.page.contains("style=\"width:0.89%\""))
    }

    @Test func `every job is drawn where it ran`() {
        let run = Samples.runs(of: Samples.comparison)[1]
        #expect(run.executor == "event-loop")
        let page = ComparisonPage(
            Comparison(cores: 2, workloads: [Samples.urls]), runs: [run]
        ).description
        for job in 0..<200 { #expect(page.contains("[\"job\",\"job \(job)\"]")) }
    }

    @Test func `the page is one small file that loads nothing`() {
        #expect(Samples.page.utf8.count < 1_000_000)
        #expect(!Samples.page.contains("http:") && !Samples.page.contains("https:"))
        #expect(!Samples.page.contains(" src=") && !Samples.page.contains("@import"))
        #expect(Samples.page.contains("default-src 'none'"))
    }

    @Test func `a page can be empty, without recordings or without a baseline`() {
        let empty = ComparisonPage(Comparison(cores: 1, workloads: []), runs: []).description
        #expect(empty.contains("Nothing to compare"))
        let bare = ComparisonPage(Samples.comparison, runs: []).description
        #expect(!bare.contains("<details"))
        #expect(bare.matches(of: /<svg class="strip"/).count == 18)
        var workload = Samples.frames
        workload.runs = [Samples.run("cores", wall: 1.5, cpu: 2.9, inFlight: 2)]
        let alone = ComparisonPage(Comparison(cores: 2, workloads: [workload]), runs: [])
        #expect(alone.description.contains("<td>–</td>"))
    }

    @Test func `where threads could not be recorded, the reason stands there and jobs are drawn`() {
        var recording = Recording(
            command: [], processors: 2, source: .switches, duration: 90_000_000)
        recording.add([.init(.job, "text 7", process: 5, thread: 6, from: 0, to: 90_000_000)])
        let run = RecordedRun(
            workload: "urls", executor: "event-loop", diagnosis: Diagnosis(recording),
            gap: "Nobody may look.")
        let page = ComparisonPage(
            Comparison(cores: 2, workloads: [Samples.urls]), runs: [run]
        ).description
        #expect(page.contains("112 times faster than one job after another"))
        #expect(page.contains("<p class=\"verdict\">Nobody may look.</p>"))
        #expect(page.contains("[\"job\",\"text 7\"]"))
        #expect(!page.contains("Not sure"))
    }

    @Test func `a tie is no win and a unit stays with its number`() {
        var workload = Samples.frames
        workload.runs.removeSubrange(2...)
        let page = ComparisonPage(Comparison(cores: 2, workloads: [workload]), runs: [])
            .description
        #expect(page.contains("</small> no difference</span>"))
        #expect(page.contains("busy 100&nbsp;% of 3.01&nbsp;s: this"))
    }

    @Test(
        .enabled(if: Browser.path != nil, "needs Chromium"), .timeLimit(.minutes(5)),
        arguments: [(1280, false), (400, false), (1280, true)])
    func `a browser draws each run that is opened, without an error`(
        width: Int, isDark: Bool
    ) throws {
        let visit = try Browser.visit(
            Samples.page,
            probe: """
                let open = 0, keys = 0;
                for (const fold of document.querySelectorAll("details")) {
                  if (fold.open) open++;
                  fold.open = true;
                  fold.dispatchEvent(new Event("toggle"));
                }
                const blank = [...document.querySelectorAll("canvas")].filter(view => {
                  view.dispatchEvent(new KeyboardEvent("keydown", {key: "ArrowDown"}));
                  const {data} = view.getContext("2d")
                    .getImageData(0, 0, view.width, view.height);
                  return !data.some(byte => byte);
                });
                for (const tip of document.querySelectorAll(".tip"))
                  if (tip.textContent.startsWith("job 0job from 0 s for ")) keys++;
                note("open", open); note("blank", blank.length); note("keys", keys);
                note("wide", document.documentElement.scrollWidth > innerWidth);
                """, width: width, isDark: isDark)
        #expect(visit.complaints.isEmpty)
        #expect(
            visit.notes == ["open": "3", "blank": "0", "keys": "18", "wide": "false"],
            "\(visit.notes)")
    }
}

import PageBrowser
import Testing

@testable import TuttiDiagnosis

/// The page as a browser shows it.
@Suite(
    .enabled(if: Browser.path != nil, "needs Chromium"), .serialized,
    .timeLimit(.minutes(5)))
struct PageInBrowserTests {
    /// Whether anything was painted, in which tone, and what the keyboard does.
    private static let probe = """
        const view = document.querySelector("canvas"), draw = view.getContext("2d");
        const tip = document.querySelector(".tip");
        const press = key => view.dispatchEvent(
          new KeyboardEvent("keydown", {key, bubbles: true, cancelable: true}));
        const tones = new Set();
        const {data, width, height} = draw.getImageData(0, 0, view.width, view.height);
        for (let i = 0; i < data.length; i += 4)
          if (data[i + 3] > 250) tones.add(data.slice(i, i + 3).join());
        const rgb = name => {
          const hex = getComputedStyle(document.documentElement).getPropertyValue(name).trim();
          return [1, 3, 5].map(i => parseInt(hex.slice(i, i + 2), 16)).join();
        };
        note("runs", tones.has(rgb("--run")));
        note("back", getComputedStyle(document.body).backgroundColor);
        note("wide", document.documentElement.scrollWidth > innerWidth);
        note("legend", document.querySelector(".legend").innerText.replace(/\\s*\\n\\s*/g, "|"));
        press("ArrowDown"); press("ArrowDown");
        note("second", [...tip.children].map(line => line.textContent).join("|"));
        press("ArrowUp");
        note("first", [...tip.children].map(line => line.textContent).join("|"));
        note("lit", !document.querySelector(".lit").hidden);
        press("Escape");
        note("gone", tip.hidden && document.querySelector(".lit").hidden);
        for (const key of ["+", "ArrowRight", "-", "ArrowLeft", "0"]) press(key);
        const box = view.getBoundingClientRect();
        view.dispatchEvent(new PointerEvent("pointermove",
          {clientX: box.left + box.width * .75, clientY: box.bottom - 25, bubbles: true}));
        note("pointed", tip.textContent);
        const wheel = new WheelEvent("wheel", {deltaY: 99, cancelable: true, bubbles: true});
        view.dispatchEvent(wheel);
        note("scrolls", !wheel.defaultPrevented);
        dispatchEvent(new Event("beforeprint"));
        note("paper", getComputedStyle(document.body).color);
        dispatchEvent(new Event("afterprint"));
        """

    private static var page: String {
        var sketch = Sketch()
        sketch.thread(named: "loop", [.runs(40), .waits(WaitReason(.network), 60)])
        sketch.thread(named: "work", [.runs(100)])
        var recording = sketch.recorded
        recording.add([
            .init(.job, "<b>", process: 100, thread: 100, from: 10_000_000, to: 30_000_000),
            .init(.wait, "", process: 100, thread: 101, from: 0, to: 100_000_000),
        ])
        return Page(Diagnosis(recording)).description
    }

    @Test(arguments: [
        (1280, false, "rgb(247, 247, 245)"), (400, false, "rgb(247, 247, 245)"),
        (1280, true, "rgb(19, 20, 22)"),
    ])
    func `it draws and answers the keyboard and the pointer, without an error`(
        width: Int, isDark: Bool, back: String
    ) throws {
        let visit = try Browser.visit(Self.page, probe: Self.probe, width: width, isDark: isDark)
        let notes = visit.notes
        #expect(visit.complaints.isEmpty)
        #expect(notes["error"] == nil)
        #expect(notes["runs"] == "true")
        #expect(notes["back"] == back)
        #expect(notes["wide"] == "false")
        #expect(notes["legend"] == "runs|waits for the network|job|wait")
        #expect(notes["first"] == "wait from 0 s for 100 ms|work")
        #expect(notes["second"] == "&lt;b&gt;|job from 10 ms for 20 ms|loop 100")
        #expect(notes["lit"] == "true")
        #expect(notes["gone"] == "true")
        #expect(notes["pointed"]?.contains("work") == true, "\(notes)")
        #expect(notes["scrolls"] == "true")
        #expect(notes["paper"] == "rgb(21, 23, 26)")
    }

    @Test func `a minute of a hundred threads with a hundred thousand jobs is drawn in a second`()
        throws
    {
        let page = Page(Diagnosis(Busy.recording)).description
        let visit = try Browser.visit(
            page,
            probe: """
                const draw = document.querySelector("canvas").getContext("2d");
                draw.getImageData(0, 0, 1, 1);
                note("loaded", performance.now());
                const begin = performance.now();
                dispatchEvent(new Event("resize"));
                draw.getImageData(0, 0, 1, 1);
                note("drawn", performance.now() - begin);
                """)
        #expect(visit.complaints.isEmpty)
        #expect(visit.notes["error"] == nil)
        let loaded = try #require(Double(visit.notes["loaded"] ?? ""))
        let drawn = try #require(Double(visit.notes["drawn"] ?? ""))
        print("page: \(page.utf8.count) bytes, loaded in \(loaded) ms, drawn again in \(drawn) ms")
        #expect(drawn < 1000)
    }

    @Test func `a recording of nothing is a page without an error`() throws {
        let empty = Recording(command: [], processors: 1, source: .sampling, duration: 0)
        let visit = try Browser.visit(Page(Diagnosis(empty)).description, probe: Self.probe)
        #expect(visit.complaints.isEmpty)
        #expect(visit.notes["error"] == nil)
    }
}

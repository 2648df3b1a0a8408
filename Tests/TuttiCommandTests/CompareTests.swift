import CompareReport
import Foundation
import Testing

@Suite(.timeLimit(.minutes(3)), .serialized) struct CompareTests {
    private static let executors = [
        "in-order", "event-loop", "threads", "cores", "processes", "loop+cores",
    ]

    @Test func `every workload gives the same results on every executor`() throws {
        let folder = try TemporaryFolder()
        let file = folder.path + "/figures.json"
        let ending = try Command.run(
            "compare", "--quiet", "--count", "3", "--delay", "5", "--json", file)
        #expect(ending.status == 0, "\(ending.errors)")
        #expect(ending.errors.isEmpty)
        let json = try Data(contentsOf: URL(filePath: file))
        let comparison = try JSONDecoder().decode(Comparison.self, from: json)
        #expect(comparison.workloads.map(\.name) == ["urls", "frames", "mixed"])
        for workload in comparison.workloads {
            #expect(workload.jobs == 3)
            #expect(workload.runs.map(\.executor) == Self.executors)
            #expect(Set(workload.runs.map(\.digest)).count == 1)
            for run in workload.runs {
                #expect(run.wall > 0)
                #expect(run.peakMemory > 1)
                #expect(run.inFlightMax >= 1)
                #expect(run.inFlightMean <= Double(run.inFlightMax))
            }
        }
        for executor in Self.executors { #expect(ending.output.contains(executor)) }
    }

    @Test func `an event loop has all waits in flight, running in order has one`() throws {
        let folder = try TemporaryFolder()
        let file = folder.path + "/figures.json"
        let ending = try Command.run(
            "compare", "--quiet", "--workload", "urls", "--count", "20", "--delay", "200",
            "--on", "in-order,event-loop", "--json", file)
        #expect(ending.status == 0, "\(ending.errors)")
        let json = try Data(contentsOf: URL(filePath: file))
        let runs = try JSONDecoder().decode(Comparison.self, from: json).workloads[0].runs
        #expect(runs.map(\.inFlightMax) == [1, 20])
        #expect(runs[0].wall >= 4)
        #expect(runs[1].wall < 2)
    }

    @Test func `plain lines tell the progress where there is no terminal`() throws {
        let ending = try Command.run(
            "compare", "--workload", "urls", "--count", "2", "--delay", "1", "--on", "cores",
            "threads")
        #expect(ending.status == 0)
        #expect(ending.errors.contains("urls on cores: done in "))
        #expect(ending.errors.contains("urls on threads: done in "))
        #expect(!ending.errors.contains("\u{1B}"))
    }

    @Test func `frames are written, and a film where ffmpeg is`() throws {
        let folder = try TemporaryFolder()
        let ending = try Command.run(
            "compare", "--quiet", "--workload", "frames", "--count", "3", "--on", "cores",
            "--frames", folder.path)
        #expect(ending.status == 0, "\(ending.errors)")
        for name in ["frame-0000.ppm", "frame-0002.ppm"] {
            let data = try Data(contentsOf: URL(filePath: folder.path + "/" + name))
            #expect(data.prefix(2) == Data("P6".utf8))
        }
        let film = FileManager.default.fileExists(atPath: folder.path + "/frames.mp4")
        #expect(film == ending.output.contains("as a film in"))
        #expect(film || ending.output.contains("install ffmpeg"))
    }

    @Test func `Ctrl-C ends it at once, with what was measured, and leaves no process`() throws {
        let command = try Command.start([
            "compare", "--workload", "frames,urls", "--count", "4", "--delay", "60000",
            "--on", "cores,processes",
        ])
        // Frames are done when the first line about processes comes; then URLs take minutes.
        var seen = ""
        while !seen.contains("frames on processes: done") {
            let data = command.errors.fileHandleForReading.availableData
            try #require(!data.isEmpty, "It ended early: \(seen)")
            seen += String(decoding: data, as: UTF8.self)
        }
        let id = command.process.processIdentifier
        // A server and a worker; a limit on the suite catches that they do not come.
        var family: [Int32] = []
        while family.count < 2 {
            family = Command.descendants(of: id)
            sched_yield()
        }
        kill(id, SIGINT)
        let ending = try command.wait()
        #expect(ending.status == 130)
        #expect(ending.output.contains("frames"))
        #expect(ending.output.contains("Interrupted"))
        // Waiting for the last one, not for a time: a limit on the suite catches a hang.
        for process in family {
            while kill(process, 0) == 0, try !isDead(process) { sched_yield() }
        }
    }

    private func isDead(_ process: Int32) throws -> Bool {
        let path = "/proc/\(process)/stat"
        guard let stat = try? String(contentsOfFile: path, encoding: .utf8) else { return true }
        return stat.contains(") Z ") || stat.contains(") X ")
    }

    @Test func `the page is one file with every executor, its threads and its jobs in it`() throws {
        let folder = try TemporaryFolder()
        let file = folder.path + "/page.html"
        let ending = try Command.run(
            "compare", "--quiet", "--count", "2", "--delay", "5", "--html", file)
        #expect(ending.status == 0, "\(ending.errors)")
        let page = try String(contentsOfFile: file, encoding: .utf8)
        for title in ["In order", "Event loop", "Threads", "Cores", "Processes", "Loop + cores"] {
            #expect(page.contains(title))
        }
        for job in ["text 0", "text 1", "frame 0", "frame 1"] {
            #expect(page.contains("[\"job\",\"\(job)\"]"))
        }
        #expect(page.matches(of: /data-run="\d+"/).count == 18)
        #expect(page.contains("What threads did was seen from outside"))
        #expect(!page.contains("could not be recorded"))
        #expect(!page.contains("src=\"http"))
        #expect(!page.contains("href=\"http"))
        #expect(page.utf8.count < 1_000_000)
    }
}

import Glibc
import Testing

@testable import Tutti

/// What becomes of what jobs write, in programs whose streams are observed.
@Suite(.timeLimit(.minutes(5))) struct WorkerOutputTests {
    private func text(_ bytes: [UInt8]?) -> String { String(decoding: bytes ?? [], as: UTF8.self) }

    @Test func `lines of many workers at once are whole and have their worker's tag`() async {
        let result = await #expect(
            processExitsWith: .success,
            observing: [\.standardOutputContent, \.standardErrorContent]
        ) {
            let pool = ProcessPool(
                width: 6,
                options: WorkerOptions(standardOutput: .tagged, standardError: .tagged))
            let pids = try await withThrowingTaskGroup(of: Int32.self) { group in
                for index in 0..<36 {
                    group.addTask {
                        let stream = Int32(index % 2 + 1)
                        return try await pool.run(
                            WriteLines(stream: stream, index: index, count: 100))
                    }
                }
                return try await group.reduce(into: Set()) { $0.insert($1) }
            }
            #expect(pids.count == 6)
            await pool.shutdown()
        }
        for content in [result?.standardOutputContent, result?.standardErrorContent] {
            let lines = text(content).split(separator: "\n").filter { $0.contains("xxx") }
            #expect(lines.count == 18 * 100)
            var next: [Substring: Int] = [:]
            for line in lines {
                guard let match = line.wholeMatch(of: /\[worker \d+\] (job \d+) line (\d+) x{50}/)
                else {
                    Issue.record("a broken line: \(line)")
                    continue
                }
                // The lines of one job stay in their order.
                #expect(Int(match.2) == next[match.1, default: 0])
                next[match.1, default: 0] += 1
            }
        }
    }

    @Test func `lines of many workers at once are whole without a tag, too`() async {
        let result = await #expect(
            processExitsWith: .success, observing: [\.standardOutputContent]
        ) {
            let pool = ProcessPool(width: 6, options: WorkerOptions(standardOutput: .lines))
            try await withThrowingTaskGroup { group in
                for index in 0..<12 {
                    group.addTask {
                        _ = try await pool.run(WriteLines(stream: 1, index: index, count: 200))
                    }
                }
                try await group.waitForAll()
            }
            await pool.shutdown()
        }
        let lines = text(result?.standardOutputContent).split(separator: "\n")
            .filter { $0.contains("xxx") }
        #expect(lines.count == 12 * 200)
        #expect(lines.allSatisfy(WriteLines.isWhole))
    }

    @Test(arguments: [WorkerStream.inherited, .passedOn, .lines])
    func `ten megabytes come whole, and before the job's end`(form: WorkerStream) async {
        for stream in [Int32(1), 2] {
            let index = [.inherited, .passedOn, .lines].firstIndex(of: form) ?? 0
            let result = await #expect(
                processExitsWith: .success,
                observing: [\.standardOutputContent, \.standardErrorContent]
            ) { [stream = stream as Int32, index = index as Int] in
                let form = [WorkerStream.inherited, .passedOn, .lines][index]
                let pool = ProcessPool(
                    width: 1, options: WorkerOptions(standardOutput: form, standardError: form))
                let count = try await pool.run(WriteMuch(stream: stream, lines: 100_000))
                #expect(count == 10_000_000)
                // At once: whoever has the answer may end.
                _exit(0)
            }
            let content =
                stream == 1 ? result?.standardOutputContent : result?.standardErrorContent
            let lines = text(content).split(separator: "\n").filter { $0.hasSuffix("....") }
            #expect(lines.count == 100_000)
            #expect(
                lines.enumerated().allSatisfy { $1 + "\n" == WriteMuch.line($0) })
        }
    }

    @Test func `a line without an end is passed on when its job ends`() async {
        let result = await #expect(
            processExitsWith: .success, observing: [\.standardErrorContent]
        ) {
            let pool = ProcessPool(width: 1, options: WorkerOptions(standardError: .tagged))
            _ = try await pool.run(WriteText(text: "no end"))
            _ = try await pool.run(WriteText(text: "another"))
            _exit(0)
        }
        let lines = text(result?.standardErrorContent).split(separator: "\n")
        #expect(lines.filter { $0.contains("[worker ") && $0.hasSuffix("] no end") }.count == 1)
        #expect(lines.filter { $0.contains("[worker ") && $0.hasSuffix("] another") }.count == 1)
    }

    @Test func `by default errors come as they are, also without an end`() async {
        let result = await #expect(
            processExitsWith: .success, observing: [\.standardErrorContent]
        ) {
            let pool = ProcessPool(width: 1)
            _ = try await pool.run(WriteText(text: "a prompt> "))
            _ = try await pool.run(WriteText(text: "an answer\n"))
            _exit(0)
        }
        let isWhole = text(result?.standardErrorContent).contains("a prompt> an answer\n")
        #expect(isWhole)
    }

    @Test func `a job that writes without end is cancelled like any other`() async throws {
        let witness = try Witness()
        let pool = ProcessPool(width: 1, options: WorkerOptions(standardError: .discarded))
        let task = Task { try await pool.run(WriteForever(witness: witness.path)) }
        let pid = try await witness.number()
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(kill(pid, 0) == -1)
        #expect(try await pool.run(Sum(numbers: [1])) == 1)
        await pool.shutdown()
    }

    @Test func `a very long line comes in tagged pieces`() async {
        let result = await #expect(
            processExitsWith: .success, observing: [\.standardErrorContent]
        ) {
            let pool = ProcessPool(width: 1, options: WorkerOptions(standardError: .tagged))
            _ = try await pool.run(WriteText(text: String(repeating: "y", count: 200_000)))
            _exit(0)
        }
        let lines = text(result?.standardErrorContent).split(separator: "\n")
            .filter { $0.hasSuffix("yyyy") }
        #expect(lines.count == 4)
        #expect(lines.allSatisfy { $0.hasPrefix("[worker ") && $0.utf8.count < 65_600 })
        #expect(lines.map { $0.filter { $0 == "y" }.count }.reduce(0, +) == 200_000)
    }

    @Test func `what is discarded is printed nowhere, and its last lines are kept`() async {
        let result = await #expect(
            processExitsWith: .success,
            observing: [\.standardOutputContent, \.standardErrorContent]
        ) {
            let pool = ProcessPool(
                width: 1,
                options: WorkerOptions(standardOutput: .discarded, standardError: .discarded))
            _ = try await pool.run(WriteText(stream: 1, text: "hidden one\n"))
            do {
                _ = try await pool.run(WriteText(text: "hidden two\n", end: .abort))
            } catch ProcessError.workerDied(let death) {
                #expect(death.lastLines == ["hidden two"])
            }
            await pool.shutdown()
        }
        for content in [result?.standardOutputContent, result?.standardErrorContent] {
            let isHidden = !text(content).contains("hidden")
            #expect(isHidden)
        }
    }

    @Test func `a crash brings its message and the last lines, which are printed as well`() async {
        let result = await #expect(
            processExitsWith: .success, observing: [\.standardErrorContent]
        ) {
            let pool = ProcessPool(width: 1)
            // Of another job: not in the error.
            let pid = try await pool.run(WriteText(text: "all is well\n"))
            do {
                _ = try await pool.run(WriteText(text: "first\nsecond\n", end: .trap))
            } catch ProcessError.workerDied(let death) {
                #expect(death.pid == pid)
                #expect(death.end.isTrap)
                #expect(death.lastLines.prefix(2) == ["first", "second"])
                // `fatalError` keeps its message in release builds.
                let trap = try #require(death.trap)
                #expect(trap.contains("OutputJobs.swift"))
                #expect(trap.hasSuffix("Fatal error: on purpose"))
                #expect(death.lastLines == ["first", "second", trap])
                #expect(death.ranFor > .zero && death.ranFor < .seconds(300))
                #expect(death.description.contains("It said: \(trap)"))
            }
            await pool.shutdown()
        }
        let lines = text(result?.standardErrorContent).split(separator: "\n")
        #expect(lines.contains("all is well"))
        #expect(lines.contains("first"))
        #expect(lines.contains { $0.hasSuffix("Fatal error: on purpose") })
    }

    @Test(arguments: [WorkerStream.inherited, .lines])
    func `what a job printed before it crashed is not lost`(form: WorkerStream) async {
        let result = await #expect(
            processExitsWith: .success, observing: [\.standardOutputContent]
        ) { [isInherited = (form == .inherited) as Bool] in
            let pool = ProcessPool(
                width: 1,
                options: WorkerOptions(
                    standardOutput: isInherited ? .inherited : .lines, standardError: .discarded))
            await #expect(throws: ProcessError.self) { try await pool.run(PrintAndTrap()) }
            await pool.shutdown()
        }
        let lines = text(result?.standardOutputContent).split(separator: "\n")
        #expect(lines.contains("printed in time"))
    }

    @Test func `an inherited standard error is not read`() async {
        let result = await #expect(
            processExitsWith: .success, observing: [\.standardErrorContent]
        ) {
            let pool = ProcessPool(width: 1, options: WorkerOptions(standardError: .inherited))
            do {
                _ = try await pool.run(WriteText(text: "first\n", end: .trap))
            } catch ProcessError.workerDied(let death) {
                #expect(death.lastLines.isEmpty)
                #expect(death.trap == nil)
            }
            await pool.shutdown()
        }
        let lines = text(result?.standardErrorContent).split(separator: "\n")
        #expect(lines.contains("first"))
    }

    @Test func `what a worker says that does not start is in the error`() async throws {
        let folder = "/tmp/tutti-output-\(getpid())"
        mkdir(folder, 0o700)
        let library = folder + "/libc.so.6"
        close(creat(library, 0o600))
        defer {
            unlink(library)
            rmdir(folder)
        }
        let pool = ProcessPool(
            width: 1,
            options: WorkerOptions(
                environment: ["LD_LIBRARY_PATH": folder], standardError: .discarded))
        let error = await #expect(throws: ProcessError.self) {
            try await pool.run(Sum(numbers: [1]))
        }
        #expect("\(String(describing: error))".contains("\(library): file too short"))
        await pool.shutdown()
    }

    @Test func `a job may close its streams`() async throws {
        let pool = ProcessPool(
            width: 1,
            options: WorkerOptions(
                standardOutput: .tagged, standardError: .tagged, idleTime: nil))
        let pid = try await pool.run(CloseStreams())
        for _ in 0..<3 { #expect(try await pool.run(WhoAmI()).pid == pid) }
        await pool.shutdown()
    }

    @Test func `a command that has the streams of a dead worker holds up nothing`() async throws {
        let witness = try Witness()
        let pool = ProcessPool(
            width: 1, options: WorkerOptions(standardOutput: .lines, standardError: .discarded))
        let quiet = Task {
            try await pool.run(LeaveCommand(command: "exec sleep 1000", witness: witness.path))
        }
        let command = try await witness.number()
        await #expect(throws: ProcessError.self) { try await quiet.value }
        await pool.shutdown()
        #expect(kill(command, 0) == 0)
        kill(command, SIGKILL)
        try await witness.allGone()
    }

    @Test func `a command that writes for ever ends with its worker`() async throws {
        let witness = try Witness()
        let pool = ProcessPool(width: 1, options: WorkerOptions(standardError: .discarded))
        let noisy = Task {
            try await pool.run(
                LeaveCommand(command: "exec yes >&2", witness: witness.path))
        }
        _ = try await witness.number()
        await #expect(throws: ProcessError.self) { try await noisy.value }
        // Nobody reads what it writes.
        try await witness.allGone()
        await pool.shutdown()
    }

    @Test(arguments: [false, true])
    func `a slow reader of the program's output loses nothing`(blocks: Bool) async {
        await #expect(processExitsWith: .success) { [blocks = blocks as Bool] in
            var pair: [Int32] = [-1, -1]
            #expect(pipe(&pair) == 0)
            let saved = dup(1)
            dup2(pair[1], 1)
            close(pair[1])
            if !blocks { _ = fcntl(1, F_SETFL, O_NONBLOCK) }
            let reader = pair[0]
            let (stream, continuation) = AsyncStream.makeStream(of: [UInt8].self)
            // Begins when the pipe has long been full, and takes little at a time.
            let start = Parker()
            try Thread(name: "reader") {
                start.park()
                var all: [UInt8] = []
                var some = [UInt8](repeating: 0, count: 1000)
                while case let count = read(reader, &some, some.count), count > 0 {
                    all += some.prefix(count)
                }
                continuation.yield(all)
                continuation.finish()
            }.detach()
            let witness = try Witness()
            let pool = ProcessPool(width: 2, options: WorkerOptions(standardOutput: .lines))
            async let count = pool.run(WriteMuch(stream: 1, lines: 10_000))
            let other = Task { try await pool.run(Forever(witness: witness.path)) }
            _ = try await witness.number()
            // A worker that writes nothing is stopped meanwhile.
            other.cancel()
            _ = try? await other.value
            start.unpark()
            let written = try await count
            #expect(written == 1_000_000)
            await pool.shutdown()
            dup2(saved, 1)
            let all = await stream.first { _ in true } ?? []
            let lines = String(decoding: all, as: UTF8.self).split(separator: "\n")
            #expect(lines.filter { $0.hasSuffix("....") }.count == 10_000)
        }
    }

    @Test func `when nobody reads the program's output, jobs and program go on`() async {
        await #expect(processExitsWith: .success) {
            var pair: [Int32] = [-1, -1]
            #expect(pipe(&pair) == 0)
            let saved = dup(1)
            dup2(pair[1], 1)
            close(pair[1])
            close(pair[0])
            let pool = ProcessPool(width: 1, options: WorkerOptions(standardOutput: .tagged))
            let written = try await pool.run(WriteMuch(stream: 1, lines: 10_000))
            await pool.shutdown()
            // The test's own output may go on.
            dup2(saved, 1)
            #expect(written == 1_000_000)
        }
    }

    @Test func `a program without streams has workers with streams`() async {
        await #expect(processExitsWith: .success) {
            for form in [WorkerStream.inherited, .passedOn, .lines, .tagged, .discarded] {
                for number: Int32 in 0...2 { close(number) }
                let pool = ProcessPool(
                    width: 1, options: WorkerOptions(standardOutput: form, standardError: form))
                for stream: Int32 in [1, 2] {
                    let written = try? await pool.run(WriteMuch(stream: stream, lines: 1000))
                    // Not #expect: it could not say anything.
                    if written != 100_000 { _exit(Int32(stream)) }
                }
                await pool.shutdown()
            }
        }
    }

    @Test func `nothing is left of pipes after a shutdown`() async {
        await #expect(processExitsWith: .success) {
            func descriptors() -> Int {
                (0..<1000).count { fcntl(Int32($0), F_GETFD) >= 0 }
            }
            let options = WorkerOptions(
                standardOutput: .tagged, standardError: .lines, jobsPerWorker: 3)
            // Random numbers, the clock and the like open their descriptors now.
            let first = ProcessPool(width: 1, options: options)
            _ = try await first.run(Sum(numbers: []))
            await first.shutdown()
            let before = descriptors()
            for _ in 0..<5 {
                let pool = ProcessPool(width: 3, options: options)
                await withTaskGroup { group in
                    for index in 0..<40 {
                        group.addTask {
                            if index % 10 == 0 {
                                _ = try? await pool.run(WriteText(text: "a\n", end: .abort))
                            } else {
                                _ = try? await pool.run(WriteText(text: "b\n"))
                            }
                        }
                    }
                }
                await pool.shutdown()
                #expect(descriptors() == before)
            }
            // Nor of workers that could not start.
            let missing = ProcessPool(
                width: 2,
                options: WorkerOptions(
                    workingDirectory: "/nowhere", standardOutput: .lines, standardError: .lines))
            _ = try? await missing.run(Sum(numbers: []))
            await missing.shutdown()
            #expect(descriptors() == before)
        }
    }
}

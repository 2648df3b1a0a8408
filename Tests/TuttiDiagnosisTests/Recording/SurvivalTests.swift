import Glibc
import Testing
import Tutti

@testable import TuttiDiagnosis

/// Programs that do what no recorder likes.
@Suite(.serialized, .timeLimit(.minutes(5))) struct SurvivalTests {
    private static func record(_ words: String...) throws -> Recording {
        try Recorder(.program(words)).record()
    }

    @Test func `two thousand processes that live for 5 ms are recorded`() throws {
        let recording = try Self.record(
            "sh", "-c",
            "i=0; while [ $i -lt 40 ]; do j=0; while [ $j -lt 50 ]; do sleep 0.005 & "
                + "j=$((j+1)); done; wait; i=$((i+1)); done; /bin/true")
        #expect(recording.ending == .exited(0))
        #expect(Set(recording.threads.map(\.process)).count >= 2001)
        #expect(recording.lost == 0)
    }

    @Test func `five hundred threads are recorded, and none of them is held up`() async {
        // In a process of its own, whose threads are only these.
        await #expect(processExitsWith: .success) {
            var threads: [pthread_t] = []
            for _ in 0..<500 {
                var thread = pthread_t()
                let code = pthread_create(
                    &thread, nil,
                    { _ in
                        for _ in 0..<300 { usleep(5000) }
                        return nil
                    }, nil)
                try #require(code == 0)
                threads.append(thread)
            }
            let recording = try Recorder(.process(getpid()), for: .milliseconds(600)).record()
            for thread in threads { pthread_join(thread, nil) }
            #expect(recording.threads.count >= 500)
            #expect(recording.reasons.contains { $0.kind == .timer })
            _ = Diagnosis(recording)
        }
    }

    @Test func `a process that ends while it is attached is recorded or said to be gone`() throws {
        for pause: useconds_t in stride(from: 0, to: 4000, by: 200) {
            var process = pid_t()
            let path = strdup("/bin/true")
            defer { free(path) }
            let code = posix_spawn(&process, "/bin/true", nil, nil, [path, nil], environ)
            try #require(code == 0)
            usleep(pause)
            do {
                let recording = try Recorder(.process(process), for: .seconds(5)).record()
                #expect(recording.duration < 5_000_000_000)
            } catch {
                #expect(error == .noProcess(process))
            }
            var status: Int32 = 0
            waitpid(process, &status, 0)
        }
    }

    @Test(.enabled(if: geteuid() == 0))
    func `a program that changes its user and closes all descriptors is recorded`() throws {
        let recording = try Self.record(
            "setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups", "sh", "-c",
            "exec 0<&- 1>&- 2>&-; sleep 0.1")
        #expect(recording.ending == .exited(0))
        #expect(Diagnosis(recording).whole.slice.causes.first?.kind == .timer)
    }

    @Test func `a thread that a record ended and that lives on is looked at in proc`() throws {
        // One without children, of which other tests have some in this process.
        var process = pid_t()
        let words = [strdup("sleep"), strdup("1000"), nil]
        defer { for word in words { free(word) } }
        let code = posix_spawn(&process, "/bin/sleep", nil, nil, words, environ)
        try #require(code == 0)
        defer {
            kill(process, SIGKILL)
            waitpid(process, nil, 0)
        }
        var timeline = Timeline()
        let strays = Strays()
        strays.ended(process, of: process)
        #expect(strays.look(at: &timeline, time: 1_000_000).isEmpty)
        #expect(timeline.isAlive(process))
        // One that is gone stays gone.
        strays.ended(Int32.max, of: Int32.max)
        _ = strays.look(at: &timeline, time: 20_000_000)
        #expect(!timeline.isAlive(Int32.max))
    }
}

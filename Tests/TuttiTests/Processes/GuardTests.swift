import Glibc
import Testing

@testable import Tutti

/// What keeps workers from starting workers without end.
@Suite struct GuardTests {
    @Test func `a process that bears the mark and is not served makes no pool`() async {
        let result = await #expect(
            processExitsWith: .failure, observing: [\.standardErrorContent]
        ) {
            setenv("TUTTI_WORKER", "1:somebody", 1)
            _ = ProcessPool(width: 1)
        }
        let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        #expect(text.contains("did not serve it"))
    }

    @Test func `a pool without width is refused`() async {
        await #expect(processExitsWith: .failure) { _ = ProcessPool(width: 0) }
    }

    @Test func `a worker that serves no job is refused`() async {
        await #expect(processExitsWith: .failure) {
            _ = ProcessPool(width: 1, options: WorkerOptions(jobsPerWorker: 0))
        }
    }

    @Test(.timeLimit(.minutes(5)))
    func `a worker bears no mark, so that its commands are no workers`() async throws {
        let pool = ProcessPool(width: 1)
        let answer = try await pool.run(WhoAmI())
        #expect(answer.pid != getpid())
        #expect(!answer.isMarked)
        await pool.shutdown()
    }

    @Test(.timeLimit(.minutes(5))) func `pools nest to a depth of four`() async throws {
        let pool = ProcessPool(width: 1)
        #expect(try await pool.run(Depth(levels: 4)) == 4)
        await #expect(throws: ProcessError.tooDeep(depth: 4, maximum: 4)) {
            try await pool.run(Depth(levels: 5))
        }
        await pool.shutdown()
    }

    @Test(.timeLimit(.minutes(5)))
    func `workers that die before their first word fail the jobs, not the pool`() async {
        await #expect(processExitsWith: .success) {
            // A C library that is none: the worker dies in the loader.
            let folder = "/tmp/tutti-loader-\(getpid())"
            mkdir(folder, 0o700)
            let library = folder + "/libc.so.6"
            close(creat(library, 0o600))
            setenv("LD_LIBRARY_PATH", folder, 1)
            defer {
                unlink(library)
                rmdir(folder)
            }
            let pool = ProcessPool(width: 1)
            var sentence = ""
            do { _ = try await pool.run(Sum(numbers: [1])) } catch { sentence = "\(error)" }
            #expect(sentence.contains("in 3 attempts"))
            #expect(sentence.contains("exited with code 127"))
            unsetenv("LD_LIBRARY_PATH")
            let sum = try await pool.run(Sum(numbers: [1]))
            #expect(sum == 1)
            await pool.shutdown()
        }
    }
}

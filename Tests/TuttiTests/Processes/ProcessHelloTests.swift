import Glibc
import Testing

@testable import Tutti

/// Workers that are not what they should be, or never say what they are.
@Suite(.timeLimit(.minutes(5))) struct ProcessHelloTests {
    @Test func `a worker of another build is refused, and those before it go on`() async {
        await #expect(processExitsWith: .success) {
            // The executable is changed below: that must not be everybody's.
            try continueInCopyOfExecutable(mark: "TUTTI_COPY")
            let (old, new) = (ProcessPool(width: 1), ProcessPool(width: 1))
            let pid = try await old.run(WhoAmI()).pid
            // The same bytes at another time: another build, as far as anybody can tell.
            #expect(utimensat(AT_FDCWD, "/proc/self/exe", nil, 0) == 0)
            for _ in 0..<2 {
                let error = await #expect(throws: ProcessError.self) {
                    try await new.run(WhoAmI())
                }
                guard case .wrongBuild(let worker, let program) = error else {
                    Issue.record("\(String(describing: error))")
                    return
                }
                #expect(worker != program)
                #expect(program == Build.id)
                #expect(new.workers.isEmpty)
            }
            #expect(try await old.run(WhoAmI()).pid == pid)
            await old.shutdown()
            await new.shutdown()
        }
    }

    @Test func `a pool whose worker never says hello lets its jobs and itself be ended`() async {
        await #expect(processExitsWith: .success) {
            let mark = "TUTTI_HELLO=\(getpid())"
            putenv(strdup(mark))
            let before = try await Leftovers.beforeAll(mark: mark)
            let pool = ProcessPool(width: 2)
            let loader = try SilentLoader()
            let job = Task { try await pool.run(Sum(numbers: [1])) }
            let writer = loader.waitForWorker()
            job.cancel()
            await #expect(throws: CancellationError.self) { try await job.value }
            let waiting = Task { try await pool.run(Sum(numbers: [1])) }
            await pool.shutdown()
            await #expect(throws: ProcessError.shutDown) { try await waiting.value }
            close(writer)
            loader.remove()
            try await Leftovers.expectNone(since: before, mark: mark)
        }
    }

    /// Takes a minute and a half, and a pool that is patient for half a minute: with the long siege.
    @Test(.enabled(if: getenv("TUTTI_SIEGE") != nil))
    func `jobs of a pool whose workers never say hello fail in the end`() async {
        await #expect(processExitsWith: .success) {
            let pool = ProcessPool(width: 1)
            let loader = try SilentLoader()
            let job = Task { try await pool.run(Sum(numbers: [1])) }
            let writer = loader.waitForWorker()
            let error = await #expect(throws: ProcessError.self) { try await job.value }
            #expect("\(String(describing: error))".contains("said nothing for 30 seconds"))
            close(writer)
            loader.remove()
            #expect(try await pool.run(Sum(numbers: [1])) == 1)
            await pool.shutdown()
        }
    }
}

/// Makes processes that this one starts wait in the loader, before any line of theirs.
private struct SilentLoader {
    private let folder = "/tmp/tutti-silent-\(getpid())"
    private var library: String { folder + "/libc.so.6" }

    init() throws {
        mkdir(folder, 0o700)
        // A library that is a pipe: to open it is to wait for a writer.
        guard mkfifo(library, 0o600) == 0 else { throw SystemError("mkfifo", subject: library) }
        setenv("LD_LIBRARY_PATH", folder, 1)
    }

    /// Waits until a process waits in the loader.
    ///
    /// - Returns: a descriptor that keeps it there, and all that come.
    func waitForWorker() -> Int32 { open(library, O_WRONLY | O_CLOEXEC) }

    func remove() {
        unsetenv("LD_LIBRARY_PATH")
        unlink(library)
        rmdir(folder)
    }
}

/// Goes on as a copy of this executable, which executes the same exit test from its beginning.
///
/// - Parameter mark: the variable that tells the copy that it is one.
/// - Throws: `SystemError` when there is no copy or it cannot be executed; else it does not return.
private func continueInCopyOfExecutable(mark: String) throws {
    if let copy = getenv(mark) {
        unlink(copy)
        return
    }
    let path = "/tmp/tutti-copy-\(getpid())"
    try copyFile("/proc/self/exe", to: path)
    // With the variables that say which exit test this is, and that have been unset since. If they
    // say nothing to the copy, it runs the tests of no name.
    let environment = strings("/proc/self/environ") + ["\(mark)=\(path)"]
    let arguments = [path, "--testing-library", "swift-testing", "--filter", "^$"]
    execve(path, cStrings(arguments), cStrings(environment))
    throw SystemError("execve", subject: path)
}

private func strings(_ path: String) -> [String] {
    (readTextFile(path) ?? "").split(separator: "\0").map(String.init)
}

/// For a process that is about to become another: nobody frees them.
private func cStrings(_ strings: [String]) -> [UnsafeMutablePointer<CChar>?] {
    strings.map { strdup($0) } + [nil]
}

private func copyFile(_ source: String, to target: String) throws {
    let input = open(source, O_RDONLY | O_CLOEXEC)
    guard input >= 0 else { throw SystemError("open", subject: source) }
    defer { close(input) }
    let output = open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o700)
    guard output >= 0 else { throw SystemError("open", subject: target) }
    defer { close(output) }
    while true {
        let count = sendfile(output, input, nil, 1 << 24)
        guard count >= 0 else { throw SystemError("sendfile", subject: target) }
        if count == 0 { return }
    }
}

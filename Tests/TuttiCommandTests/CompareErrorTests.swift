import Foundation
import Glibc
import Testing

/// Every mistake gets a sentence that says what to do, before anything is measured.
@Suite(.timeLimit(.minutes(5))) struct CompareErrorTests {
    @Test(arguments: [
        (
            ["--workload", "url"],
            "There is no workload called 'url'. Choose from: urls, frames, mixed."
        ),
        (["--workload", "urls,frame"], "There is no workload called 'frame'."),
        (
            ["--on", "gpu"],
            "There is no executor called 'gpu'. Choose from: in-order, event-loop, threads, cores, "
                + "processes, loop+cores."
        ),
        (["--count", "0"], "--count is 0: give a number of jobs from 1 to 100000."),
        (["--count", "-5"], "--count is -5: give a number of jobs from 1 to 100000."),
        (["--count", "many"], "The value 'many' is invalid for '--count <n>'"),
        (["--delay", "-1"], "--delay is -1: give milliseconds from 0 to 60000."),
        (["--rounds", "0"], "--rounds is 0: give a number from 1 to 1000."),
        (
            ["--port", "70000"],
            "--port is 70000: give a port from 1 to 65535, or 0 for a free one."
        ),
        (
            ["--workload", "urls", "--frames", "x"],
            "--frames writes the frames of the workload frames: add it to --workload."
        ),
    ])
    func `a wrong option is refused with a sentence`(
        arguments: [String], sentence: String
    ) throws {
        let ending = try Command.start(["compare"] + arguments).wait()
        #expect(ending.status == 64)
        #expect(ending.errors.contains(sentence), "\(ending.errors)")
        #expect(ending.output.isEmpty)
    }

    @Test(arguments: ["--json", "--html"])
    func `a file that cannot be written is refused before measuring`(option: String) throws {
        let ending = try Command.run("compare", option, "/nowhere/at/all.txt")
        #expect(ending.status == 1)
        #expect(
            ending.errors.contains(
                "tutti compare: \(option) /nowhere/at/all.txt: No such file or directory. "
                    + "Choose a place that you may write to."), "\(ending.errors)")
        #expect(ending.output.isEmpty)
    }

    @Test func `a folder without write permission is refused before measuring`() throws {
        // /proc lets nobody make a folder, not even root.
        let ending = try Command.run("compare", "--frames", "/proc/frames")
        #expect(ending.status == 1)
        #expect(
            ending.errors.contains("Choose a place that you may write to."), "\(ending.errors)")
    }

    @Test func `a full disk is said, and what can be shown or written is`() throws {
        let folder = try TemporaryFolder()
        let page = folder.path + "/page.html"
        let ending = try Command.run(
            "compare", "--quiet", "--workload", "frames", "--count", "1", "--on", "in-order",
            "--json", "/dev/full", "--html", page)
        #expect(FileManager.default.fileExists(atPath: page))
        #expect(ending.status == 1)
        #expect(
            ending.errors.contains("--json /dev/full: No space left on device."),
            "\(ending.errors)")
        #expect(ending.output.contains("in-order"))
    }

    @Test func `a port in use is said, with the way out`() throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(listener) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(listener, address, length) == 0 && listen(listener, 1) == 0
                    && getsockname(listener, address, &length) == 0
            }
        }
        try #require(bound)
        let port = UInt16(bigEndian: address.sin_port)
        let ending = try Command.run("compare", "--workload", "urls", "--port", "\(port)")
        #expect(ending.status == 1)
        #expect(
            ending.errors.contains("could not listen on port \(port)"), "\(ending.errors)")
        #expect(ending.errors.contains("Choose another with --port"))
        #expect(ending.errors.contains("in use"))
    }
}

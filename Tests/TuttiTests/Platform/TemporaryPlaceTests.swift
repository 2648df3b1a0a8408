import Foundation
import Testing

@testable import Tutti

@Suite struct TemporaryPlaceTests {
    @Test func `a folder has a name of its own and is for this user alone`() throws {
        let first = try TemporaryPlace.usual.makeFolder("tutti-test")
        defer { rmdir(first) }
        let second = try TemporaryPlace.usual.makeFolder("tutti-test")
        defer { rmdir(second) }
        #expect(first != second)
        #expect(first.hasPrefix(TemporaryPlace.usual.path + "/tutti-test-"))
        var status = stat()
        #expect(stat(first, &status) == 0)
        #expect(status.st_mode & 0o777 == 0o700)
    }

    @Test func `a file keeps what is written and leaves no name`() throws {
        let folder = try TemporaryPlace.usual.makeFolder("tutti-test")
        defer { rmdir(folder) }
        let descriptor = try TemporaryPlace(folder).openFile("a")
        defer { close(descriptor) }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
        #expect(pwrite(descriptor, "tutti", 5, 0) == 5)
        var bytes = [UInt8](repeating: 0, count: 9)
        #expect(pread(descriptor, &bytes, 9, 0) == 5)
        #expect(String(decoding: bytes.prefix(5), as: UTF8.self) == "tutti")
        #expect(fcntl(descriptor, F_GETFD) == FD_CLOEXEC)
    }

    @Test(arguments: [(nil, "/tmp"), ("", "/tmp"), ("/scratch", "/scratch")])
    func `the environment says where, unless it says nothing`(name: String?, path: String) {
        #expect(TemporaryPlace(named: name).path == path)
    }

    @Test func `a place that is not there is named in the error`() {
        let missing = SystemError("mkdtemp", code: ENOENT, subject: "/nowhere")
        #expect(throws: missing) { try TemporaryPlace("/nowhere").makeFolder("a") }
        #expect(throws: missing) { try TemporaryPlace("/nowhere").openFile("a") }
    }
}

import Foundation
import Glibc
import Testing
import Tutti

@testable import TuttiFetch

@Suite struct PartFileTests {
    private func write(_ text: String, to part: PartFile) throws {
        try Array(text.utf8).withUnsafeBytes { try part.write($0) }
    }

    @Test func `a file has its name only when it is whole`() throws {
        let work = try Workplace()
        let folder = try OutputFolder(path: work.path)
        let part = try PartFile.begin(at: try folder.place(of: "x"))
        try write("hello", to: part)
        #expect(work.names == ["x.tutti-part"])
        try part.finish(syncs: true, modified: 1000)
        #expect(work.names == ["x"])
        #expect(work.text("x") == "hello")
        #expect(try folder.place(of: "x").existing?.modified == 1000)
    }

    @Test func `a part goes on where it ended`() throws {
        let work = try Workplace()
        let folder = try OutputFolder(path: work.path)
        let place = try folder.place(of: "x")
        do {
            let part = try PartFile.begin(at: place)
            try write("hel", to: part)
            part.keep(PartNote(url: "u", validator: "v"))
        }
        #expect(work.names == ["x.tutti-part", "x.tutti-part.note"])
        #expect(PartNote(of: place) == PartNote(url: "u", validator: "v"))
        let part = try PartFile.open(at: place)
        #expect(part.size == 3)
        try write("lo", to: part)
        try part.finish(syncs: false, modified: nil)
        #expect(work.names == ["x"])
        #expect(work.text("x") == "hello")
    }

    @Test func `a file that begins anew drops the old note before it writes`() throws {
        let work = try Workplace()
        let folder = try OutputFolder(path: work.path)
        let place = try folder.place(of: "x")
        try work.write("old", to: "x.tutti-part")
        PartNote(url: "u", validator: "v").write(beside: place)
        let part = try PartFile.begin(at: place)
        #expect(work.names == ["x.tutti-part"])
        try write("new", to: part)
        try part.finish(syncs: false, modified: nil)
        #expect(work.text("x") == "new")
    }

    @Test func `two writers of a file do not mix`() throws {
        let work = try Workplace()
        let folder = try OutputFolder(path: work.path)
        let place = try folder.place(of: "x")
        let first = try PartFile.begin(at: place)
        #expect(throws: FetchError.writtenElsewhere(name: "x")) {
            _ = try PartFile.begin(at: place)
        }
        #expect(throws: FetchError.writtenElsewhere(name: "x")) {
            _ = try PartFile.open(at: place)
        }
        try first.finish(syncs: false, modified: nil)
        try PartFile.begin(at: place).discard()
        #expect(work.names == ["x"])
    }

    /// A process that is being started has copies of all descriptors until it executes its program.
    @Test func `a part is free once it is let go, whoever has a copy of its descriptor`() throws {
        let work = try Workplace()
        let folder = try OutputFolder(path: work.path)
        let place = try folder.place(of: "x")
        var part: PartFile? = try PartFile.begin(at: place)
        let number = try #require(
            part.flatMap { Int32($0.readablePath.drop { !$0.isNumber }) })
        let copy = dup(number)
        try #require(copy >= 0)
        defer { close(copy) }
        part = nil
        part = try PartFile.open(at: place)
        part?.discard()
        #expect(work.names.isEmpty)
    }

    @Test func `no name leads through a link out of the folder`() throws {
        let work = try Workplace()
        let outside = try Workplace()
        symlink(outside.path, work.path + "/link")
        symlink(outside.path + "/target", work.path + "/x.tutti-part")
        symlink(outside.path + "/target", work.path + "/y")
        let folder = try OutputFolder(path: work.path)
        #expect {
            _ = try folder.place(of: "link/x")
        } throws: { ($0 as? FetchError)?.kind == "file" }
        #expect {
            _ = try PartFile.begin(at: try folder.place(of: "x"))
        } throws: { ($0 as? FetchError)?.kind == "file" }
        // A link with the file's own name is replaced, not followed.
        try PartFile.begin(at: try folder.place(of: "y")).finish(syncs: false, modified: nil)
        #expect(outside.names.isEmpty)
        #expect(work.bytes("y") == [])
    }

    @Test func `a full disk is said as such`() throws {
        let work = try Workplace()
        let folder = try OutputFolder(path: work.path)
        let place = try folder.place(of: "x")
        let part = try PartFile.begin(at: place)
        // What is written goes to a device that is always full.
        let descriptor = open("/dev/full", O_WRONLY)
        defer { close(descriptor) }
        let number = try #require(Int32(part.readablePath.split(separator: "/").last ?? ""))
        #expect(dup2(descriptor, number) == number)
        #expect(throws: FetchError.diskFull(name: "x")) { try write("hello", to: part) }
    }

    @Test func `a torn note is none`() {
        let text = PartNote(url: "http://a/b", validator: "\"x\"").text
        #expect(PartNote(text: text) == PartNote(url: "http://a/b", validator: "\"x\""))
        for length in 0..<text.count {
            #expect(PartNote(text: String(text.prefix(length))) == nil)
        }
    }

    @Test func `a time is written and read as HTTP has it`() {
        #expect(HTTPDate.text(seconds: 784_111_777) == "Sun, 06 Nov 1994 08:49:37 GMT")
        #expect(HTTPDate.seconds(from: "Sun, 06 Nov 1994 08:49:37 GMT") == 784_111_777)
        #expect(HTTPDate.seconds(from: "yesterday") == nil)
        #expect(HTTPDate.wait(retryAfter: "-1", now: 0) == nil)
        #expect(HTTPDate.wait(retryAfter: "soon", now: 0) == nil)
    }
}

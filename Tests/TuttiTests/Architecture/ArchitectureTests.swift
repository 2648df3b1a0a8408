import Foundation
import Testing

/// Holds the picture in ARCHITECTURE.md against the code.
@Suite struct ArchitectureTests {
    /// A room's level; a room uses only rooms below its own.
    private static let levels = [
        "Platform": 1, "Jobs": 2, "Tracing": 2, "Concurrency": 3, "Parallelism": 3, "Threads": 3,
        "Processes": 4, "Batches": 5,
    ]
    private static let allowedImports: Set = [
        "CTutti", "Dispatch", "Glibc", "Synchronization",
    ]
    /// How often each room says what the compiler cannot check.
    ///
    /// More needs a reason in a review.
    private static let unsafePlaces = [
        "Concurrency": 3, "Parallelism": 5, "Platform": 3, "Processes": 9, "Tracing": 1,
    ]

    private static let sources = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Sources")

    private struct File {
        let room: String
        let name: String
        /// The text without comments and string literals.
        let code: String
        let lines: [String]
    }

    private static let files: [File] = {
        let root = sources.appending(path: "Tutti")
        guard let walk = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)
        else { return [] }
        return walk.compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }.map { url in
            let text = (try? String(contentsOf: url, encoding: .utf8)) ?? ""
            let below = url.pathComponents.dropFirst(root.pathComponents.count)
            return File(
                room: below.first ?? "", name: url.lastPathComponent, code: stripped(text),
                lines: text.components(separatedBy: "\n"))
        }
    }()

    private static func stripped(_ text: String) -> String {
        text.replacing(/"""[\s\S]*?"""/, with: "\"\"")
            .replacing(/"(\\.|[^"\\\n])*"/, with: "\"\"")
            .replacing(/\/\/[^\n]*/, with: "")
    }

    @Test func `every file lies in a room that the picture knows`() {
        #expect(Self.files.count > 10)
        for file in Self.files {
            #expect(Self.levels[file.room] != nil, "\(file.name) lies in \(file.room)")
        }
    }

    @Test func `a room uses only rooms below it`() {
        var owners: [String: String] = [:]
        let declaration =
            /(?m)^(?:@\w+(?:\([^)]*\))? )*(?:(?:public|package|final|indirect) )*(?:struct|class|enum|protocol|actor|func|typealias) (\w+)/
        for file in Self.files {
            for match in file.code.matches(of: declaration) { owners[String(match.1)] = file.room }
        }
        #expect(owners["ThreadPool"] == "Threads")
        for file in Self.files {
            guard let level = Self.levels[file.room] else { continue }
            for match in file.code.matches(of: /\b[A-Za-z_]\w*/) {
                let word = String(match.0)
                guard let owner = owners[word], owner != file.room else { continue }
                // A member may share the name of another room's function: `thread.join()`.
                let before = file.code[..<match.range.lowerBound]
                guard before.last != ".", !before.hasSuffix("func ") else { continue }
                #expect(
                    Self.levels[owner, default: 0] < level,
                    "\(file.room)/\(file.name) uses \(word) of \(owner)")
            }
        }
    }

    @Test func `the engine imports nothing that a toolchain does not bring`() {
        for file in Self.files {
            let line = /(?m)^\s*(?:\w+ |@\w+(?:\([^)]*\))? )*import (\w+)/
            for match in file.code.matches(of: line) {
                #expect(
                    Self.allowedImports.contains(String(match.1)),
                    "\(file.room)/\(file.name) imports \(match.1)")
            }
        }
    }

    @Test func `what the compiler cannot check has its reason above it, and is counted`() {
        var counts: [String: Int] = [:]
        for file in Self.files {
            for (number, line) in file.lines.enumerated() {
                let code = Self.stripped(line)
                guard code.contains(/@unchecked Sendable|nonisolated\(unsafe\)|unsafeBitCast/)
                else { continue }
                counts[file.room, default: 0] += 1
                let above = file.lines[max(0, number - 6)...number]
                #expect(
                    above.contains { $0.contains("Safety:") },
                    "\(file.room)/\(file.name):\(number + 1) has no Safety line")
            }
        }
        #expect(counts == Self.unsafePlaces)
    }
}

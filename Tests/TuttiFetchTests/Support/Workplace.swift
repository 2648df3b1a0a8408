import Foundation
import Testing
import Tutti

@testable import TuttiFetch

/// A folder that goes with the test, and what is in it.
final class Workplace: Sendable {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "tutti-fetch-test-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Names of all files below, sorted.
    var names: [String] {
        let all = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
        return all.filter { name in
            var isFolder: ObjCBool = false
            _ = FileManager.default.fileExists(atPath: path + "/" + name, isDirectory: &isFolder)
            return !isFolder.boolValue
        }.sorted()
    }

    func bytes(_ name: String) -> [UInt8]? {
        FileManager.default.contents(atPath: path + "/" + name).map { Array($0) }
    }

    func text(_ name: String) -> String? {
        bytes(name).map { String(decoding: $0, as: UTF8.self) }
    }

    func write(_ text: String, to name: String) throws {
        try Data(text.utf8).write(to: URL(filePath: path + "/" + name))
    }

    func write(_ bytes: [UInt8], to name: String) throws {
        try Data(bytes).write(to: URL(filePath: path + "/" + name))
    }

    /// A configuration for tests: this folder, short waits.
    func configuration(_ change: (inout FetchConfiguration) -> Void = { _ in })
        -> FetchConfiguration
    {
        var configuration = FetchConfiguration(folder: path)
        configuration.backoff = Backoff(initial: .milliseconds(1), maximum: .milliseconds(5))
        // Beside all the other tests a turn may be long in coming.
        configuration.timeouts.connect = .seconds(120)
        configuration.timeouts.idle = .seconds(120)
        change(&configuration)
        return configuration
    }

    /// Fetches into this folder.
    func fetch(
        _ requests: [FetchRequest], _ change: (inout FetchConfiguration) -> Void = { _ in }
    ) async throws -> [FetchRecord] {
        try await Fetcher(configuration: configuration(change)).fetchAll(requests)
    }

    /// Fetches one URL into this folder.
    func fetch(
        _ url: String, _ change: (inout FetchConfiguration) -> Void = { _ in }
    ) async throws -> FetchRecord {
        try #require(try await fetch([FetchRequest(url)], change).first)
    }
}

/// Bytes that are different everywhere.
func pattern(_ count: Int, seed: UInt8 = 0) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) ^ seed }
}

extension Workplace {
    /// Waits until a file is there, by the kernel's word.
    func wait(for name: String) async {
        let path = path
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                let watch = inotify_init1(0)
                inotify_add_watch(watch, path, UInt32(IN_CREATE | IN_MOVED_TO))
                // Watched first, then looked at: it cannot come in between unseen.
                while !FileManager.default.fileExists(atPath: path + "/" + name) {
                    var buffer = [UInt8](repeating: 0, count: 4096)
                    _ = read(watch, &buffer, buffer.count)
                }
                close(watch)
                continuation.resume()
            }
        }
    }
}

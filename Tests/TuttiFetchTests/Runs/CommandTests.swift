import Foundation
import NIOConcurrencyHelpers
import NIOCore
import Testing

@testable import TuttiFetch

/// The command against real servers, good and bad.
@Suite(.timeLimit(.minutes(5))) struct CommandTests {
    @Test func `all files come, and the summary says how`() async throws {
        try await FaultyServer.with({ .ok($0.path) }) { server in
            let place = try Workplace()
            try place.write(
                "# a list\n\n\(server.url("/a"))\n\(server.url("/b")) folder/b\n", to: "list")
            let ending = try await FetchCommand([
                "-i", place.path + "/list", "--into", place.path + "/out", server.url("/c"),
            ]).wait()
            #expect(ending.status == 0, "\(ending.errors)")
            #expect(place.names == ["list", "out/a", "out/c", "out/folder/b"])
            #expect(ending.output.isEmpty)
            #expect(ending.errors.contains("3 of 3 URLs fetched: 6 B in"))
            #expect(ending.errors.contains("was the limit"))
        }
    }

    @Test func `a list comes from standard input, and records go out as JSON`() async throws {
        try await FaultyServer.with({
            $0.path == "/bad" ? .status("404 Not Found") : .ok($0.path)
        }) { server in
            let place = try Workplace()
            let ending = try await FetchCommand(
                ["-i", "-", "--into", place.path, "--json"],
                input: "\(server.url("/a"))\n\(server.url("/bad"))\n"
            ).wait()
            #expect(ending.status == 1)
            var outcomes: [String: String] = [:]
            for line in ending.output.split(separator: "\n") {
                let object = try JSONSerialization.jsonObject(with: Data(line.utf8))
                let members = try #require(object as? [String: Any])
                #expect(members.count == 16)
                outcomes[members["url"] as? String ?? ""] = members["outcome"] as? String
            }
            #expect(outcomes == [server.url("/a"): "fetched", server.url("/bad"): "failed"])
            #expect(place.names == ["a"])
        }
    }

    @Test func `a single URL goes to standard output, whole or not at all`() async throws {
        try await FaultyServer.with({ request in
            request.path == "/cut" ? .ok("hello").ending(.cut(after: 2)) : .ok("hello")
        }) { server in
            let whole = try await FetchCommand([server.url("/x"), "-o", "-"]).wait()
            #expect(whole.output == "hello")
            #expect(whole.status == 0)
            let cut = try await FetchCommand([server.url("/cut"), "-o", "-", "--retries", "0"])
                .wait()
            #expect(cut.output.isEmpty)
            #expect(cut.status == 1)
            #expect(cut.errors.contains("closed the connection after 2 bytes"))
        }
    }

    @Test(arguments: [SIGINT, SIGTERM])
    func `an interrupted run leaves whole files and can be gone on with`(signal: Int32) async throws
    {
        let isReleased = NIOLockedValueBox(false)
        try await FaultyServer.with({ request in
            let answer = Answer.content(pattern(400_000), etag: "\"1\"", for: request)
            if request.path == "/quick" || isReleased.withLockedValue({ $0 }) { return answer }
            return answer.ending(.stall(after: 300_000))
        }) { server in
            let place = try Workplace()
            let arguments = [
                server.url("/quick"), server.url("/slow"), "--into", place.path, "--json",
                "--skip-existing",
            ]
            let command = try FetchCommand(arguments)
            await place.wait(for: "slow.tutti-part.note")
            await place.wait(for: "quick")
            kill(command.process.processIdentifier, signal)
            let ending = await command.wait()
            #expect(ending.status == 130)
            #expect(ending.errors.contains("Interrupted"))
            #expect(place.names == ["quick", "slow.tutti-part", "slow.tutti-part.note"])
            isReleased.withLockedValue { $0 = true }
            let again = try await FetchCommand(arguments).wait()
            #expect(again.status == 0, "\(again.errors)")
            #expect(place.names == ["quick", "slow"])
            #expect(place.bytes("slow") == pattern(400_000))
            #expect(server.requests.count == 3)
        }
    }

    @Test(.enabled(if: FetchCommand.canHaveSmallDisks, "no disk can be made here"))
    func `a full disk ends the run with whole files alone`() async throws {
        try await FaultyServer.with({ _ in Answer(body: pattern(40_000)) }) { server in
            let place = try Workplace()
            let urls = (0..<100).map { server.url("/f\($0)") }
            let ending = try await FetchCommand(
                urls + ["--into", place.path, "--limit", "5", "--quiet"], folder: place.path,
                kilobytes: 1000
            ).wait()
            #expect(ending.status == 1)
            #expect(ending.errors.contains("The disk is full while"), "\(ending.errors)")
            let files = ending.output.split(separator: "\n")
            #expect(files.count > 10, "\(files)")
            #expect(files.allSatisfy { $0.hasSuffix(" 40000") }, "\(files)")
            // Nothing was asked for once it was known.
            #expect(server.requests.count < 40)
        }
    }

    /// The number of URLs that a kill test takes; the full size is 10000.
    private static let killed =
        ProcessInfo.processInfo.environment["TUTTI_FETCH_URLS"].flatMap { Int($0) } ?? 500

    @Test func `after three kills every file is whole and right, none is missing, none twice`()
        async throws
    {
        let count = Self.killed
        let faults = SeededFaults(seed: 20, faultsInHundred: 20, stall: .milliseconds(100))
        let answered = Milestones(every: count / 4)
        try await FaultyServer.with({ request in
            answered.count()
            return faults.answer(request)
        }) { server in
            let place = try Workplace()
            let list = (0..<count).map { "\(server.url("/f\($0)"))\n" }.joined()
            try place.write(list, to: "list")
            let arguments = [
                "-i", place.path + "/list", "--into", place.path + "/out", "--skip-existing",
                "--limit", "50", "--per-host", "50", "--retries", "30", "--retry-wait", "0.05",
                "--idle-timeout", "1", "--quiet",
            ]
            for _ in 0..<3 {
                let command = try FetchCommand(arguments)
                await answered.next()
                kill(command.process.processIdentifier, SIGKILL)
                #expect(await command.wait().wasKilled)
                // Whatever has a final name is whole already.
                for name in place.names where name.hasPrefix("out/f") && !name.contains(".tutti") {
                    #expect(
                        place.bytes(name) == faults.content(of: "/" + name.dropFirst(4)), "\(name)")
                }
            }
            let ending = try await FetchCommand(arguments).wait()
            #expect(ending.status == 0, "\(ending.errors)")
            let names = Set(place.names.filter { $0.hasPrefix("out/") })
            #expect(names == Set((0..<count).map { "out/f\($0)" }))
            for number in 0..<count {
                #expect(place.bytes("out/f\(number)") == faults.content(of: "/f\(number)"))
            }
            print(
                "\(count) URLs after three kills: \(server.requests.count) requests,",
                ending.errors.split(separator: "\n").joined(separator: " "))
        }
    }
}

/// Counts, and lets a test wait until the next milestone is reached.
final class Milestones: Sendable {
    private struct State {
        var count = 0
        var waiter: (at: Int, continuation: CheckedContinuation<Void, Never>)?
    }

    private let every: Int
    private let state = NIOLockedValueBox(State())

    init(every: Int) {
        self.every = every
    }

    func count() {
        state.withLockedValue { state -> CheckedContinuation<Void, Never>? in
            state.count += 1
            guard let waiter = state.waiter, state.count >= waiter.at else { return nil }
            state.waiter = nil
            return waiter.continuation
        }?.resume()
    }

    /// Waits until so many more were counted.
    func next() async {
        await withCheckedContinuation { continuation in
            state.withLockedValue { state in
                state.waiter = (state.count + every, continuation)
            }
        }
    }
}

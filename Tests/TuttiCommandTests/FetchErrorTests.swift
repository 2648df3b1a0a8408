import Foundation
import Testing

/// Every mistake in a call of `tutti fetch` gets a sentence that says what to do.
@Suite(.timeLimit(.minutes(5))) struct FetchErrorTests {
    @Test(arguments: [
        ([], "Nothing to fetch: give URLs, or a list of them with --input."),
        (["http://a", "--limit", "0"], "--limit is 0: give a number from 1 to 100000."),
        (["http://a", "--per-host", "-1"], "--per-host is -1: give a number from 1 to 100000."),
        (["http://a", "--rate", "0"], "--rate is 0.0: give requests a second, up to 1000000."),
        (["http://a", "--retries", "-1"], "--retries is -1: give a number, 0 or more."),
        (["http://a", "--idle-timeout", "-1"], "--idle-timeout is -1.0: give seconds, 0 or more."),
        (["http://a", "--slowest", "0"], "--slowest is 0: give bytes a second, 1 or more."),
        (["http://a", "--header", "x"], "--header 'x' has no colon: write 'Name: value'."),
        (
            ["http://a", "http://b", "-o", "x"],
            "--output names the file of one URL: give one, and no --input."
        ),
        (
            ["http://a", "--skip-existing", "--update"],
            "--skip-existing and --update exclude each other: choose one."
        ),
        (
            ["http://a", "--json", "-o", "-"],
            "--json and --output - would both write to standard output."
        ),
        (
            ["http://a", "--insecure", "--cacert", "x"],
            "--cacert and --insecure exclude each other: choose one."
        ),
    ])
    func `a wrong option is refused with a sentence`(
        arguments: [String], sentence: String
    ) throws {
        let ending = try Command.start(["fetch"] + arguments).wait()
        #expect(ending.status == 64)
        #expect(ending.errors.contains(sentence), "\(ending.errors)")
        #expect(ending.output.isEmpty)
    }

    @Test(arguments: [
        (["-i", "/nowhere/list"], "--input /nowhere/list: No such file or directory."),
        (["http://a", "--into", "/proc/nowhere"], "/proc/nowhere"),
        (
            ["https://a", "--cacert", "/nowhere"],
            "'/nowhere' cannot be read as a PEM file of certificates"
        ),
        (["http://a", "--proxy", "https://p"], "the proxy must be an http:// URL"),
        (["http://a", "--header", "Host: b"], "the header Host is set for each request"),
    ])
    func `what cannot work is said before anything is asked`(
        arguments: [String], sentence: String
    ) throws {
        let ending = try Command.start(["fetch"] + arguments).wait()
        #expect(ending.status == 1)
        #expect(ending.errors.contains(sentence), "\(ending.errors)")
        #expect(ending.output.isEmpty)
    }

    @Test func `a line with too many words is said with its number`() throws {
        let folder = try TemporaryFolder()
        let list = folder.path + "/list"
        try "# names\nhttp://a b c\n".write(toFile: list, atomically: true, encoding: .utf8)
        let ending = try Command.run("fetch", "-i", list)
        #expect(ending.status == 1)
        #expect(ending.errors.contains("\(list), line 2: 'c' is one word too many."))
    }
}

import Testing
import TuttiFetch

@testable import TuttiCommand

@Suite struct FetchListTests {
    @Test func `a line has a URL, and a name and a checksum where they are wanted`() throws {
        let digits = String(repeating: "a", count: 64)
        let list = try FetchList(
            text: """
                # a comment

                http://a/1
                  http://a/2   two\u{20}
                http://a/3 sha256=\(digits)
                http://a/4 four sha256=\(digits)\r
                http://a/5\tname with blanks\tsha256=\(digits)
                http://a/6\t
                """, path: "list")
        #expect(
            list.requests == [
                FetchRequest("http://a/1"),
                FetchRequest("http://a/2", name: "two"),
                FetchRequest("http://a/3", sha256: digits),
                FetchRequest("http://a/4", name: "four", sha256: digits),
                FetchRequest("http://a/5", name: "name with blanks", sha256: digits),
                FetchRequest("http://a/6"),
            ])
    }

    @Test(arguments: ["", "\n\n", "# nothing\n"])
    func `a list without URLs is empty`(text: String) throws {
        #expect(try FetchList(text: text, path: "list").requests.isEmpty)
    }

    @Test func `a line of JSON holds whatever a URL or a message holds`() {
        var line = JSONLine()
        line.add("a", "q\"\\\n\u{1}é")
        line.add("b", 5)
        line.add("c", Int?.none)
        line.add("d", Duration.milliseconds(1500))
        line.add("e", Duration?.none)
        #expect(
            line.description
                == #"{"a":"q\"\\\n\u0001é","b":5,"c":null,"d":1.5,"e":null}"#)
    }

    @Test(arguments: [
        (0, "0 B"), (999, "999 B"), (1000, "1.0 KB"), (1_250_000, "1.3 MB"),
        (999_949_999, "999.9 MB"), (999_950_000, "1.0 GB"), (5_000_000_000_000, "5.0 TB"),
    ])
    func `bytes are written for people`(bytes: Int, expected: String) {
        #expect(byteText(bytes) == expected)
    }
}

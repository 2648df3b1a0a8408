import Testing

@testable import TuttiFetch

@Suite struct NameTests {
    @Test(arguments: [
        ("/a/b.html", "b.html"), ("/", "index.html"), ("/a/", "index.html"),
        ("/a/b%20c", "b c"), ("/a?x=1&y=/z", "a?x=1&y=%2Fz"), ("/?x", "index.html?x"),
        ("/a/..", "%2E%2E"), ("/.", "%2E"), ("/a%2Fb", "a%2Fb"), ("/a%00b", "a%00b"),
        ("/%2e%2e", "%2E%2E"), ("/a%FFb", "a%FFb"), ("/%C3%A9", "é"), ("/a%", "a%"),
        ("/a%4", "a%4"),
        ("/x.tutti-part", "x.tutti-part_"),
    ])
    func `a name is taken from the URL and is always valid`(
        target: String, expected: String
    ) throws {
        let name = FileName.derived(fromTarget: target)
        #expect(name == expected)
        try FileName.check(name)
    }

    @Test func `long names that begin alike stay apart and fit`() throws {
        let long = "/" + String(repeating: "é", count: 400)
        let first = FileName.derived(fromTarget: long + "1")
        let second = FileName.derived(fromTarget: long + "2")
        #expect(first != second)
        #expect(first.utf8.count <= FileName.longest)
        try FileName.check(first)
    }

    @Test(arguments: [
        "", "/etc/passwd", "../x", "a/../../x", "a//b", "a/", ".", "..", "a\0b", "x.tutti-part",
        "a/x.tutti-part.note", String(repeating: "x", count: 300),
    ])
    func `a name that leads elsewhere is refused`(name: String) {
        #expect {
            try FileName.check(name)
        } throws: { error in
            if case .invalidName(name, _)? = error as? FetchError { true } else { false }
        }
    }

    @Test func `a second file of a name gets a number, the same each time`() throws {
        for _ in 0..<2 {
            var book = NameBook(capacity: 4)
            var names: [String] = []
            for target in ["/a/x", "/b/x", "/x.1", "/c/x"] {
                names.append(try book.name(given: nil, target: target))
            }
            #expect(names == ["x", "x.1", "x.1.1", "x.2"])
        }
    }

    @Test func `a second file of a name that was given is refused`() throws {
        var book = NameBook(capacity: 2)
        _ = try book.name(given: "x", target: "/")
        #expect(throws: FetchError.nameTaken("x")) { try book.name(given: "x", target: "/") }
    }
}

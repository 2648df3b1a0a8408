import Testing

@testable import TuttiFetch

@Suite struct IdentityTests {
    @Test(arguments: [
        ("a.example", "a.example", true), ("A.Example", "a.example", true),
        ("*.example", "a.example", true), ("*.example", "b.a.example", false),
        ("*.example", "example", false), ("a.example", "b.example", false),
        ("*", "a", false), ("*.example", ".example", false),
    ])
    func `a name of a certificate is compared label by label`(
        name: String, host: String, expected: Bool
    ) {
        #expect(ServerIdentity.matches(name, host) == expected)
    }

    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
    ])
    func `credentials are written in base 64`(text: String, expected: String) {
        #expect(base64(text.utf8) == expected)
    }

    @Test func `a proxy serves all hosts but its exceptions`() throws {
        let proxy = try Proxy(
            "http://me:secret@proxy:3128", exceptions: ["localhost", ".inside.example"])
        #expect(proxy.origin == Origin(isSecure: false, host: "proxy", port: 3128))
        #expect(proxy.credentials == "Basic bWU6c2VjcmV0")
        #expect(proxy.serves("example"))
        #expect(!proxy.serves("localhost"))
        #expect(!proxy.serves("a.inside.example"))
        #expect(!proxy.serves("inside.example"))
        #expect(proxy.serves("notinside.example"))
    }
}

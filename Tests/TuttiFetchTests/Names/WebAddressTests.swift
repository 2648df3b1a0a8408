import Testing

@testable import TuttiFetch

@Suite struct WebAddressTests {
    @Test(arguments: [
        ("http://a", "http://a/"),
        ("HTTP://Example.COM:80/x?y#z", "http://example.com/x?y"),
        ("https://a:443/", "https://a/"),
        ("https://a:8443/b%20c", "https://a:8443/b%20c"),
        ("http://[::1]:9/é b", "http://[::1]:9/%C3%A9%20b"),
        ("http://a?q=\"x\"", "http://a/?q=%22x%22"),
        ("http://a#b", "http://a/"),
        ("http://127.0.0.1:65535/a//b", "http://127.0.0.1:65535/a//b"),
    ])
    func `a URL is taken apart`(text: String, expected: String) throws {
        #expect(try WebAddress(text).description == expected)
    }

    @Test(arguments: [
        ("", "does not begin with"), ("a/b", "does not begin with"),
        ("ftp://a/b", "'ftp', not http or https"), ("http://", "names no host"),
        ("http:///x", "names no host"), ("http://a:0/", "'0' is no port"),
        ("http://a:70000/", "'70000' is no port"), ("http://a:b/", "'b' is no port"),
        ("http://user:pw@a/", "user name"), ("http://bücher.de/", "xn--"),
        ("http://a b/", "no host name"), ("http://a/\u{1}", "control character"),
        ("http://a/\r\nX: y", "control character"), ("http://a\r\n/", "no host name"),
    ])
    func `what is no URL is refused with a reason`(text: String, reason: String) {
        #expect {
            try WebAddress(text)
        } throws: { error in
            (error as? WebAddress.Failure)?.reason.contains(reason) == true
        }
    }

    /// Source: RFC 3986, section 5.4, those whose base has a path as here.
    @Test(arguments: [
        ("g", "http://a/b/c/g"), ("./g", "http://a/b/c/g"), ("g/", "http://a/b/c/g/"),
        ("/g", "http://a/g"), ("//g", "http://g/"), ("?y", "http://a/b/c/d;p?y"),
        ("g?y", "http://a/b/c/g?y"), ("#s", "http://a/b/c/d;p?q"), ("", "http://a/b/c/d;p?q"),
        (";x", "http://a/b/c/;x"), (".", "http://a/b/c/"), ("./", "http://a/b/c/"),
        ("..", "http://a/b/"), ("../g", "http://a/b/g"), ("../..", "http://a/"),
        ("../../../g", "http://a/g"), ("/./g", "http://a/g"), ("/../g", "http://a/g"),
        ("g.", "http://a/b/c/g."), ("..g", "http://a/b/c/..g"), ("./../g", "http://a/b/g"),
        ("g/./h", "http://a/b/c/g/h"), ("g?y/../x", "http://a/b/c/g?y/../x"),
        ("https://x/y", "https://x/y"), ("g h", "http://a/b/c/g%20h"),
    ])
    func `a reference leads where the standard says`(reference: String, expected: String) throws {
        let base = try WebAddress("http://a/b/c/d;p?q")
        #expect(try base.resolving(reference).description == expected)
    }

    @Test func `a reference to another scheme is refused`() throws {
        let base = try WebAddress("http://a/b")
        #expect(throws: WebAddress.Failure.self) { try base.resolving("file:///etc/passwd") }
        #expect(throws: WebAddress.Failure.self) { try base.resolving("javascript:x") }
    }
}

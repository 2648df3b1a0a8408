import Testing

@testable import TuttiDiagnosis

@Suite struct QuotedTests {
    @Test func `JSON has an escape for all that it or a script cannot hold`() {
        #expect(Quoted.json("a\"\\\n\r\t\u{1}\u{7F}é") == #""a\"\\\n\r\t\u0001\u007fé""#)
        #expect(Quoted.json("</script>\u{2028}") == #""\u003c/script>\u2028""#)
    }

    @Test func `the five characters of markup lose their meaning`() {
        #expect(Quoted.html("<b a='x'>&\"é") == "&lt;b a=&#39;x&#39;&gt;&amp;&quot;é")
    }

    /// Swift sees one character there, a browser a tag.
    @Test func `an accent hides no markup`() {
        #expect(Quoted.html("<\u{301}b>\u{301}") == "&lt;\u{301}b&gt;\u{301}")
        #expect(Quoted.json("\"\u{301}<\u{301}") == "\"\\\"\u{301}\\u003c\u{301}\"")
    }
}

import Testing

@testable import CompareReport

@Suite struct TextTableTests {
    @Test func `urls look exactly like this`() {
        let table = TextTable(Samples.urls, caption: "work that waits: 200 URLs, 50 ms each")
        let expected = """
            urls – work that waits: 200 URLs, 50 ms each
                        wall s  speed-up                    CPU s  cores   in flight     switches  memory
            executor                                                used    mean/max  vol./invol.      MB
            in-order      10.1     1.00×  ████████████████  0.100   0.01      0.97/1       600/50    18.5
            event-loop   0.090      112×  ▏                 0.021   0.23     194/200      120k/50    18.5
            threads      0.210     48.1×  ▍                 0.120   0.57     194/200      120k/50    18.5
            cores         5.10     1.98×  ████████▏         0.110   0.02      1.94/2      1200/50    18.5
            processes     5.12     1.97×  ████████▏         0.130   0.03      1.94/2      1200/50    61.3
            loop+cores   0.092      110×  ▏                 0.030   0.33     194/200      120k/50    18.5

            """
        #expect(table.description == expected)
    }

    @Test func `without a baseline the speed-up is a dash`() {
        let run = Samples.run("cores", wall: 1.5, cpu: 3)
        let table = TextTable(WorkloadResult(name: "frames", jobs: 96, runs: [run]), caption: "")
        #expect(table.description.contains("cores         1.50         –  ██"))
    }

    @Test func `no line is longer than 100 columns whatever the numbers`() {
        let run = RunResult(
            executor: "an-executor-with-a-long-name", wall: 123_456.7, cpu: 654_321,
            speedup: 0.0001, coresUsed: 1234.56, inFlightMean: 12_345, inFlightMax: 123_456_789,
            voluntarySwitches: 987_654_321, involuntarySwitches: 123_456_789,
            peakMemory: 1_234_567, digest: "")
        let caption = String(repeating: "long ", count: 40)
        let table = TextTable(
            WorkloadResult(name: "x", jobs: 1, runs: [run, Samples.urls.runs[0]]), caption: caption)
        for line in table.description.split(separator: "\n") { #expect(line.count <= 100) }
    }

    @Test func `odd durations make no bar and do not trap`() {
        let walls = [0, -1, Double.nan, .infinity, 1e300]
        let runs = walls.map { Samples.run("cores", wall: $0, cpu: 0) }
        let table = TextTable(WorkloadResult(name: "odd", jobs: 1, runs: runs), caption: "")
        #expect(table.description.split(separator: "\n").count == 3 + walls.count)
    }

    @Test(arguments: [
        (10.1, "10.1"), (3, "3.00"), (0.0902, "0.090"), (112.4, "112"), (9.996, "10.0"),
        (99.96, "100"), (0.99951, "1.00"), (0, "0.000"), (-1.25, "-1.25"), (-0.0001, "0.000"),
        (.nan, "–"), (.infinity, "–"),
    ])
    func `three digits count`(value: Double, text: String) {
        #expect(Figure.rounded(value) == text)
    }

    @Test func `figures in sentences drop zeros, speed-ups keep two decimals`() {
        #expect(Figure.seconds(3) == "3 s")
        #expect(Figure.seconds(0.09) == "0.09 s")
        #expect(Figure.seconds(0.0001) == "less than 0.001 s")
        #expect(Figure.seconds(100) == "100 s")
        #expect(Figure.times(0.997) == "1.00×")
        #expect(Figure.times(nil) == "–")
        #expect(Figure.percent(0.001) == "less than 1 %")
        #expect(Figure.count(9999) == "9999")
        #expect(Figure.count(12_345) == "12.3k")
        #expect(Figure.count(1_234_567) == "1.23M")
    }
}

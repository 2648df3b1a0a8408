import Testing

@testable import CompareReport

@Suite struct LanesTests {
    @Test func `jobs that overlap lie above each other, jobs that touch side by side`() {
        let lanes = Lanes([
            JobSpan(job: 2, lane: 0, start: 1, end: 2), JobSpan(job: 0, lane: 0, start: 0, end: 1),
            JobSpan(job: 1, lane: 0, start: 0.5, end: 3),
            JobSpan(job: 3, lane: 4, start: 0, end: 9),
        ])
        #expect(lanes.lanes.map(\.number) == [0, 4])
        #expect(lanes.lanes[0].rows.map { $0.map(\.job) } == [[0, 2], [1]])
        #expect(lanes.rowCount == 3)
        #expect(lanes.end == 9)
    }

    @Test func `rows are as many as jobs overlap`() {
        let spans = (0..<200).map {
            JobSpan(job: $0, lane: 0, start: Double($0 % 40), end: Double($0 % 40) + 1)
        }
        #expect(Lanes(spans).lanes[0].rows.count == 5)
    }

    @Test func `impossible spans are left out`() {
        let lanes = Lanes([
            JobSpan(job: 0, lane: 0, start: .nan, end: 1),
            JobSpan(job: 1, lane: 0, start: 2, end: 1),
            JobSpan(job: 2, lane: 0, start: 0, end: .infinity),
        ])
        #expect(lanes.lanes.isEmpty)
        #expect(lanes.end == 0)
    }

    @Test(arguments: [
        (10.1, [0, 2.5, 5, 7.5, 10], 1), (3.02, [0, 0.5, 1, 1.5, 2, 2.5, 3], 1),
        (0.8, [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8], 1),
        (70, [0, 10, 20, 30, 40, 50, 60, 70], 0),
        (0, [0], 0), (.nan, [0], 0),
    ])
    func `an axis has few round marks`(duration: Double, marks: [Double], decimals: Int) {
        let axis = TimeAxis(duration: duration)
        #expect(axis.marks.count == marks.count)
        for (mark, expected) in zip(axis.marks, marks) { #expect(abs(mark - expected) < 1e-9) }
        #expect(axis.decimals == decimals)
    }
}

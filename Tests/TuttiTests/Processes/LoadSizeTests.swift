import Testing

@testable import Tutti

@Suite struct LoadSizeTests {
    @Test func `the first load is one job`() {
        #expect(LoadSize(target: .milliseconds(1), most: 100).jobs == 1)
    }

    @Test func `a load has as many jobs as take the time`() {
        var size = LoadSize(target: .milliseconds(1), most: 1000)
        for _ in 0..<20 { size.ended(jobs: size.jobs, after: UInt64(size.jobs) * 5000) }
        #expect(size.jobs == 200)
    }

    @Test func `a load never has more than the most, nor less than one`() {
        var size = LoadSize(target: .seconds(1), most: 64)
        size.ended(jobs: 1, after: 0)
        #expect(size.jobs == 64)
        for _ in 0..<20 { size.ended(jobs: 1, after: 10_000_000_000) }
        #expect(size.jobs == 1)
    }

    @Test func `long jobs are believed sooner than short ones`() {
        var slower = LoadSize(target: .milliseconds(1), most: 1000)
        slower.ended(jobs: 1, after: 10_000)
        var faster = slower
        slower.ended(jobs: 1, after: 30_000)
        #expect(slower.nanosecondsAJob == 20_000)
        faster.ended(jobs: 1, after: 2000)
        #expect(faster.nanosecondsAJob == 8000)
    }

    @Test func `a load without an end teaches nothing`() {
        var size = LoadSize(target: .milliseconds(1), most: 1000)
        size.ended(jobs: 0, after: 10_000)
        #expect(size.nanosecondsAJob == nil)
    }
}

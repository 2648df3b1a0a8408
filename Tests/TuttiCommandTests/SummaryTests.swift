import CompareReport
import Testing
import Tutti
import TuttiDiagnosis

@testable import TuttiCommand

@Suite struct SummaryTests {
    private let plan = Plan(
        workloads: [.urls], executors: [.inOrder, .threads], count: 4, delay: 50, rounds: 3,
        port: 0, framesFolder: nil, isRecorded: true)

    private func measurement(wall: Double, digest: String = "d") -> Measurement {
        var usage = ResourceUsage.zero
        usage.cpuSeconds = wall / 2
        return Measurement(
            time: 5_000..<5_000 + UInt64(wall * 1e9), usage: usage, stamps: [], digest: digest)
    }

    private func findings(
        _ walls: [ExecutorName: [Double]], wrong: ExecutorName? = nil, isRecorded: Bool = false
    ) -> Findings {
        var results: [Plan.Step: RunRecorder.Run] = [:]
        for (executor, walls) in walls {
            for (round, wall) in walls.enumerated() {
                let step = Plan.Step(round: round, workload: .urls, executor: executor)
                var run = RunRecorder.Run(
                    measurement: measurement(wall: wall, digest: executor == wrong ? "x" : "d"))
                if isRecorded, round == 0 {
                    run.recording = Recording(
                        command: [], processors: 2, source: .switches,
                        duration: UInt64(wall * 1e9))
                }
                results[step] = run
            }
        }
        return Summary(plan: plan, results: results).findings
    }

    @Test func `medians of the rounds are shown, and speed-ups against running in order`() {
        let runs = findings([.inOrder: [8, 10, 9], .threads: [3, 1, 100]]).comparison.workloads[0]
            .runs
        #expect(runs.map(\.wall) == [9, 3])
        #expect(runs.map(\.speedup) == [1, 3])
        #expect(runs.map(\.coresUsed) == [0.5, 0.5])
    }

    @Test func `the round that was recorded is drawn, and the others give the figures`() {
        let found = findings([.inOrder: [8, 10, 9], .threads: [3]], isRecorded: true)
        #expect(found.runs.map(\.executor) == ["in-order", "threads"])
        #expect(
            found.runs.map { $0.diagnosis.recording.duration } == [8_000_000_000, 3_000_000_000])
        #expect(found.comparison.workloads[0].runs.map(\.wall) == [9.5, 3])
        #expect(findings([.inOrder: [8]]).runs.isEmpty)
    }

    @Test func `an interrupted plan shows what there is`() {
        let findings = findings([.threads: [2, 4]])
        #expect(findings.comparison.workloads[0].runs.map(\.executor) == ["threads"])
        #expect(findings.comparison.workloads[0].runs[0].wall == 3)
        #expect(findings.comparison.workloads[0].runs[0].speedup == nil)
        #expect(self.findings([:]).comparison.workloads.isEmpty)
    }

    @Test func `an executor with other results is named`() {
        let right = findings([.inOrder: [1], .threads: [1]])
        #expect(right.problems.isEmpty)
        let wrong = findings([.inOrder: [1], .threads: [1, 1]], wrong: .threads)
        #expect(wrong.problems.count == 1)
        #expect(wrong.problems[0].hasPrefix("urls: threads gave other results than the rest."))
    }

    @Test func `without running in order, most runs are right`() {
        let digests: [(ExecutorName, String)] = [(.threads, "a"), (.cores, "b"), (.processes, "b")]
        #expect(Summary.rightDigest(digests) == "b")
        #expect(Summary.rightDigest([]) == nil)
    }

    @Test func `jobs in flight are counted at each moment`() {
        var measurement = measurement(wall: 10)
        measurement.stamps = [(0, 4), (2, 6), (4, 8), (4, 5)].map { start, end in
            Measurement.Stamp(
                start: start * 1_000_000_000, end: end * 1_000_000_000, process: 1, thread: 1)
        }
        #expect(measurement.inFlight.most == 3)
        #expect(measurement.inFlight.mean == 1.3)
    }

    @Test func `steps are interleaved, so that a disturbance meets all executors`() {
        #expect(plan.steps.prefix(3).map(\.executor) == [.inOrder, .threads, .inOrder])
        #expect(plan.steps.count == 6)
    }
}

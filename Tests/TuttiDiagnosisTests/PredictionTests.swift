import Testing

@testable import TuttiDiagnosis

/// What is promised, and what is called a bound.
@Suite struct PredictionTests {
    private static let network = WaitReason(.network, .read, object: 3)

    @Test func `who computes on two cores also waits on both`() {
        var sketch = Sketch()
        sketch.thread([.runs(9), .waits(WaitReason(.disk), 1)].times(40))
        let diagnosis = sketch.diagnosis
        #expect(diagnosis.whole.verdict == .oneCore)
        #expect(diagnosis.whole.prediction.isBound)
        #expect(abs(diagnosis.after - 0.2) < 0.001)
    }

    @Test func `processes that wait one after the other would compute on all cores`() {
        var sketch = Sketch()
        for number in 0..<10 {
            sketch.thread(
                process: Int32(number + 1),
                [.absent(Double(number) * 60), .runs(10), .waits(Self.network, 50)])
        }
        let diagnosis = sketch.diagnosis
        #expect(diagnosis.whole.verdict == .waiting(.network))
        // Half of 100 ms of computing, and the last wait.
        #expect(abs(diagnosis.after - 0.1) < 0.005)
    }

    @Test func `threads of one process that wait would compute by turns`() {
        var sketch = Sketch()
        sketch.thread([.runs(10), .waits(Self.network, 50)].times(10))
        #expect(abs(sketch.diagnosis.after - 0.15) < 0.005)
    }

    @Test func `an estimate beside a bound makes an estimate`() {
        var sketch = Sketch()
        sketch.thread([.runs(300)] + [.runs(1), .waits(Self.network, 50)].times(10))
        let diagnosis = sketch.diagnosis
        #expect(diagnosis.phases.map(\.verdict) == [.oneCore, .waiting(.network)])
        #expect(diagnosis.phases.map(\.prediction.isBound) == [true, false])
        #expect(!diagnosis.whole.prediction.isBound)
    }

    @Test func `a bound beside what nobody can tell bounds nothing`() {
        var sketch = Sketch()
        sketch.thread([.runs(300), .waits(WaitReason(.unknown), 300)])
        let diagnosis = sketch.diagnosis
        #expect(diagnosis.phases.map(\.verdict) == [.oneCore, .unsure(.unknownWait)])
        #expect(diagnosis.after < diagnosis.now)
        #expect(!diagnosis.whole.prediction.isBound)
    }

    @Test func `pauses of an event loop that are equally long follow each other`() {
        var sketch = Sketch()
        sketch.thread([.runs(0.1), .waits(WaitReason(.loopTimer), 50)].times(8))
        #expect(sketch.diagnosis.whole.verdict == .waiting(.timer))
        #expect(sketch.diagnosis.whole.seen == "8 waits in a row, 50 ms each")
    }

    @Test(arguments: [[0.4, 0.4], [7, 70]])
    func `pauses of an event loop that are short or irregular are promised nothing`(
        lengths: [Double]
    ) {
        var sketch = Sketch()
        let steps = lengths.flatMap {
            [Sketch.Step.runs(0.02), .waits(WaitReason(.loopTimer), $0)]
        }
        sketch.thread(steps.times(20))
        #expect(sketch.diagnosis.whole.verdict == .unsure(.hiddenPauses))
        #expect(sketch.diagnosis.gain == 1)
    }

    @Test func `the timers of an event loop that are known count as waits`() {
        var sketch = Sketch()
        sketch.thread([.runs(0.1), .waits(WaitReason(.timer, flights: 20), 20)].times(20))
        #expect(sketch.diagnosis.whole.verdict == .overlapped(.timer))
    }

    @Test func `what feeds a pipe is no worker of what reads it`() {
        for (name, verdict) in [("tar", Verdict.partlyParallel), ("zstd", .unbalanced)] {
            var sketch = Sketch()
            sketch.thread(named: name, process: 1, [.runs(150)])
            sketch.thread(named: "zstd", process: 2, [.runs(500)])
            #expect(sketch.diagnosis.whole.verdict == verdict)
        }
    }

    @Test func `a helper that does next to nothing is no worker with too little`() {
        var sketch = Sketch()
        sketch.thread([.runs(600)])
        sketch.thread([.runs(70)])
        #expect(sketch.diagnosis.whole.verdict == .oneCore)
    }
}

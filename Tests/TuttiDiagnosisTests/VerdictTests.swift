import Testing

@testable import TuttiDiagnosis

/// Recordings drawn by hand, one for each verdict.
@Suite struct VerdictTests {
    private static let network = WaitReason(.network, .read, object: 3)

    @Test func `one request after another waits for the network`() {
        var sketch = Sketch()
        sketch.thread([.runs(2), .waits(Self.network, 76)].times(9))
        let diagnosis = sketch.diagnosis
        #expect(diagnosis.whole.verdict == .waiting(.network))
        #expect(diagnosis.phases.count == 1)
        #expect(diagnosis.whole.seen == "9 waits in a row, 76 ms each")
        #expect(diagnosis.whole.remedy.action == "start these 9 together")
        // 9 times 2 ms of computing and the last wait.
        #expect(abs(diagnosis.after - 0.094) < 0.005)
    }

    @Test(arguments: [WaitKind.disk, .timer, .terminal, .pipe, .child])
    func `a wait is called by its kind`(kind: WaitKind) {
        var sketch = Sketch()
        sketch.thread([.runs(1), .waits(WaitReason(kind), 20)].times(10))
        #expect(sketch.diagnosis.whole.verdict == .waiting(kind))
    }

    @Test func `a parent that waits for a child does what the child does`() {
        var sketch = Sketch()
        sketch.thread([.runs(1), .waits(WaitReason(.child), 400)])
        sketch.thread(process: 200, [.absent(1)] + [.runs(1), .waits(Self.network, 39)].times(10))
        #expect(sketch.diagnosis.whole.verdict == .waiting(.network))
    }

    @Test func `a thread that computes keeps one core of two busy`() {
        var sketch = Sketch()
        sketch.thread([.runs(300)])
        let diagnosis = sketch.diagnosis
        #expect(diagnosis.whole.verdict == .oneCore)
        #expect(diagnosis.whole.prediction.isBound)
        #expect(abs(diagnosis.after - 0.15) < 0.001)
        #expect(abs(diagnosis.whole.prediction.after(serialShare: 0.3) - 0.195) < 0.001)
    }

    @Test func `a thread that computes on a machine of one core uses it well`() {
        var sketch = Sketch(cores: 1)
        sketch.thread([.runs(300)])
        #expect(sketch.diagnosis.whole.verdict == .wellUsed)
    }

    @Test func `two threads that compute use two cores well, and gain nothing`() {
        var sketch = Sketch()
        sketch.thread([.runs(300)])
        sketch.thread([.runs(300)])
        let diagnosis = sketch.diagnosis
        #expect(diagnosis.whole.verdict == .wellUsed)
        #expect(diagnosis.gain == 1)
    }

    @Test func `threads that take turns are bound by the lock`() {
        let lock = WaitReason(.lock, object: 0x1000)
        var sketch = Sketch()
        sketch.thread(named: "python3", [.runs(5), .waits(lock, 5)].times(40))
        sketch.thread(named: "python3", [.waits(lock, 5), .runs(5)].times(40))
        let diagnosis = sketch.diagnosis
        #expect(diagnosis.whole.verdict == .lockBound)
        #expect(diagnosis.whole.seen == "2 threads took 80 turns at Python's GIL, 1 core busy")
        #expect(abs(diagnosis.after - 0.2) < 0.01)
    }

    @Test func `a hand-off too short to be asked about is what its neighbours are`() {
        let lock = WaitReason(.lock, object: 0x1000)
        var sketch = Sketch()
        sketch.thread([.runs(5), .waits(lock, 5)] + [.runs(5), .waits(nil, 5)].times(39))
        sketch.thread([.waits(lock, 5), .runs(5)] + [.waits(nil, 5), .runs(5)].times(39))
        #expect(sketch.diagnosis.whole.verdict == .lockBound)
    }

    @Test func `a thread that waits for work holds nobody up`() {
        let lock = WaitReason(.lock, object: 0x1000)
        var sketch = Sketch()
        sketch.thread([.runs(400)])
        sketch.thread([.runs(1), .waits(lock, 399)])
        #expect(sketch.diagnosis.whole.verdict == .oneCore)
    }

    @Test func `many threads that compute are too many`() {
        var sketch = Sketch()
        for turn in 0..<8 {
            sketch.thread(
                [.ready(Double(turn / 2) * 10)]
                    + [.runs(10), .ready(30)].times(10))
        }
        let diagnosis = sketch.diagnosis
        #expect(diagnosis.whole.verdict == .overSubscribed)
        #expect(diagnosis.whole.remedy.action == "a pool of 2")
        #expect(diagnosis.gain == 1)
    }

    @Test func `many waits at once are promised nothing`() {
        var sketch = Sketch()
        for _ in 0..<10 { sketch.thread([.runs(0.2), .waits(Self.network, 50)].times(6)) }
        let diagnosis = sketch.diagnosis
        #expect(diagnosis.whole.verdict == .overlapped(.network))
        #expect(diagnosis.gain == 1)
    }

    @Test func `the sockets of an event loop count as waits`() {
        var sketch = Sketch()
        sketch.thread([.runs(1), .waits(WaitReason(.network, .read, flights: 20), 9)].times(30))
        #expect(sketch.diagnosis.whole.verdict == .overlapped(.network))
    }

    @Test func `waiting and computing by turns is both`() {
        var sketch = Sketch()
        sketch.thread([.runs(5), .waits(Self.network, 5)].times(50))
        let diagnosis = sketch.diagnosis
        #expect(diagnosis.whole.verdict == .mixed(.network))
        #expect(diagnosis.phases.count == 1)
        // The computing and the last wait remain.
        #expect(abs(diagnosis.after - 0.255) < 0.005)
    }

    @Test func `a worker that is left alone has too large a share`() {
        var sketch = Sketch()
        sketch.thread([.runs(150)])
        sketch.thread([.runs(400)])
        let diagnosis = sketch.diagnosis
        #expect(diagnosis.whole.verdict == .unbalanced)
    }

    @Test func `an equal worker that others held up is no imbalance`() {
        var sketch = Sketch()
        sketch.thread([.runs(200)])
        sketch.thread([.runs(60), .ready(140), .runs(140)])
        #expect(sketch.diagnosis.whole.verdict != .unbalanced)
    }

    @Test func `a serial part before the workers is no imbalance`() {
        var sketch = Sketch()
        sketch.thread([.runs(250), .waits(WaitReason(.lock, object: 1), 150)])
        sketch.thread([.absent(250), .runs(150)])
        sketch.thread([.absent(250), .runs(150)])
        #expect(sketch.diagnosis.whole.verdict == .partlyParallel)
    }

    @Test func `two of eight cores in use is partly parallel`() {
        var sketch = Sketch(cores: 8)
        sketch.thread([.runs(300)])
        sketch.thread([.runs(300)])
        #expect(sketch.diagnosis.whole.verdict == .partlyParallel)
    }

    @Test func `a program of a millisecond is not judged`() {
        var sketch = Sketch()
        sketch.thread([.runs(1)])
        #expect(sketch.diagnosis.whole.verdict == .unsure(.tooShort))
    }

    @Test func `a recording of nothing is not judged`() {
        #expect(Sketch().diagnosis.whole.verdict == .unsure(.tooShort))
        var sketch = Sketch()
        sketch.thread([])
        #expect(sketch.diagnosis.whole.verdict == .unsure(.tooShort))
    }

    @Test func `waits for nobody knows what leave the verdict open`() {
        var sketch = Sketch()
        sketch.thread([.runs(1), .waits(nil, 50)].times(10))
        #expect(sketch.diagnosis.whole.verdict == .unsure(.unknownWait))
    }

    @Test func `computing and waiting for nobody knows what leaves the verdict open`() {
        var sketch = Sketch()
        sketch.thread([.runs(20), .waits(nil, 20)].times(10))
        #expect(sketch.diagnosis.whole.verdict == .unsure(.unknownWait))
    }

    @Test(arguments: [WaitKind.timer, .loopTimer])
    func `a watchdog beside waits for the network is no wait of the program`(kind: WaitKind) {
        var sketch = Sketch()
        for _ in 0..<2 { sketch.thread([.runs(1), .waits(Self.network, 50)].times(20)) }
        sketch.thread([.runs(0.01), .waits(WaitReason(kind), 250)].times(4))
        let whole = sketch.diagnosis.whole
        #expect(whole.verdict == .waiting(.network))
        #expect(whole.seen == "40 waits, 2 at once, 50 ms each")
    }

    @Test func `who computes little and pauses is waited for if nothing else is`() {
        var sketch = Sketch()
        sketch.thread([.runs(60), .waits(WaitReason(.lock, object: 7), 1000)])
        sketch.thread([.absent(60)] + [.runs(0.01), .waits(WaitReason(.timer), 100)].times(10))
        #expect(sketch.diagnosis.whole.verdict == .waiting(.timer))
    }

    @Test func `few looks by sampling leave the verdict open`() {
        var sketch = Sketch(source: .sampling)
        sketch.thread([.runs(300)])
        var recording = sketch.recorded
        recording.looks = 5
        #expect(Diagnosis(recording).whole.verdict == .unsure(.fewLooks))
    }

    @Test func `what other programs take is not the program's time`() {
        var sketch = Sketch()
        sketch.thread([.runs(10), .ready(10)].times(20))
        let slice = sketch.diagnosis.whole.slice
        #expect(abs(slice.quiet - 0.2) < 0.001)
        #expect(abs(slice.outsideLoad - 0.5) < 0.01)
        #expect(sketch.diagnosis.whole.verdict == .oneCore)
    }

    @Test func `a late wake-up is a wait for a core`() {
        var sketch = Sketch()
        sketch.thread(wakeDelay: 5, [.runs(5), .waits(Self.network, 10)].times(20))
        let slice = sketch.diagnosis.whole.slice
        #expect(slice.outsideLoad > 0.3)
        #expect(abs(slice.demand[0] - 0.1) < 0.01)
    }
}

import Testing

@testable import TuttiDiagnosis

/// When a wait for a lock holds a program up.
@Suite struct LockTests {
    private static let condition = WaitReason(.lock, object: 0x1000)

    @Test func `the helpers of one thread that computes hold nobody up`() {
        var sketch = Sketch()
        sketch.thread([.runs(45), .waits(Self.condition, 5)].times(8))
        sketch.thread([.waits(Self.condition, 45), .runs(5)].times(8))
        #expect(sketch.diagnosis.whole.verdict == .oneCore)
    }

    @Test func `processes of one thread each that take turns are bound by the lock`() {
        var sketch = Sketch()
        sketch.thread(process: 1, [.runs(5), .waits(Self.condition, 5)].times(40))
        sketch.thread(process: 2, [.waits(Self.condition, 5), .runs(5)].times(40))
        #expect(sketch.diagnosis.whole.verdict == .lockBound)
    }

    @Test func `a thread that is woken for nothing has not ended its wait`() {
        let rests: [Sketch.Step] = [.waits(Self.condition, 13.5), .runs(0.005)].times(30)
        var sketch = Sketch()
        sketch.thread([.runs(400)] + rests)
        sketch.thread(rests + [.runs(400)])
        #expect(sketch.diagnosis.whole.verdict == .oneCore)
    }

    @Test func `a lock that is one for certain holds a thread for as long as it takes`() {
        let lock = WaitReason(.lock, .take, object: 0x1000)
        var sketch = Sketch()
        sketch.thread([.runs(200), .waits(lock, 200)].times(2))
        sketch.thread([.waits(lock, 200), .runs(200)].times(2))
        #expect(sketch.diagnosis.whole.verdict == .lockBound)
    }

    /// Two threads of a pool get a job each time that the network answers, and rest in between.
    @Test func `threads of a pool that rest wait for work, not for a lock`() {
        let network = WaitReason(.network, .read, object: 3)
        var sketch = Sketch()
        sketch.thread(process: 1, [.waits(network, 20), .runs(12)].times(40))
        sketch.thread(process: 1, [.waits(Self.condition, 30), .runs(2)].times(40))
        sketch.thread(process: 1, [.waits(Self.condition, 30.5), .runs(1.5)].times(40))
        let diagnosis = sketch.diagnosis
        #expect(diagnosis.whole.slice.lockedShare == 0)
        #expect(diagnosis.whole.slice.locks.isEmpty)
        #expect(diagnosis.whole.verdict == .mixed(.network))
    }

    @Test func `one loop that feeds a pool computes beside it, and holds no lock`() {
        let rest = WaitReason(.lock, object: 0x2000)
        var sketch = Sketch()
        // Half the computing is the loop's, then one of the two others has its share.
        sketch.thread(process: 1, [.runs(10), .waits(WaitReason(.idle), 10)].times(30))
        sketch.thread(process: 1, [.waits(rest, 10), .runs(10), .waits(rest, 20)].times(15))
        sketch.thread(process: 1, [.waits(Self.condition, 30), .runs(10)].times(15))
        #expect(sketch.diagnosis.whole.verdict == .oneCore)
    }

    @Test func `a lock is handed on more slowly beside other programs, and stays one`() {
        var sketch = Sketch()
        sketch.thread(wakeDelay: 3, [.runs(10), .waits(Self.condition, 17)].times(20))
        sketch.thread(
            wakeDelay: 3, [.absent(13.5)] + [.runs(10), .waits(Self.condition, 17)].times(20))
        #expect(sketch.diagnosis.whole.verdict == .lockBound)
    }
}

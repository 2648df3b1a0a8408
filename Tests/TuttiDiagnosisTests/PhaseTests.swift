import Testing

@testable import TuttiDiagnosis

@Suite struct PhaseTests {
    private static let network = WaitReason(.network, .read, object: 3)

    @Test func `five things one after the other are five phases`() {
        let lock = WaitReason(.lock, object: 0x10)
        var sketch = Sketch()
        sketch.thread(
            [.runs(3), .waits(Self.network, 76)].times(9)  // 711 ms
                + [.runs(312)]  // to 1023
                + [.runs(5), .waits(lock, 5)].times(30)  // to 1323
                + [.runs(230)]  // to 1553
                + [.waits(WaitReason(.disk, .flush), 2.5), .runs(0.5)].times(100))
        sketch.thread([.absent(1023)] + [.waits(lock, 5), .runs(5)].times(30) + [.runs(230)])
        let verdicts = sketch.diagnosis.phases.map(\.verdict)
        #expect(
            verdicts == [
                .waiting(.network), .oneCore, .lockBound, .wellUsed, .waiting(.disk),
            ])
        #expect(sketch.diagnosis.rows.count == 5)
    }

    @Test func `phases cover the whole time, and their sums are the whole`() {
        var sketch = Sketch()
        sketch.thread([.runs(100), .waits(Self.network, 100)].times(5))
        let diagnosis = sketch.diagnosis
        var end = 0.0
        for phase in diagnosis.phases {
            #expect(abs(phase.slice.start - end) < 1e-9)
            end = phase.slice.end
        }
        #expect(abs(end - 1) < 1e-9)
        let quiet = diagnosis.phases.reduce(0) { $0 + $1.slice.quiet }
        #expect(abs(quiet - diagnosis.whole.slice.quiet) < 1e-9)
    }

    @Test func `a program of a thousand turns has few phases`() {
        var sketch = Sketch()
        var steps: [Sketch.Step] = []
        for turn in 1...1000 {
            steps.append(.runs(Double(turn * 7 % 13) + 1))
            steps.append(.waits(Self.network, Double(turn * 5 % 11) + 1))
        }
        sketch.thread(steps)
        #expect(sketch.diagnosis.phases.count <= Phases.most)
    }

    @Test(arguments: [0, 1, 2, 3])
    func `slices are as many as their time allows`(milliseconds: Int) {
        var sketch = Sketch()
        sketch.thread([.runs(Double(milliseconds))])
        let slices = Sweep.slices(of: sketch.recorded)
        #expect(slices.count == milliseconds * 2)
        #expect(slices.reduce(0) { $0 + $1.cpu } == Double(milliseconds) / 1000)
    }

    @Test func `each slice's activities add up to its quiet time`() {
        var sketch = Sketch()
        sketch.thread([.runs(7), .ready(3), .waits(Self.network, 11)].times(20))
        sketch.thread([.waits(Self.network, 5), .runs(9)].times(25))
        for slice in Sweep.slices(of: sketch.recorded) {
            #expect(abs(slice.activity.values.reduce(0, +) - slice.quiet) < 1e-9)
            #expect(abs(slice.demand.reduce(0, +) - slice.quiet) < 1e-9)
            #expect(slice.quiet <= slice.wall + 1e-9)
        }
    }
}

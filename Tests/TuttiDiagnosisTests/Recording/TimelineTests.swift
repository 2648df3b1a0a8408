import Testing

@testable import TuttiDiagnosis

@Suite struct TimelineTests {
    private static func started(_ threads: Int32...) -> Timeline {
        var timeline = Timeline()
        for thread in threads {
            timeline.take(.starts(process: 1, thread: thread, parent: 0, name: "a"), at: 0)
        }
        return timeline
    }

    @Test func `changes become intervals`() {
        var timeline = Self.started(1)
        timeline.take(.does(thread: 1, .running), at: 10)
        timeline.take(.does(thread: 1, .asleep), at: 30)
        timeline.take(.waits(thread: 1, WaitReason(.disk)), at: 35)
        timeline.take(.does(thread: 1, .running), at: 60)
        timeline.finish(at: 100)
        #expect(
            timeline.threads[0].intervals == [
                Interval(.ready, from: 0, to: 10), Interval(.running, from: 10, to: 30),
                Interval(.asleep, from: 30, to: 60, reason: 0),
                Interval(.running, from: 60, to: 100),
            ])
        #expect(timeline.reasons == [WaitReason(.disk)])
        #expect(timeline.threads[0].died == 100)
    }

    @Test func `a number that is used again is another thread`() {
        var timeline = Self.started(1)
        timeline.take(.ends(thread: 1), at: 10)
        timeline.take(.starts(process: 1, thread: 1, parent: 0, name: "b"), at: 20)
        timeline.take(.starts(process: 1, thread: 1, parent: 0, name: "c"), at: 30)
        timeline.finish(at: 40)
        #expect(timeline.threads.map(\.name) == ["a", "b", "c"])
        #expect(timeline.threads.map(\.born) == [0, 20, 30])
        #expect(timeline.threads.map(\.died) == [10, 30, 40])
    }

    @Test func `events about threads that nobody knows change nothing`() {
        var timeline = Timeline()
        timeline.take(.ends(thread: 7), at: 1)
        timeline.take(.does(thread: 7, .running), at: 2)
        timeline.take(.waits(thread: 7, WaitReason(.disk)), at: 3)
        timeline.take(.isCalled(thread: 7, name: "x"), at: 4)
        timeline.take(.hasWanted(thread: 7, nanoseconds: 5), at: 5)
        timeline.finish(at: 6)
        #expect(timeline.threads.isEmpty)
        #expect(timeline.reasons.isEmpty)
    }

    @Test(
        arguments: [
            (100_000_000, .loopTimer), (96_000_000, .loopTimer), (50_000_000, .pipe),
            (nil, .pipe),
        ] as [(UInt64?, WaitKind)])
    func `a wait for a time is one only if it lasts until then`(wakes: UInt64?, kind: WaitKind) {
        for end in [
            SleepReason.End.Time.afterStart(100_000_000), .afterNow(97_000_000),
        ] {
            var timeline = Self.started(1)
            timeline.take(.does(thread: 1, .asleep), at: 0)
            timeline.take(
                .waits(
                    thread: 1, WaitReason(.loopTimer),
                    end: .init(time: end, otherwise: WaitReason(.pipe))), at: 3_000_000)
            if let wakes { timeline.take(.does(thread: 1, .running), at: wakes) }
            // Nor is one that still goes on when all is over.
            timeline.finish(at: wakes.map { $0 + 1 } ?? 80_000_000)
            let sleep = timeline.threads[0].intervals[0]
            #expect(sleep.state == .asleep)
            #expect(timeline.reasons[Int(sleep.reason)].kind == kind)
        }
    }

    @Test func `a reason that comes too late is nobody's`() {
        var timeline = Self.started(1)
        timeline.take(.does(thread: 1, .running), at: 10)
        timeline.take(.waits(thread: 1, WaitReason(.disk)), at: 12)
        timeline.finish(at: 20)
        #expect(timeline.threads[0].intervals.allSatisfy { $0.reason == -1 })
    }

    @Test func `time that runs backwards makes no interval`() {
        var timeline = Self.started(1)
        timeline.take(.does(thread: 1, .running), at: 50)
        timeline.take(.does(thread: 1, .asleep), at: 40)
        timeline.take(.does(thread: 1, .running), at: 60)
        timeline.finish(at: 55)
        for (before, after) in zip(
            timeline.threads[0].intervals, timeline.threads[0].intervals.dropFirst())
        {
            #expect(before.end <= after.start)
        }
        #expect(timeline.threads[0].intervals.allSatisfy { $0.start < $0.end })
    }

    @Test func `what was wanted and not seen lies at the ends of sleeps`() {
        var timeline = Self.started(1)
        for turn: UInt64 in 0..<4 {
            timeline.take(.does(thread: 1, .running), at: turn * 100 + 20)
            timeline.take(.does(thread: 1, .asleep), at: turn * 100 + 50)
        }
        timeline.take(.hasWanted(thread: 1, nanoseconds: 60), at: 400)
        // 20 were seen before the first turn; 40 lie in four sleeps.
        #expect(timeline.threads[0].wakeDelay == 10)
    }

    @Test func `a process takes the name of its parent until it has its own`() {
        var timeline = Self.started(1)
        timeline.take(.starts(process: 5, thread: 5, parent: 1, name: ""), at: 3)
        #expect(timeline.threads[1].name == "a")
        timeline.take(.isCalled(thread: 5, name: "sh"), at: 4)
        #expect(timeline.threads[1].name == "sh")
    }

    @Test func `folding keeps the sums and forgets the intervals`() {
        var timeline = Self.started(1, 2)
        let turns: UInt64 = 2000
        for turn in 0..<turns {
            let start = turn * 1_000_000
            timeline.take(.does(thread: 1, .running), at: start)
            timeline.take(.does(thread: 2, .running), at: start)
            timeline.take(.does(thread: 1, .asleep), at: start + 400_000)
            timeline.take(.waits(thread: 1, WaitReason(.network)), at: start + 500_000)
            timeline.take(.does(thread: 2, .ready), at: start + 700_000)
        }
        let end = turns * 1_000_000
        func recording(_ timeline: Timeline, _ folded: [Slice]) -> Recording {
            var timeline = timeline
            timeline.finish(at: end)
            var recording = Recording(
                command: [], processors: 2, source: .switches, duration: end,
                threads: timeline.threads, reasons: timeline.reasons)
            recording.folded = folded
            return recording
        }
        let whole = Diagnosis(recording(timeline, []))
        var folding = Folding()
        var folded = timeline
        folding.fold(&folded, processors: 2, now: end / 2, mostIntervals: 100)
        folding.fold(&folded, processors: 2, now: end, mostIntervals: 100)
        #expect(folded.intervalCount < timeline.intervalCount / 2)
        let short = Diagnosis(recording(folded, folding.slices))
        #expect(short.whole.verdict == whole.whole.verdict)
        #expect(abs(short.whole.slice.quiet - whole.whole.slice.quiet) < 1e-6)
        #expect(abs(short.whole.slice.cpu - whole.whole.slice.cpu) < 1e-6)
        for (one, other) in zip(short.whole.slice.demand, whole.whole.slice.demand) {
            #expect(abs(one - other) < 1e-6)
        }
    }
}

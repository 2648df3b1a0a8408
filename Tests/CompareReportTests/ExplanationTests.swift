import CompareReport
import Testing

@Suite struct ExplanationTests {
    private func explain(_ runs: RunResult..., jobs: Int = 100) -> Explanation {
        Explanation(of: WorkloadResult(name: "any", jobs: jobs, runs: runs), cores: 2)
    }

    @Test func `waiting is told by an idle processor and won by overlapping`() {
        let explanation = Explanation(of: Samples.urls, cores: 2)
        #expect(explanation.nature == .waiting)
        #expect(explanation.winners.map(\.executor) == ["event-loop", "loop+cores"])
        #expect(
            explanation.answer
                == "The event loop: 112 times faster than one job after another, because this "
                + "work waits.")
        #expect(
            explanation.sentences == [
                "In order, the processor was busy 1 % of 10.1 s: this work waits.",
                "The event loop and the loop with cores tie within 5 %: the event loop had all "
                    + "200 jobs in flight on one thread and finished in 0.09 s, 112 times faster.",
                "The cores had only 2 in flight and took 5.1 s: more cores do not shorten a wait.",
            ])
    }

    @Test func `computing is told by a busy processor and won by dividing`() {
        let explanation = Explanation(of: Samples.frames, cores: 2)
        #expect(explanation.nature == .computing)
        #expect(
            explanation.sentences == [
                "In order, the processor was busy 100 % of 3.01 s: this work computes.",
                "The cores, the loop with cores and the threads tie within 5 %: the cores kept "
                    + "1.97 of 2 cores busy and finished in 1.54 s, 1.95 times faster.",
                "The event loop runs on one core and took 3.02 s: there were no waits to overlap.",
            ])
    }

    @Test func `mixed work needs both`() {
        let explanation = Explanation(of: Samples.mixed, cores: 2)
        #expect(explanation.nature == .mixed)
        #expect(
            explanation.sentences.last
                == "The event loop only overlaps the waits (2.1 s), the cores only divide the "
                + "computing (3.5 s): this work needs both.")
        #expect(
            explanation.text.contains(
                "had all 100 jobs in flight, kept 1.92 of 2 cores busy and finished in 1.07 s"))
    }

    @Test func `a clear winner stands alone`() {
        let explanation = explain(
            Samples.run("in-order", wall: 10, cpu: 0.1, speedup: 1),
            Samples.run("threads", wall: 0.5, cpu: 0.1, speedup: 20, inFlight: 20))
        #expect(explanation.winners.map(\.executor) == ["threads"])
        #expect(
            explanation.sentences == [
                "In order, the processor was busy 1 % of 10 s: this work waits.",
                "The threads had up to 20 in flight and finished in 0.5 s, 20 times faster.",
            ])
    }

    @Test func `one run has nothing to compare with`() {
        let explanation = explain(Samples.run("cores", wall: 1.5, cpu: 2.88, inFlight: 2))
        #expect(explanation.answer == "Only the cores ran: nothing to compare with.")
        #expect(
            explanation.sentences == [
                "A job in flight had a processor 99 % of its time: this work computes.",
                "Only the cores ran, and took 1.5 s: there is nothing to compare it with.",
            ])
    }

    @Test func `without in-order there is a winner but no gain`() {
        let explanation = explain(
            Samples.run("event-loop", wall: 0.1, cpu: 0.02, inFlight: 100),
            Samples.run("cores", wall: 5, cpu: 0.1, inFlight: 2))
        #expect(explanation.answer == "The event loop finished first, because this work waits.")
        #expect(
            explanation.sentences[1]
                == "The event loop had all 100 jobs in flight on one thread and finished in 0.1 s.")
        #expect(explanation.sentences[0].hasPrefix("A job in flight had a processor 1 %"))
    }

    @Test func `everything equal makes no difference`() {
        let explanation = explain(
            Samples.run("in-order", wall: 1, cpu: 1, speedup: 1),
            Samples.run("event-loop", wall: 1.04, cpu: 1, speedup: 0.96))
        #expect(explanation.answer == "It makes no difference how this work is run.")
        #expect(explanation.sentences[1].hasPrefix("All 2 took the same time within 5 %"))
        #expect(explanation.sentences.count == 2)
    }

    @Test func `in order may win`() {
        let explanation = explain(
            Samples.run("in-order", wall: 1, cpu: 1, speedup: 1),
            Samples.run("processes", wall: 2, cpu: 3, speedup: 0.5))
        #expect(explanation.answer == "One job after another is fastest here.")
        #expect(
            explanation.sentences[1]
                == "One job after another was fastest, at 1 s: running several at once cost more "
                + "than it saved.")
    }

    @Test func `in order may tie with some`() {
        let explanation = explain(
            Samples.run("event-loop", wall: 1, cpu: 1, speedup: 1.02),
            Samples.run("in-order", wall: 1.02, cpu: 1, speedup: 1),
            Samples.run("processes", wall: 2, cpu: 3, speedup: 0.5))
        #expect(
            explanation.sentences[1]
                == "One job after another ties with the event loop at 1.02 s, within 5 %: running "
                + "several at once saved nothing.")
    }

    @Test func `5 percent is a tie and 6 percent is not`() {
        let base = Samples.run("in-order", wall: 10, cpu: 0.1)
        let loop = Samples.run("event-loop", wall: 1, cpu: 0.1, inFlight: 100)
        let near = Samples.run("threads", wall: 1.05, cpu: 0.1, inFlight: 100)
        let far = Samples.run("threads", wall: 1.06, cpu: 0.1, inFlight: 100)
        #expect(explain(base, loop, near).winners.count == 2)
        #expect(explain(base, loop, far).winners.count == 1)
    }

    @Test func `different results are told`() {
        let explanation = explain(
            Samples.run("in-order", wall: 2, cpu: 2, digest: "a"),
            Samples.run("cores", wall: 1, cpu: 2, digest: "b"))
        #expect(explanation.sentences.last?.hasPrefix("Beware: the results differ") == true)
    }

    @Test func `nothing run and impossible durations are no race`() {
        #expect(explain().answer == "Nothing was run.")
        let odd = explain(
            Samples.run("in-order", wall: 0, cpu: 0), Samples.run("cores", wall: .nan, cpu: 1),
            Samples.run("threads", wall: .infinity, cpu: 1))
        #expect(odd.answer == "Nothing was run.")
        #expect(odd.winners.isEmpty)
        let unknown = explain(Samples.run("cores", wall: 1, cpu: .nan))
        #expect(unknown.nature == nil)
        #expect(unknown.sentences.count == 1)
    }
}

import Testing

@testable import TuttiNIO

@Suite struct RunQueueTests {
    @Test func `the first job arms the loop and the others do not`() {
        var queue = RunQueue<Int>()
        let wake1 = queue.append(1)
        #expect(wake1 == .task)
        let wake2 = queue.append(2)
        #expect(wake2 == .none)
        let wake3 = queue.mailCame()
        #expect(wake3 == .none)
        let wake4 = queue.timerRang()
        #expect(wake4 == .none)
    }

    @Test func `jobs come out in order`() {
        var queue = RunQueue<Int>()
        for job in 0..<1000 { _ = queue.append(job) }
        var taken: [Int] = []
        while let job = queue.popFirst() { taken.append(job) }
        #expect(taken == Array(0..<1000))
    }

    @Test(arguments: [0, 1, 2, 255, 256, 257, 1000])
    func `a slice ends after 256 jobs and the rest waits for the selector`(count: Int) {
        var queue = RunQueue<Int>()
        for job in 0..<count { _ = queue.append(job) }
        var taken = 0
        while queue.next() != nil { taken += 1 }
        #expect(taken == min(count, 256))
        let then5 = queue.turnEnded(after: 0, isMoreDue: false)
        #expect(then5 == (count > 256 ? .selector : .none))
        queue.selectorPassed()
        let more = queue.next()
        #expect((more != nil) == (count > 256))
    }

    @Test func `a slice that has lasted too long ends`() {
        var queue = RunQueue<Int>()
        for job in 0..<10 { _ = queue.append(job) }
        _ = queue.next()
        queue.look(sinceTurnBegan: RunQueue<Int>.sliceNanoseconds - 1)
        let job6 = queue.next()
        #expect(job6 != nil)
        queue.look(sinceTurnBegan: RunQueue<Int>.sliceNanoseconds)
        let job7 = queue.next()
        #expect(job7 == nil)
        let then8 = queue.turnEnded(after: 0, isMoreDue: false)
        #expect(then8 == .selector)
    }

    @Test func `short turns add up until the selector has its turn`() {
        var queue = RunQueue<Int>()
        for round in 0..<256 {
            let wake9 = queue.append(round)
            #expect(wake9 == .task)
            let job10 = queue.next()
            #expect(job10 == round)
            let then11 = queue.turnEnded(after: 1, isMoreDue: false)
            #expect(then11 == .none)
        }
        let wake12 = queue.append(256)
        #expect(wake12 == .selector)
        let job13 = queue.next()
        #expect(job13 == nil)
        queue.selectorPassed()
        let job14 = queue.next()
        #expect(job14 == 256)
    }

    @Test func `one long job is followed by a look at the sockets`() {
        var queue = RunQueue<Int>()
        _ = queue.append(1)
        _ = queue.next()
        let then15 = queue.turnEnded(after: 1_000_000, isMoreDue: false)
        #expect(then15 == .none)
        let wake16 = queue.append(2)
        #expect(wake16 == .selector)
    }

    @Test func `timers that are still due go through the selector`() {
        var queue = RunQueue<Int>()
        let wake17 = queue.timerRang()
        #expect(wake17 == .task)
        let then18 = queue.turnEnded(after: 0, isMoreDue: true)
        #expect(then18 == .selector)
    }

    @Test func `mail that comes during a turn is not forgotten`() {
        var queue = RunQueue<Int>()
        let wake19 = queue.mailCame()
        #expect(wake19 == .task)
        let mail20 = queue.takesMail()
        #expect(mail20)
        let mail21 = queue.takesMail()
        #expect(!mail21)
        let wake22 = queue.mailCame()
        #expect(wake22 == .none)
        let then23 = queue.turnEnded(after: 0, isMoreDue: false)
        #expect(then23 == .task)
        let mail24 = queue.takesMail()
        #expect(mail24)
    }
}

import Testing

@testable import Tutti

@Suite struct LedgerTests {
    private func ledger(of count: Int) throws -> Ledger {
        let ledger = try Ledger()
        ledger.open(count)
        return ledger
    }

    /// Writes an answer as a worker does.
    private func write(_ frame: Frame, to ledger: Ledger, at place: inout Int) {
        for byte in frame.bytes {
            ledger.memory[place] = byte
            place += 1
        }
        ledger.publish()
    }

    @Test func `as many jobs can be claimed as were sent`() throws {
        let ledger = try ledger(of: 3)
        #expect((0..<5).map { _ in ledger.claim() } == [true, true, true, false, false])
        #expect(ledger.begun == 3)
        #expect(ledger.total == 3)
    }

    @Test func `what is recalled cannot be claimed, and what is claimed not recalled`() throws {
        let ledger = try ledger(of: 3)
        #expect(ledger.claim())
        #expect(ledger.recall() == 1)
        #expect(!ledger.claim())
        #expect(ledger.recall() == 1)
        #expect(ledger.total == 3)
    }

    @Test func `of a claim and a recall at once one wins, and both know`() async throws {
        for _ in 0..<2000 {
            let ledger = try ledger(of: 2)
            async let claimed = Task.detached { (0..<2).filter { _ in ledger.claim() }.count }.value
            async let begun = Task.detached { ledger.recall() }.value
            #expect(await claimed == begun)
        }
    }

    @Test func `answers are taken in order, as they come`() throws {
        let ledger = try ledger(of: 3)
        var reader = Answers.Reader(ledger)
        var place = Ledger.firstAnswer
        #expect(reader.take(most: 3)?.count == 0)
        write(try JobMessage.value("a"), to: ledger, at: &place)
        write(try JobMessage.value("b"), to: ledger, at: &place)
        let firstTaken = reader.take(most: 3)
        var first = try #require(firstTaken)
        var own = first.removeFirst(1)
        #expect(try JobMessage.output(String.self, from: own.removeFirst()) == "a")
        #expect(try JobMessage.output(String.self, from: first.removeFirst()) == "b")
        #expect(first.count == 0)
        write(try JobMessage.value("c"), to: ledger, at: &place)
        let lastTaken = reader.take(most: 1)
        var last = try #require(lastTaken)
        #expect(try JobMessage.output(String.self, from: last.removeFirst()) == "c")
    }

    @Test func `an answer that came over the wire has its place in the order`() throws {
        let ledger = try ledger(of: 3)
        var reader = Answers.Reader(ledger)
        var place = Ledger.firstAnswer
        reader.put(aside: try JobMessage.value("large"))
        reader.put(aside: try JobMessage.value("of a job whose worker died before the note"))
        write(try JobMessage.value("a"), to: ledger, at: &place)
        write(try Frame(.aside) { _ in }, to: ledger, at: &place)
        let taken = reader.take(most: 3)
        var answers = try #require(taken)
        #expect(try JobMessage.output(String.self, from: answers.removeFirst()) == "a")
        #expect(try JobMessage.output(String.self, from: answers.removeFirst()) == "large")
    }

    @Test func `memory in which a job ran wild gives no answers`() throws {
        let wild: [[UInt8]] = [
            [255, 255, 255, 255, 3, 0, 0, 0],  // A length beyond the memory.
            [0, 0, 0, 0, 2, 0, 0, 0],  // A job instead of an answer.
            [0, 0, 0, 0, 99, 0, 0, 0],  // No kind at all.
            [0, 0, 0, 0, 8, 0, 0, 0],  // A note of an answer that never came.
        ]
        for bytes in wild {
            let ledger = try ledger(of: 2)
            for (offset, byte) in bytes.enumerated() {
                ledger.memory[Ledger.firstAnswer + offset] = byte
            }
            ledger.publish()
            var reader = Answers.Reader(ledger)
            #expect(reader.take(most: 2) == nil)
        }
    }

    @Test func `more answers than jobs are none`() throws {
        let ledger = try ledger(of: 1)
        var place = Ledger.firstAnswer
        write(try JobMessage.value(1), to: ledger, at: &place)
        write(try JobMessage.value(2), to: ledger, at: &place)
        var reader = Answers.Reader(ledger)
        #expect(reader.take(most: 1) == nil)
        ledger.memory.storeBytes(of: .max, toByteOffset: 64, as: UInt64.self)
        #expect(reader.take(most: 1) == nil)
    }

    @Test func `a full ledger is read to its end`() throws {
        let ledger = try ledger(of: 1)
        var place = Ledger.firstAnswer
        let room = Ledger.size - place - Frame.headerSize
        write(
            try Frame(.value) { $0 += [UInt8](repeating: 7, count: room) }, to: ledger, at: &place)
        #expect(place == Ledger.size)
        var reader = Answers.Reader(ledger)
        #expect(reader.take(most: 1)?.count == 1)
        #expect(reader.take(most: 1)?.count == 0)
    }
}

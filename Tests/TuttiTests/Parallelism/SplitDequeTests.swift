import Testing

@testable import Tutti

extension SplitDeque {
    /// Takes the newest item back, as a join does; false when a thief has it.
    fileprivate mutating func pop() -> Bool {
        popPrivate() || popPublic()
    }
}

/// A number from 1 as an item.
private func item(_ number: Int) -> SplitDeque.Item {
    guard let item = SplitDeque.Item(bitPattern: number) else { fatalError("0 is no item") }
    return item
}

@Suite(.timeLimit(.minutes(5))) struct SplitDequeTests {
    @Test func `smoke: what is pushed is popped, newest first, and thieves take the oldest`() {
        var deque = SplitDeque(eager: 2)
        #expect(deque.isEmpty == true)
        #expect(deque.thief.steal() == nil)
        #expect(deque.push(item(1)) == .published)
        #expect(deque.push(item(2)) == .published)
        #expect(deque.push(item(3)) == .kept)
        #expect(deque.thief.steal() == item(1))
        #expect(deque.pop() == true)
        #expect(deque.thief.steal() == item(2))
        #expect(deque.pop() == false)
        #expect(deque.thief.isEmpty)
        #expect(deque.isEmpty == true)
    }

    @Test func `an item that was kept can be published later`() {
        var deque = SplitDeque(eager: 1)
        #expect(deque.push(item(1)) == .published)
        #expect(deque.push(item(2)) == .kept)
        #expect(deque.thief.steal() == item(1))
        #expect(deque.thief.steal() == nil)
        #expect(deque.hidesItems == true)
        #expect(deque.publishAll() == true)
        #expect(deque.publishAll() == false)
        #expect(deque.hidesItems == false)
        #expect(deque.thief.steal() == item(2))
    }

    @Test(arguments: [0, 1, 4, SplitDeque.capacity])
    func `owner only: a full deque refuses, and gives all back`(eager: Int) {
        var deque = SplitDeque(eager: eager)
        for round in 0..<3 {
            for number in 1...SplitDeque.capacity {
                #expect(deque.push(item(number)) != .full)
            }
            #expect(deque.push(item(7)) == .full)
            for _ in 1...SplitDeque.capacity {
                #expect(deque.pop() == true)
            }
            #expect(deque.isEmpty == true, "round \(round)")
        }
    }

    @Test func `one thief: it gets what the owner published, in the order of the pushes`() {
        let count = 20_000
        var deque = SplitDeque(eager: SplitDeque.capacity)
        let thief = deque.thief
        let order = Locked<[Int]>([])
        withThreads(1) { _ in
            var stolen: [Int] = []
            while stolen.count < count {
                if let item = thief.steal() { stolen.append(Int(bitPattern: item)) }
            }
            let all = stolen
            order.withLock { $0 = all }
        } meanwhile: {
            for number in 1...count {
                while deque.push(item(number)) == .full {}
            }
        }
        #expect(order.withLock { $0 } == Array(1...count))
    }

    @Test func `stampede: many thieves and the owner empty a full deque exactly once`() {
        for _ in 0..<20 {
            let count = SplitDeque.capacity
            var deque = SplitDeque(eager: count)
            let tally = Tally(count)
            for number in 1...count { _ = deque.push(item(number)) }
            let thief = deque.thief
            let leftOver = Counter(count)
            withThreads(4) { _ in
                while leftOver.value > 0 {
                    guard let item = thief.steal() else { continue }
                    tally.count(Int(bitPattern: item) - 1)
                    leftOver.add(-1)
                }
            } meanwhile: {
                // The owner knows what it pushed: its items are the newest.
                var newest = count
                while newest > 0, deque.pop() {
                    newest -= 1
                    tally.count(newest)
                    leftOver.add(-1)
                }
            }
            #expect(tally.eachIsOne)
        }
    }

    @Test func `stress: pushes, pops and steals in any order lose and double nothing`() {
        let count = 60_000
        var deque = SplitDeque(eager: 4)
        let tally = Tally(count)
        let thief = deque.thief
        let leftOver = Counter(count)
        withThreads(3) { _ in
            while leftOver.value > 0 {
                guard let item = thief.steal() else { continue }
                tally.count(Int(bitPattern: item) - 1)
                leftOver.add(-1)
            }
        } meanwhile: {
            var random = RandomVictims(seed: 42)
            var next = 0
            var stack: [Int] = []
            func pop() {
                guard let newest = stack.popLast() else { return }
                if deque.pop() {
                    tally.count(newest)
                    leftOver.add(-1)
                } else {
                    // All that is older went before it.
                    for _ in stack { _ = deque.pop() }
                    stack = []
                }
            }
            while next < count {
                for _ in 0..<random.next(below: 12) where next < count {
                    #expect(deque.push(item(next + 1)) != .full)
                    stack.append(next)
                    next += 1
                }
                for _ in 0..<random.next(below: 12) { pop() }
            }
            while !stack.isEmpty { pop() }
        }
        #expect(tally.eachIsOne)
        #expect(deque.isEmpty == true)
    }

    @Test func `no starvation: each thief gets something while the owner keeps pushing`() {
        var deque = SplitDeque(eager: 4)
        let thief = deque.thief
        let successes = Tally(4)
        let leftOver = Counter(4)
        withThreads(4) { number in
            while thief.steal() == nil {}
            successes.count(number)
            leftOver.add(-1)
        } meanwhile: {
            while leftOver.value > 0 { _ = deque.push(item(1)) }
        }
        #expect(successes.eachIsOne)
    }

    @Test func `destructors: objects behind the items are each released once`() {
        let count = 5_000
        let alive = Counter()
        do {
            var deque = SplitDeque(eager: 8)
            let thief = deque.thief
            let leftOver = Counter(count)
            withThreads(2) { _ in
                while leftOver.value > 0 {
                    guard let item = thief.steal() else { continue }
                    Unmanaged<Counted>.fromOpaque(item).release()
                    leftOver.add(-1)
                }
            } meanwhile: {
                for number in 0..<count {
                    let guest = Unmanaged.passRetained(Counted(number, alive))
                    while deque.push(guest.toOpaque()) == .full {}
                    if number % 3 == 0, deque.pop() {
                        guest.release()
                        leftOver.add(-1)
                    }
                    _ = deque.publishAll()
                }
            }
        }
        #expect(alive.value == 0)
    }
}

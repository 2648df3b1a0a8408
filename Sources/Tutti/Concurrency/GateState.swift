/// Who may pass a gate, without its tasks: a pure state machine.
struct GateState: Sendable {
    private(set) var limit: Int
    private(set) var inside = 0
    private var line = WaitingLine()

    init(limit: Int) {
        self.limit = limit
    }

    var waiting: Int { line.count }
    var isUnused: Bool { inside == 0 && line.isEmpty }

    /// Lets somebody pass at once; false when it has to stand in line.
    ///
    /// Nobody overtakes those in line.
    mutating func acquire() -> Bool {
        guard inside < limit, line.isEmpty else { return false }
        inside += 1
        return true
    }

    mutating func standInLine(_ place: WaitingLine.Place) {
        line.append(place)
    }

    /// One has left; returns who goes in instead.
    mutating func release() -> WaitingLine.Place? {
        inside -= 1
        return admit()
    }

    /// Takes somebody out of the line; false when it went in or was never there.
    mutating func giveUp(_ place: WaitingLine.Place) -> Bool {
        line.remove(place)
    }

    /// Changes the limit; returns who may go in now.
    mutating func setLimit(_ limit: Int) -> [WaitingLine.Place] {
        self.limit = limit
        var admitted: [WaitingLine.Place] = []
        while let place = admit() { admitted.append(place) }
        return admitted
    }

    private mutating func admit() -> WaitingLine.Place? {
        guard inside < limit, let place = line.popFirst() else { return nil }
        inside += 1
        return place
    }
}

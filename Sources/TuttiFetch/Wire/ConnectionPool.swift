internal import NIOCore

/// The idle connections of a run, by server; the last one used is used first.
///
/// No more are kept than the run may have in flight: then the one that is idle longest goes.
// Safety: used on the loop's thread alone.
final class ConnectionPool: @unchecked Sendable {
    /// Whether certificates are checked for the name.
    let checksNames: Bool

    private var idle: [[Connection]] = []
    private var idleOrder = CircularBuffer<(connection: Connection, stamp: UInt64)>()
    private var idleCount = 0
    private var stamp: UInt64 = 0
    private var open: [ObjectIdentifier: Connection] = [:]
    private let maximumIdle: Int

    init(maximumIdle: Int, checksNames: Bool) {
        self.maximumIdle = maximumIdle
        self.checksNames = checksNames
    }

    /// Takes an idle connection, if there is one.
    func take(_ pool: Int) -> Connection? {
        guard pool < idle.count else { return nil }
        while let connection = idle[pool].popLast() {
            idleCount -= 1
            if connection.isIdle { return connection }
        }
        return nil
    }

    /// A connection was made; it is busy at first.
    func add(_ connection: Connection) {
        open[ObjectIdentifier(connection)] = connection
    }

    /// A connection has nothing to do.
    func isIdle(_ connection: Connection) {
        while idle.count <= connection.pool { idle.append([]) }
        idle[connection.pool].append(connection)
        idleCount += 1
        stamp += 1
        connection.idleStamp = stamp
        idleOrder.append((connection, stamp))
        if idleOrder.count > 4 * maximumIdle + 64 {
            // Most entries are of connections that were used since, and stand further behind too.
            idleOrder = CircularBuffer(idleOrder.filter(Self.isCurrent))
        }
        while idleCount > maximumIdle, let oldest = idleOrder.popFirst() {
            if Self.isCurrent(oldest) { oldest.connection.close() }
        }
    }

    private static func isCurrent(_ entry: (connection: Connection, stamp: UInt64)) -> Bool {
        entry.stamp == entry.connection.idleStamp && entry.connection.isIdle
    }

    /// A connection is closed.
    func isGone(_ connection: Connection) {
        open[ObjectIdentifier(connection)] = nil
        guard connection.pool < idle.count,
            let place = idle[connection.pool].lastIndex(where: { $0 === connection })
        else { return }
        idle[connection.pool].remove(at: place)
        idleCount -= 1
    }

    /// Closes all.
    func closeAll() {
        for connection in open.values { connection.close() }
    }
}

/// What a thread that sleeps waits for.
public enum WaitKind: UInt8, CaseIterable, Sendable {
    /// Nobody asked, or the kernel did not say.
    case unknown
    /// A futex: a lock, or a condition that another thread will signal.
    case lock
    /// A socket of the network.
    case network
    /// A file, its flush, or a page of memory that comes from a file.
    case disk
    /// A point in time.
    case timer
    /// A pipe or a socket between processes of this machine.
    case pipe
    /// The end of a child.
    case child
    /// A person at a terminal.
    case terminal
    /// Nothing in particular: an event loop without work, a signal that may come.
    case idle
    /// The next point in time of an event loop, which may have any number of pauses under way.
    case loopTimer
}

/// What is done to the thing that is waited for.
public enum WaitAct: UInt8, CaseIterable, Sendable {
    /// Neither of the others, or not known.
    case other
    /// To get bytes, or to learn that there are some.
    case read
    /// To hand bytes over.
    case write
    /// To have written bytes made safe.
    case flush
    /// To have a lock that another thread holds.
    case take
}

/// Why a thread sleeps, as its system call tells.
public struct WaitReason: Hashable, Sendable {
    /// What it waits for.
    public var kind: WaitKind
    /// What it does to it.
    public var act: WaitAct
    /// Which one: the address of a lock, the number of a descriptor; 0 when there is none.
    public var object: UInt64
    /// How many waits are under way at once: the sockets of an event loop, else 1.
    public var flights: Int

    /// Waits for `kind`.
    public init(_ kind: WaitKind, _ act: WaitAct = .other, object: UInt64 = 0, flights: Int = 1) {
        self.kind = kind
        self.act = act
        self.object = object
        self.flights = flights
    }
}

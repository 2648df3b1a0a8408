internal import CTutti
internal import Glibc

/// Memory that this process shares with others, as it is mapped here.
///
/// The memory has no name and no owner: it lives as long as a process has it mapped, has its
/// descriptor, or a frame with the descriptor is on its way.
@usableFromInline
final class SharedSegment {
    /// Which memory it is; no other has the same as long as this process holds its descriptor.
    struct Identity: Hashable {
        let device: UInt64
        let inode: UInt64
    }

    @usableFromInline let base: UnsafeMutableRawPointer
    let size: Int
    let isWritable: Bool
    let identity: Identity
    let descriptor: SharedDescriptor

    private init(
        base: UnsafeMutableRawPointer, size: Int, isWritable: Bool, identity: Identity,
        descriptor: SharedDescriptor
    ) {
        self.base = base
        self.size = size
        self.isWritable = isWritable
        self.identity = identity
        self.descriptor = descriptor
    }

    deinit {
        tutti_shared_unmap(base, size)
        // What the table finds is let go after the lock: it may be the last use, and its end comes
        // here again.
        _ = Self.mapped.withLock { $0.forget(identity) }
    }

    // MARK: The segments of this process

    /// Two decodings of one segment share one mapping.
    private static let mapped = Locked(Mapped())

    private struct Mapped {
        private struct Entry {
            weak var writable: SharedSegment?
            weak var readOnly: SharedSegment?
        }
        private var entries: [Identity: Entry] = [:]

        /// A mapping that is there; a reader may well use the one of a writer.
        func find(_ identity: Identity, isWritable: Bool) -> SharedSegment? {
            guard let entry = entries[identity] else { return nil }
            return entry.writable ?? (isWritable ? nil : entry.readOnly)
        }

        mutating func add(_ segment: SharedSegment) {
            if segment.isWritable {
                entries[segment.identity, default: Entry()].writable = segment
            } else {
                entries[segment.identity, default: Entry()].readOnly = segment
            }
        }

        /// Drops what nobody uses; otherwise returns who does, as another mapping of the same
        /// memory may have come meanwhile.
        mutating func forget(_ identity: Identity) -> [SharedSegment] {
            guard let entry = entries[identity] else { return [] }
            let users = [entry.writable, entry.readOnly].compactMap { $0 }
            if users.isEmpty { entries[identity] = nil }
            return users
        }
    }

    // MARK: What a worker keeps

    /// The memory of the last job that had any, so that the next one need not map it again.
    private static let kept = Locked<[SharedSegment]>([])

    /// Decodes a job, and keeps what it maps instead of what the job before it had.
    static func keepingLast<Value>(_ decode: () throws -> Value) rethrows -> Value {
        let last = takeKept()
        defer { extendLifetime(last) }
        return try decode()
    }

    /// Keeps the memory for the next job.
    func keep() {
        Self.kept.withLock { $0.append(self) }
    }

    /// Whether there is memory without a job.
    static var keepsAny: Bool { kept.withLock { !$0.isEmpty } }

    /// Lets go of what is kept.
    static func keepNothing() {
        _ = takeKept()
    }

    /// What is kept is let go after the lock: its end takes another.
    private static func takeKept() -> [SharedSegment] {
        kept.withLock { kept in
            defer { kept = [] }
            return kept
        }
    }

    /// Makes new memory of `size` bytes, at least 1, all zero; /proc shows it under `name`.
    static func create(_ name: String, size: Int) throws(SystemError) -> SharedSegment {
        var failed: UnsafePointer<CChar>?
        let number = tutti_shared_create(name, size, &failed)
        guard number >= 0 else {
            throw SystemError(
                failed.map { String(cString: $0) } ?? "memfd_create", code: -number,
                subject: "of \(size) bytes")
        }
        return try map(SharedDescriptor(owning: number), isWritable: true)
    }

    /// Finds the memory of a descriptor in this process, or maps it.
    ///
    /// - Throws: ``SystemError`` with `EINVAL` when it is no memory of a fixed size: looking at
    ///   memory that another process may shrink can end this one.
    static func map(
        _ descriptor: SharedDescriptor, isWritable: Bool
    ) throws(SystemError) -> SharedSegment {
        var device: UInt64 = 0
        var inode: UInt64 = 0
        var size = 0
        let code = tutti_shared_identify(descriptor.number, &device, &inode, &size)
        guard code == 0 else { throw SystemError("fcntl", code: code, subject: "shared memory") }
        let identity = Identity(device: device, inode: inode)
        let result = mapped.withLock { mapped -> Result<SharedSegment, SystemError> in
            if let known = mapped.find(identity, isWritable: isWritable) { return .success(known) }
            guard let base = tutti_shared_map(descriptor.number, size, isWritable ? 1 : 0) else {
                return .failure(SystemError("mmap", subject: "of \(size) bytes"))
            }
            LargeBytes.advise(base, size)
            let segment = SharedSegment(
                base: base, size: size, isWritable: isWritable, identity: identity,
                descriptor: descriptor)
            mapped.add(segment)
            return .success(segment)
        }
        return try result.get()
    }
}

// Safety: all stored properties are constant. What the memory holds is guarded by the rules of
// `SharedArray`.
extension SharedSegment: @unchecked Sendable {}

internal import CTutti
internal import Glibc

/// What one side of the wire says to the other.
///
/// On the wire: `UInt32` length of the payload, `UInt8` kind, `UInt8` number of arrays behind the
/// payload, `UInt16` number of descriptors that travel beside the bytes, the payload, the arrays.
struct Frame: Sendable {
    enum Kind: UInt8, Sendable {
        /// Worker to parent, once: the version of the wire and the build.
        case hello = 1
        /// Parent to worker: a ``Slice/Head``, a ``TypeReference`` and jobs of that type.
        case slice = 2
        /// Worker to parent: what the job gave.
        case value = 3
        /// Worker to parent: what the job threw.
        case error = 4
        /// Parent to worker, once: nothing, with the descriptor of the ``Ledger`` beside it.
        case ledger = 5
        /// Worker to parent: no job of the load is left, all answers lie in the ledger.
        case done = 6
        /// In the ledger, in place of an answer that came over the wire.
        case aside = 7
        /// Parent to worker, once: nothing, with the descriptor of the memory for its events.
        case trace = 8
    }

    static let headerSize = 8
    /// Raised with every change of the form of frames or values.
    static let version = 5

    let kind: Kind
    /// The header and the payload.
    private(set) var bytes: [UInt8]
    /// What travels with them.
    private(set) var attachments = WireAttachments()

    /// Makes a frame whose payload `write` appends.
    ///
    /// - Throws: what `write` throws, and ``ProcessError/notEncodable(type:reason:)`` when the
    ///   payload is larger than 2 GiB.
    init(_ kind: Kind, payload write: (inout [UInt8]) throws -> Void) throws {
        var bytes: [UInt8] = []
        // Most jobs and values fit; each further step of growth is a copy.
        bytes.reserveCapacity(120)
        bytes.append(contentsOf: repeatElement(0, count: Self.headerSize))
        try write(&bytes)
        try self.init(kind, whole: bytes)
    }

    /// Makes a frame of bytes that have room for the header in front.
    ///
    /// - Throws: ``ProcessError/notEncodable(type:reason:)`` when the payload is larger than 2 GiB.
    init(_ kind: Kind, whole bytes: consuming [UInt8]) throws {
        var bytes = bytes
        let length = bytes.count - Self.headerSize
        guard length <= WireLimit.frame else {
            throw ProcessError.notEncodable(
                type: "A frame of \(length) bytes", reason: "at most \(WireLimit.frame) are sent.")
        }
        bytes.withUnsafeMutableBytes {
            $0.storeBytes(of: UInt32(length).littleEndian, as: UInt32.self)
            $0.storeBytes(of: kind.rawValue, toByteOffset: 4, as: UInt8.self)
        }
        self.kind = kind
        self.bytes = bytes
    }

    fileprivate init(kind: Kind, bytes: [UInt8], attachments: WireAttachments) {
        self.kind = kind
        self.bytes = bytes
        self.attachments = attachments
    }

    /// Writes over a part of the payload, which has as many bytes.
    mutating func patch(_ number: UInt32, at offset: Int) {
        bytes.withUnsafeMutableBytes {
            $0.storeBytes(of: number.littleEndian, toByteOffset: offset, as: UInt32.self)
        }
    }

    /// Lets descriptors and arrays travel with the bytes, as many as their limits allow.
    mutating func attach(_ attachments: WireAttachments) {
        self.attachments = attachments
        bytes.withUnsafeMutableBytes {
            $0.storeBytes(
                of: UInt8(attachments.arrays.count), toByteOffset: 5, as: UInt8.self)
            $0.storeBytes(
                of: UInt16(attachments.descriptors.count).littleEndian, toByteOffset: 6,
                as: UInt16.self)
        }
    }

    /// Sends the frame; the number of the error, or 0.
    func send(on wire: Int32) -> Int32 {
        var code = bytes.withUnsafeBytes {
            SharedDescriptor.send($0, with: attachments.descriptors, on: wire)
        }
        for array in attachments.arrays where code == 0 {
            code = array.head.bytes.withUnsafeBytes { send($0, on: wire) }
            if code == 0 { code = array.withBytes { send($0, on: wire) } }
        }
        return code
    }

    private func send(_ bytes: UnsafeRawBufferPointer, on wire: Int32) -> Int32 {
        tutti_send_all(wire, bytes.baseAddress, bytes.count)
    }
}

/// What stands in front of a frame's payload.
struct FrameHead {
    let length: UInt32
    /// Nil when there is no such kind.
    let kind: Frame.Kind?
    let arrays: UInt8
    let descriptors: UInt16

    /// Reads it at `offset`; there are as many bytes.
    init(_ bytes: [UInt8], at offset: Int) {
        (length, kind, arrays, descriptors) = bytes.withUnsafeBytes {
            (
                UInt32(littleEndian: $0.loadUnaligned(fromByteOffset: offset, as: UInt32.self)),
                Frame.Kind(rawValue: $0[offset + 4]), $0[offset + 5],
                UInt16(littleEndian: $0.loadUnaligned(fromByteOffset: offset + 6, as: UInt16.self))
            )
        }
    }
}

/// Takes frames off a wire; a small one costs one system call.
struct FrameReader {
    /// What was found instead of a frame.
    enum Failure: Error {
        /// The other side is gone, or closed its end.
        case endOfFile
        /// What came is no frame.
        case broken
    }

    private let wire: Int32
    private var lingering: Lingering
    private var buffer = [UInt8](repeating: 0, count: 16 << 10)
    /// What of the buffer is filled and not yet used.
    private var filled = 0..<0
    private var inbox = DescriptorInbox()

    /// Reads from `wire`; `lingering` is how long to stay awake, in nanoseconds.
    init(wire: Int32, lingering limit: UInt64 = 0) {
        self.wire = wire
        lingering = Lingering(limit: limit)
    }

    /// Stays awake for so many nanoseconds from now on.
    mutating func linger(atMost nanoseconds: UInt64) {
        lingering = Lingering(limit: nanoseconds)
    }

    /// Waits until there is something to read, `milliseconds` or, below 0, for ever.
    ///
    /// - Parameters:
    ///   - milliseconds: how long to wait.
    ///   - lingers: whether it may stay awake for a moment: not when others have work.
    /// - Returns: whether there is.
    mutating func wait(within milliseconds: Int32, lingers: Bool) -> Bool {
        guard filled.isEmpty else { return true }
        guard lingers, lingering.limit > 0 else {
            return tutti_wait_ready(wire, -1, milliseconds) != 0
        }
        let begin = MonotonicClock.nanoseconds
        defer { lingering.waited(MonotonicClock.nanoseconds - begin) }
        let moment = lingering.nanoseconds
        if moment > 0, tutti_look(wire, moment) != 0 { return true }
        return tutti_wait_ready(wire, -1, milliseconds) != 0
    }

    /// Waits for a whole frame.
    mutating func next() throws(Failure) -> Frame {
        while filled.count < Frame.headerSize {
            try fill()
        }
        let head = FrameHead(buffer, at: filled.lowerBound)
        guard let kind = head.kind, head.length <= WireLimit.frame else { throw .broken }
        let size = Frame.headerSize + Int(head.length)
        // Written by our own code in the other process: the length is taken at its word, and
        // memory that is never touched costs nothing.
        var isWhole = false
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { target, initialized in
            LargeBytes.advise(target.baseAddress, size)
            isWhole = take(UnsafeMutableRawBufferPointer(target))
            initialized = isWhole ? size : 0
        }
        guard isWhole else { throw .endOfFile }
        var attachments = WireAttachments(descriptors: inbox.take(Int(head.descriptors)))
        for _ in 0..<head.arrays { attachments.arrays.append(try nextArray()) }
        return Frame(kind: kind, bytes: bytes, attachments: attachments)
    }

    private mutating func nextArray() throws(Failure) -> any WireArray {
        while filled.count < WireArrayHead.size {
            try fill()
        }
        guard let head = WireArrayHead(buffer[filled]) else { throw .broken }
        filled.removeFirst(WireArrayHead.size)
        guard let array = head.array(fill: { take($0) }) else { throw .endOfFile }
        return array
    }

    /// Fills `room` with what is in the buffer and what comes; false when the wire ends before.
    private mutating func take(_ room: UnsafeMutableRawBufferPointer) -> Bool {
        let ready = min(room.count, filled.count)
        buffer.withUnsafeBytes {
            room.copyMemory(
                from: UnsafeRawBufferPointer(rebasing: $0[filled.prefix(ready)]))
        }
        filled.removeFirst(ready)
        var place = ready
        while place < room.count, let base = room.baseAddress {
            let count = inbox.receive(wire, base + place, room.count - place)
            guard count > 0 else { return false }
            place += count
        }
        return true
    }

    private mutating func fill() throws(Failure) {
        if filled.lowerBound > 0 {
            buffer.replaceSubrange(0..<filled.count, with: buffer[filled])
            filled = 0..<filled.count
        }
        let used = filled.upperBound
        let count = buffer.withUnsafeMutableBytes {
            inbox.receive(wire, $0.baseAddress.map { $0 + used }, $0.count - used)
        }
        guard count > 0 else { throw .endOfFile }
        filled = 0..<used + count
    }
}

internal import CTutti

/// A descriptor that several values of this process use; closed with the last of them.
///
/// In a frame it travels beside the bytes: from the sending to the receiving, the kernel keeps
/// what it refers to, whoever dies meanwhile.
final class SharedDescriptor: Sendable {
    private let descriptor: Descriptor

    var number: Int32 { descriptor.number }

    /// Owns `number` from now on.
    init(owning number: Int32) {
        descriptor = Descriptor(owning: number)
    }

    /// Sends bytes with descriptors beside them; the number of the error, or 0.
    static func send(
        _ bytes: UnsafeRawBufferPointer, with descriptors: [SharedDescriptor], on wire: Int32
    ) -> Int32 {
        let numbers = descriptors.map(\.number)
        let code = tutti_send_with(wire, bytes.baseAddress, bytes.count, numbers, numbers.count)
        // The numbers are valid until here.
        extendLifetime(descriptors)
        return code
    }
}

/// The descriptors that came over a wire and wait for the end of their frame.
///
/// They come no later than the first byte with which they were sent, in the order of sending.
struct DescriptorInbox {
    private var waiting: [SharedDescriptor] = []
    private var hasLost = false

    /// Receives bytes, as `recv` does, and keeps the descriptors that came beside them.
    mutating func receive(_ wire: Int32, _ start: UnsafeMutableRawPointer?, _ count: Int) -> Int {
        var number = 0
        var lost: Int32 = 0
        let received = withUnsafeTemporaryAllocation(
            of: Int32.self, capacity: Int(TUTTI_MESSAGE_DESCRIPTORS)
        ) { room in
            let received = tutti_receive_with(
                wire, start, count, room.baseAddress, &number, &lost)
            for place in 0..<number { waiting.append(SharedDescriptor(owning: room[place])) }
            return received
        }
        if lost != 0 { hasLost = true }
        return received
    }

    /// The descriptors of a frame that has come to its end and says how many it has.
    ///
    /// None when some found no room in this process: then nobody can tell which.
    mutating func take(_ count: Int) -> [SharedDescriptor] {
        guard count > 0 else { return [] }
        guard !hasLost, waiting.count >= count else {
            waiting = []
            hasLost = false
            return []
        }
        defer { waiting.removeFirst(count) }
        return Array(waiting[..<count])
    }
}

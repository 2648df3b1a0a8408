/// What travels with the bytes of a frame and is not in them.
struct WireAttachments: Sendable {
    /// Beside the bytes: what they refer to stays, whoever dies.
    var descriptors: [SharedDescriptor] = []
    /// Behind the bytes: large arrays of numbers.
    ///
    /// They are sent from where they lie and received where they stay. In the bytes they would be
    /// copied once more on each side.
    var arrays: [any WireArray] = []

    var isEmpty: Bool { descriptors.isEmpty && arrays.isEmpty }

    /// How many bytes the arrays have, all together.
    var arrayBytes: Int { arrays.reduce(0) { $0 + $1.byteCount } }
}

/// An array of numbers that may travel behind the bytes of a frame.
///
/// On the wire: ``WireArrayHead``, then the bytes as in memory.
protocol WireArray: Sendable {
    var head: WireArrayHead { get }
    /// How many bytes the elements have.
    var byteCount: Int { get }
    func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result
    /// The same array as a value among others: its tag, its length, its bytes.
    var inBytes: [UInt8] { get }
}

extension Array: WireArray where Element: WireNumber {
    var head: WireArrayHead {
        WireArrayHead(element: WireNumbers.place(of: Element.self), length: byteCount)
    }

    var byteCount: Int { count * MemoryLayout<Element>.size }

    func withBytes<Result>(
        _ body: (UnsafeRawBufferPointer) throws -> Result
    ) rethrows -> Result {
        try withUnsafeBytes(body)
    }

    var inBytes: [UInt8] {
        var bytes = [WireTag.numbers.rawValue, Element.wireTag.rawValue]
        Swift.withUnsafeBytes(of: UInt64(byteCount).littleEndian) { bytes += $0 }
        withUnsafeBytes { LargeBytes.append($0, to: &bytes) }
        return bytes
    }
}

/// What stands in front of an array behind the bytes of a frame.
struct WireArrayHead {
    static let size = 9
    /// Fewer bytes go with the others: by themselves they are no faster, and answers up to here
    /// find room in the ledger.
    static let least = 256 << 10
    /// The most arrays of one frame; their number is one byte.
    static let most = 255

    /// Which of ``WireNumbers/types`` the elements are.
    let element: UInt8
    /// How many bytes they have.
    let length: Int

    init(element: UInt8, length: Int) {
        self.element = element
        self.length = length
    }

    /// Reads it from its bytes; nil when no array can be like that.
    init?(_ bytes: ArraySlice<UInt8>) {
        guard bytes.count >= Self.size, let element = bytes.first else { return nil }
        let length = bytes.withUnsafeBytes {
            UInt64(littleEndian: $0.loadUnaligned(fromByteOffset: 1, as: UInt64.self))
        }
        guard length <= WireLimit.frame, WireNumbers.types.indices.contains(Int(element)) else {
            return nil
        }
        self.element = element
        self.length = Int(length)
    }

    var bytes: [UInt8] {
        withUnsafeBytes(of: UInt64(length).littleEndian) { [element] + $0 }
    }

    /// Makes the array; nil when `fill` does not fill all its bytes, or they are no whole number of
    /// elements.
    func array(fill: (UnsafeMutableRawBufferPointer) -> Bool) -> (any WireArray)? {
        let type = WireNumbers.types[Int(element)]
        return array(of: type, fill)
    }

    private func array<Number: WireNumber>(
        of _: Number.Type, _ fill: (UnsafeMutableRawBufferPointer) -> Bool
    ) -> (any WireArray)? {
        let (count, rest) = length.quotientAndRemainder(dividingBy: MemoryLayout<Number>.size)
        guard rest == 0 else { return nil }
        var isFilled = false
        let array = [Number](unsafeUninitializedCapacity: count) { room, initialized in
            LargeBytes.advise(room.baseAddress, length)
            isFilled = fill(
                UnsafeMutableRawBufferPointer(
                    start: UnsafeMutableRawPointer(room.baseAddress), count: length))
            initialized = isFilled ? count : 0
        }
        return isFilled ? array : nil
    }
}

/// An operation that was handed to an io_uring, as its entry of 64 bytes says.
struct RingOperation: Hashable {
    /// What kind of thing it is about.
    enum About: Hashable {
        case disk
        case time
        /// What its descriptor leads to.
        case descriptor(Int32)
    }

    var about: About
    var act: WaitAct

    /// How long an entry is in a ring that was not set up with IORING_SETUP_SQE128.
    static var size: Int { 64 }

    /// Reads an entry, io_uring_enter(2); nil for an operation that is over at once, or not known.
    init?(entry: some RandomAccessCollection<UInt8>) {
        guard entry.count >= 8, let code = entry.first else { return nil }
        let bytes = Array(entry.prefix(8))
        switch code {
        case 1, 4, 22: self.init(bytes, .read)  // READV, READ_FIXED, READ
        case 2, 5, 23: self.init(bytes, .write)  // WRITEV, WRITE_FIXED, WRITE
        case 3, 8: self.init(.disk, .flush)  // FSYNC, SYNC_FILE_RANGE
        case 11: self.init(.time, .other)  // TIMEOUT
        // FALLOCATE, OPENAT, STATX, OPENAT2, RENAMEAT, UNLINKAT, MKDIRAT
        case 17, 18, 21, 28, 35, 36, 37: self.init(.disk, .other)
        default: return nil
        }
    }

    init(_ about: About, _ act: WaitAct) {
        self.about = about
        self.act = act
    }

    private init(_ bytes: [UInt8], _ act: WaitAct) {
        // The number of a registered file is none of a descriptor; what can be polled is polled.
        let isRegistered = bytes[1] & 1 != 0
        let descriptor = bytes[4...7].reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        self.init(isRegistered ? .disk : .descriptor(Int32(bitPattern: descriptor)), act)
    }

    /// The places of the entries whose operations are under way, from the ring's `fdinfo`.
    ///
    /// They are taken for those that were handed over last: operations of a kind end in order, about.
    static func places(_ text: String) -> [Int] {
        func number(_ name: String) -> UInt32? {
            let line = text.split(separator: "\n").first { $0.hasPrefix(name + ":") }
            let word = line?.dropFirst(name.utf8.count + 1).drop { $0 == " " || $0 == "\t" }
            return word.flatMap {
                $0.hasPrefix("0x") ? UInt32($0.dropFirst(2), radix: 16) : UInt32($0)
            }
        }
        guard let mask = number("SqMask"), let taken = number("SqHead"),
            let ended = number("CqTail")
        else { return [] }
        let count = taken &- ended
        // An operation may end several times, or leave nothing: then the difference says nothing.
        guard count > 0, count <= mask &+ 1 else { return [] }
        return (1...count).map { Int((taken &- $0) & mask) }
    }
}

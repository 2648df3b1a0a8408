internal import CDiagnosis
internal import Glibc
internal import Tutti

/// The kernel's record of each switch, for threads that are added and all that they start.
struct SwitchRecords: ~Copyable {
    private let rings: OpaquePointer
    private let buffer: UnsafeMutableBufferPointer<diagnosis_record>
    /// Taken out of the rings, not yet handed on.
    private var pending: [diagnosis_record] = []
    /// Records that the kernel had no room for.
    private(set) var lost = 0

    /// Opens rings, without threads.
    init() throws(SystemError) {
        guard let rings = diagnosis_rings_create() else { throw SystemError("malloc") }
        self.rings = rings
        buffer = .allocate(capacity: 16384)
    }

    deinit {
        diagnosis_rings_free(rings)
        buffer.deallocate()
    }

    /// Records a thread, and all threads and processes that it starts from now on.
    func add(_ thread: Int32) throws(SystemError) {
        var failed: UnsafePointer<CChar>?
        let code = diagnosis_rings_add(rings, thread, &failed)
        guard code == 0 else {
            throw SystemError(failed.map { String(cString: $0) } ?? "", code: code)
        }
    }

    /// Hands on the records up to a time, in order.
    ///
    /// Each processor has its ring. A record that is younger may have an older one behind it in a
    /// ring that was read before, so it waits for the next time.
    mutating func take(until time: UInt64, _ body: (diagnosis_record) -> Void) {
        var more: Int32 = 1
        while more != 0 {
            let count = diagnosis_rings_take(rings, buffer.baseAddress, buffer.count, &more)
            for record in buffer[..<count] {
                if record.kind == DIAGNOSIS_LOST {
                    lost += Int(record.time)
                } else {
                    pending.append(record)
                }
            }
        }
        pending.sort { $0.time < $1.time }
        let end = pending.firstIndex { $0.time > time } ?? pending.count
        for record in pending[..<end] { body(record) }
        pending.removeFirst(end)
    }
}

extension diagnosis_record {
    /// The name that a thread was given.
    var text: String {
        withUnsafeBytes(of: name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
}

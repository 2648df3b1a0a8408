internal import CTutti

/// The program's own standard output or error, which all pools share.
final class ProgramStream: Sendable {
    static let output = ProgramStream(1)
    static let error = ProgramStream(2)

    private let number: Int32
    private let turn = Locked(())

    private init(_ number: Int32) {
        self.number = number
    }

    /// Writes all, whatever the others write; drops it when the stream is closed or broken.
    ///
    /// Waits when nobody reads, with the lock held: the system may take a part at a time, and
    /// nobody may write between the parts. Only threads of pools wait here.
    func write(_ bytes: [UInt8]) {
        guard !bytes.isEmpty else { return }
        turn.withLock { _ in
            // Nothing can be done about an error here; the jobs are not to blame.
            _ = bytes.withUnsafeBytes { tutti_write_stream(number, $0.baseAddress, $0.count) }
        }
    }
}

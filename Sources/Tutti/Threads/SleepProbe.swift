internal import Glibc

/// Tells whether a thread is asleep in the kernel: state `S` or `D` of its `stat` file, proc(5).
///
/// Costs one `pread` a look. The file stays open, so that the number of a thread
/// that has ended is never mistaken for another's.
package final class SleepProbe: Sendable {
    private let file: Descriptor

    private init(_ file: consuming Descriptor) {
        self.file = file
    }

    /// A probe of the calling thread; nil without /proc or without a free descriptor.
    package static func ofCallingThread() -> SleepProbe? {
        let number = open("/proc/self/task/\(Thread.currentID)/stat", O_RDONLY | O_CLOEXEC)
        return number < 0 ? nil : SleepProbe(Descriptor(owning: number))
    }

    /// Whether the kernel answers at all.
    static let works = ofCallingThread().map { $0.state != nil } ?? false

    package var isAsleep: Bool { state == UInt8(ascii: "S") || state == UInt8(ascii: "D") }

    /// The letter behind the name: `7 (a name) S 1 …`.
    ///
    /// The name may hold anything but is short.
    private var state: UInt8? {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 128) { buffer in
            let count = pread(file.number, buffer.baseAddress, buffer.count, 0)
            guard count > 0 else { return nil }
            let text = buffer[..<count]
            guard let end = text.lastIndex(of: UInt8(ascii: ")")), end + 2 < count else {
                return nil
            }
            return text[end + 2]
        }
    }
}

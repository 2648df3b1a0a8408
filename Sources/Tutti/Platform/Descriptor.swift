internal import Glibc

/// A file descriptor that is closed when its owner goes.
struct Descriptor: ~Copyable, Sendable {
    let number: Int32

    /// Owns `number` from now on.
    init(owning number: Int32) {
        self.number = number
    }

    deinit { close(number) }

    /// Gives the number away; the caller must close it.
    consuming func release() -> Int32 {
        let number = number
        discard self
        return number
    }
}

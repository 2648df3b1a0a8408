extension UnsafeMutablePointer {
    /// Whether this element comes before that at `other`, without a copy of either.
    ///
    /// `less(pointee, other.pointee)` retains and releases what an element refers to, since the
    /// compiler cannot rule out that `less` writes to the memory. To take both elements out and to
    /// put them back costs nothing: the stores of what was just loaded are optimised away.
    ///
    /// Both places must be the calling thread's own for the time of the call, and not the same.
    @inlinable @inline(__always)
    func comes(
        before other: UnsafeMutablePointer, by less: (Pointee, Pointee) -> Bool
    ) -> Bool {
        let (a, b) = (move(), other.move())
        let answer = less(a, b)
        initialize(to: a)
        other.initialize(to: b)
        return answer
    }

    /// Exchanges this element with that at `other`, which is not the same place.
    @inlinable @inline(__always)
    func exchange(with other: UnsafeMutablePointer) {
        let element = move()
        initialize(to: other.move())
        other.initialize(to: element)
    }
}

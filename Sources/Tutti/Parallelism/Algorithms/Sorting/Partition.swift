extension UnsafeMutablePointer {
    /// Moves the elements for which `goesFirst` holds before the others; returns how many they are.
    ///
    /// Lomuto's partition without a branch: each element is written to the border between the two
    /// groups, and the border moves up or not. A gap that travels along spares the temporary copy
    /// of a swap (Bergdoll, "Branchless Lomuto partitioning", 2023; Peters and Bergdoll, ipnsort).
    ///
    /// The second group is never empty in the loop, so border and gap never meet and each place is
    /// initialised exactly when the code says so, whatever `goesFirst` answers.
    @inlinable @inline(__always)
    func partition(count: Int, by goesFirst: (Pointee) -> Bool) -> Int {
        var border = 0
        while border < count {
            let element = (self + border).move()
            let isFirst = goesFirst(element)
            (self + border).initialize(to: element)
            if !isFirst { break }
            border &+= 1
        }
        guard border &+ 1 < count else { return border }

        // [0, border) goes first, [border, gap) does not, [gap + 1, count) is to be looked at.
        var gap = self + (border &+ 1)
        let end = self + (count &- 1)
        let displaced = gap.move()
        // Four elements a turn: less counting for each.
        while gap + 3 < end {
            border &+= passGap(gap, border: border, by: goesFirst)
            border &+= passGap(gap + 1, border: border, by: goesFirst)
            border &+= passGap(gap + 2, border: border, by: goesFirst)
            border &+= passGap(gap + 3, border: border, by: goesFirst)
            gap += 4
        }
        while gap < end {
            border &+= passGap(gap, border: border, by: goesFirst)
            gap += 1
        }
        let isFirst = goesFirst(displaced)
        gap.initialize(to: (self + border).move())
        (self + border).initialize(to: displaced)
        return border &+ isFirst.asNumber
    }

    /// Moves the element behind the gap to the border, that one to the gap, and so the gap on.
    ///
    /// - Returns: how far the border moves up.
    @inlinable @inline(__always)
    func passGap(
        _ gap: UnsafeMutablePointer, border: Int, by goesFirst: (Pointee) -> Bool
    ) -> Int {
        let element = (gap + 1).move()
        let isFirst = goesFirst(element)
        gap.initialize(to: (self + border).move())
        (self + border).initialize(to: element)
        return isFirst.asNumber
    }
}

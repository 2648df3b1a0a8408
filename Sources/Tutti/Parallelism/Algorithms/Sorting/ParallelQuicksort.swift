/// How a step of the unstable sort is done.
@usableFromInline
typealias QuicksortKernel = @Sendable (SortMemory, QuicksortStep) -> Int

/// The driver of the unstable sort: what is sorted where.
///
/// Quicksort whose halves are the two sides of a join. While there are fewer ranges than workers
/// the ranges are partitioned by several workers as well, so that all of them work from the start.
struct ParallelQuicksort {
    let memory: SortMemory
    /// Ranges up to this size are sorted by one worker.
    let grain: Int

    /// Below this size a sort does not leave the calling thread.
    static let minimum = 1 << 12

    /// Sorts a range.
    ///
    /// - Parameters:
    ///   - range: what to sort.
    ///   - hasPredecessor: whether the element before is in its place and comes after none of these.
    ///   - limit: how many partitions deep the range may still go in parallel.
    ///   - workers: how many may work on it.
    ///   - kernel: does a step.
    func sort(
        _ range: Range<Int>, hasPredecessor: Bool, limit: Int, workers: Int, kernel: QuicksortKernel
    ) {
        guard range.count > grain, limit > 0 else {
            _ = kernel(memory, .sort(range, hasPredecessor: hasPredecessor))
            return
        }
        let pivot = range.lowerBound
        let others = range.dropFirst()
        let choice = kernel(memory, .choosePivot(range, hasPredecessor: hasPredecessor))
        if choice == 1 {
            let equal = partition(
                others, pivot: pivot, takesEqual: true, workers: workers, kernel: kernel)
            return sort(
                others.dropFirst(equal), hasPredecessor: false, limit: limit - 1, workers: workers,
                kernel: kernel)
        }
        let lower = partition(
            others, pivot: pivot, takesEqual: false, workers: workers, kernel: kernel)
        let middle = pivot + lower
        if lower > 0 { _ = kernel(memory, .exchange(pivot, middle, count: 1)) }
        let left = pivot..<middle
        let right = middle + 1..<range.upperBound
        let leftWorkers = min(max(1, workers * left.count / range.count), max(1, workers - 1))
        _ = join {
            sort(
                left, hasPredecessor: hasPredecessor, limit: limit - 1, workers: leftWorkers,
                kernel: kernel)
        } _: {
            sort(
                right, hasPredecessor: true, limit: limit - 1,
                workers: max(1, workers - leftWorkers), kernel: kernel)
        }
    }

    /// Moves what belongs before the pivot to the front of the range; returns how many they are.
    ///
    /// Both halves at the same time; then the end of the first half and the start of the second
    /// change places.
    private func partition(
        _ range: Range<Int>, pivot: Int, takesEqual: Bool, workers: Int, kernel: QuicksortKernel
    ) -> Int {
        guard workers > 1, range.count > grain else {
            return kernel(memory, .partition(range, pivot: pivot, takesEqual: takesEqual))
        }
        let middle = range.lowerBound + range.count / 2
        let (first, second) = join {
            partition(
                range.lowerBound..<middle, pivot: pivot, takesEqual: takesEqual,
                workers: workers / 2, kernel: kernel)
        } _: {
            partition(
                middle..<range.upperBound, pivot: pivot, takesEqual: takesEqual,
                workers: workers - workers / 2, kernel: kernel)
        }
        let border = range.lowerBound + first
        let count = min(middle - border, second)
        let source = middle + second - count
        parallelFor(0..<count, grain: 16_384) { chunk in
            _ = kernel(
                memory,
                .exchange(border + chunk.lowerBound, source + chunk.lowerBound, count: chunk.count))
        }
        return first + second
    }
}

/// Sorts `count` elements, not stably.
@usableFromInline
func parallelQuicksort(
    count: Int, memory: SortMemory, on pool: ForkJoinPool?, kernel: QuicksortKernel
) {
    guard count > ParallelQuicksort.minimum else {
        if !sortSingleRun(
            count: count, descending: .descending, isParallel: false,
            kernel: { kernel(memory, .run($0)) })
        {
            _ = kernel(memory, .sort(0..<count, hasPredecessor: false))
        }
        return
    }
    withWorker(of: pool) { worker in
        let width = worker.pointee.scheduler.width
        guard
            !sortSingleRun(
                count: count, descending: .descending, isParallel: width > 1,
                kernel: { kernel(memory, .run($0)) })
        else { return }
        guard width > 1 else {
            _ = kernel(memory, .sort(0..<count, hasPredecessor: false))
            return
        }
        let sort = ParallelQuicksort(
            memory: memory, grain: max(ParallelQuicksort.minimum, count / (width * 64)))
        sort.sort(
            0..<count, hasPredecessor: false, limit: QuicksortPiece.limit(for: count),
            workers: width, kernel: kernel)
    }
}

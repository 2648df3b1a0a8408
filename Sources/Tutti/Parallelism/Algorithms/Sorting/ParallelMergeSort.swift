/// How a step of the stable sort is done.
@usableFromInline
typealias MergeSortKernel = @Sendable (SortMemory, MergeSortStep) -> Int

/// The driver of the stable sort: what is sorted and merged where.
///
/// Merge sort over ranges that one worker each sorts. Large merges are cut in two as often as it
/// takes to keep all workers busy, so the last merge, of all elements, is as parallel as the first.
/// Each level of merges moves the elements from one side to the other, elements or buffer.
struct ParallelMergeSort {
    let memory: SortMemory
    /// Merges up to this size are done by one worker.
    let mergeGrain: Int

    /// Below this size a sort does not leave the calling thread.
    static let minimum = 1 << 12

    /// How often the elements are halved; even, so that they end where they came from.
    static func levels(count: Int, width: Int) -> Int {
        guard width > 1 else { return 0 }
        // Some ranges for each worker, so that those that come later find something to do.
        var levels = 2
        while 1 << levels < 8 * width { levels += 2 }
        while levels > 0, count >> levels < minimum / 4 { levels -= 2 }
        return levels
    }

    /// Sorts a range of the elements; the result is in the buffer if `levels` is odd.
    func sort(_ range: Range<Int>, levels: Int, kernel: MergeSortKernel) {
        guard levels > 0 else {
            _ = kernel(memory, .sort(range))
            return
        }
        let middle = range.lowerBound + range.count / 2
        let (left, right) = (range.lowerBound..<middle, middle..<range.upperBound)
        _ = join {
            sort(left, levels: levels - 1, kernel: kernel)
        } _: {
            sort(right, levels: levels - 1, kernel: kernel)
        }
        merge(
            MergePiece(
                left: left, right: right, target: range.lowerBound,
                isInBuffer: levels.isMultiple(of: 2)),
            kernel: kernel)
    }

    private func merge(_ piece: MergePiece, kernel: MergeSortKernel) {
        guard piece.count > mergeGrain else {
            _ = kernel(memory, .merge(piece))
            return
        }
        let half = piece.count / 2
        let (first, second) = piece.split(
            at: half, ofLeft: kernel(memory, .split(piece, count: half)))
        _ = join {
            merge(first, kernel: kernel)
        } _: {
            merge(second, kernel: kernel)
        }
    }
}

/// Sorts `count` elements stably.
@usableFromInline
func parallelMergeSort(
    count: Int, memory: SortMemory, on pool: ForkJoinPool?, kernel: MergeSortKernel
) {
    guard count > ParallelMergeSort.minimum else {
        if !sortSingleRun(
            count: count, descending: .strictlyDescending, isParallel: false,
            kernel: { kernel(memory, .run($0)) })
        {
            _ = kernel(memory, .sort(0..<count))
        }
        return
    }
    withWorker(of: pool) { worker in
        let width = worker.pointee.scheduler.width
        guard
            !sortSingleRun(
                count: count, descending: .strictlyDescending, isParallel: width > 1,
                kernel: { kernel(memory, .run($0)) })
        else { return }
        let levels = ParallelMergeSort.levels(count: count, width: width)
        let sort = ParallelMergeSort(
            memory: memory, mergeGrain: max(ParallelMergeSort.minimum, count / (8 * width)))
        sort.sort(0..<count, levels: levels, kernel: kernel)
    }
}

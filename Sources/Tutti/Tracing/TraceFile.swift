internal import CTutti
internal import Glibc

/// The memory of a process as a file of a folder, which outlives it.
enum TraceFile {
    private static let suffix = ".ring"

    /// Makes the file of a process; each of its blocks is there, so that no write to it fails later.
    static func open(
        folder: String, process: Int32, _ layout: TraceLayout
    ) throws(SystemError) -> Descriptor {
        let path = "\(folder)/\(process)\(suffix)"
        let number = tutti_trace_file(path, layout.bytes)
        guard number >= 0 else { throw SystemError("open", code: -number, subject: path) }
        return Descriptor(owning: number)
    }

    /// Makes and maps it; the descriptor is closed, since the program may close all that it has.
    static func make(
        folder: String, process: Int32, _ layout: TraceLayout
    ) throws(SystemError) -> UnsafeMutableRawPointer {
        let descriptor = try open(folder: folder, process: process, layout)
        guard let start = tutti_shared_map(descriptor.number, layout.bytes, 1) else {
            throw SystemError("mmap", subject: folder)
        }
        return start
    }

    /// The files of a folder.
    static func paths(in folder: String) throws(SystemError) -> [String] {
        guard let listing = opendir(folder) else { throw SystemError("opendir", subject: folder) }
        defer { closedir(listing) }
        var paths: [String] = []
        while let entry = readdir(listing) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name.hasSuffix(suffix) { paths.append("\(folder)/\(name)") }
        }
        return paths.sorted()
    }

    /// Copies a file while its process may go on writing; nil when it is none of ours.
    ///
    /// Read and not mapped: a mapped file that somebody cuts ends the reader.
    static func image(of path: String) -> TraceImage? {
        // A pipe of that name would be waited for.
        let number = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard number >= 0 else { return nil }
        let file = Descriptor(owning: number)
        let head = words(of: file, 0..<TraceLayout.headWords)
        guard let layout = TraceLayout(head: head) else { return nil }
        let all = words(of: file, 0..<layout.words)
        let heads = words(of: file, layout.sheetHeads..<layout.events)
        let states = stride(from: 0, to: heads.count, by: TraceLayout.SheetHead.size).map {
            heads[$0]
        }
        return TraceImage(words: all, statesAfterwards: states)
    }

    /// Words of a file, as far as there are any.
    private static func words(of file: borrowing Descriptor, _ range: Range<Int>) -> [UInt64] {
        let number = file.number
        return [UInt64](unsafeUninitializedCapacity: range.count) { buffer, count in
            let bytes = UnsafeMutableRawBufferPointer(buffer)
            var done = 0
            while done < bytes.count {
                let read = pread(
                    number, bytes.baseAddress?.advanced(by: done), bytes.count - done,
                    off_t(range.lowerBound * 8 + done))
                guard read > 0 else { break }
                done += read
            }
            count = done / 8
        }
    }
}

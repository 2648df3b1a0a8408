internal import CTutti
internal import Glibc

/// Where a worker runs the jobs of a load, one after the other.
// Safety: used by one load at a time; the serving thread waits for its end.
final class Workbench: @unchecked Sendable {
    private let ledger: Ledger
    private let writer = WireWriter()
    /// The type of the last job, and how it was named.
    private var last: (name: ArraySlice<UInt8>, type: any Job.Type)?
    /// Where the next answer goes in the ledger.
    private var place = Ledger.firstAnswer
    /// How many jobs of the load have no answer yet.
    private var open = 0

    init(_ ledger: Ledger) {
        self.ledger = ledger
    }

    /// Runs jobs until none is left or the rest was recalled.
    func run(_ load: [Frame]) async {
        place = Ledger.firstAnswer
        open = ledger.total
        for frame in load {
            guard await runSlice(frame) else { return }
        }
    }

    /// Runs the job that stands at `offset`, which moves behind it.
    private func run<Work: Job>(
        _: Work.Type, _ reader: WireReader, at offset: inout Int
    ) async {
        do {
            let job = try decode(Work.self, reader, at: &offset)
            try answer(
                with: OpenSpan.isSeen ? try await run(job) : try await job.runBlocking())
        } catch {
            answer(JobMessage.error(error))
        }
    }

    /// Runs a job under its span.
    ///
    /// Not where jobs run untraced: what is kept over an `await` shows in the time of tiny ones.
    private func run<Work: Job>(_ job: Work) async throws -> Work.Output {
        let span = OpenSpan.begin(.job, Work.self)
        defer { span.end() }
        return try await job.runBlocking()
    }

    private func decode<Work: Job>(
        _: Work.Type, _ reader: WireReader, at offset: inout Int
    ) throws -> Work {
        guard reader.hasDescriptors else {
            return try JobMessage.decode(Work.self, from: reader, at: &offset)
        }
        return try SharedSegment.keepingLast {
            try JobMessage.decode(Work.self, from: reader, at: &offset)
        }
    }

    /// Runs the jobs of a slice; false when the rest was recalled.
    private func runSlice(_ frame: Frame) async -> Bool {
        guard let head = Slice.Head(frame) else { return false }
        let reader = WireReader(frame, keepsSegments: true)
        var offset = Frame.headerSize + Slice.Head.size
        do {
            let type = try type(in: reader, at: &offset)
            switch head.form {
            case .coded: return try await runCoded(type, head, reader, offset)
            case .packed: return try await runPacked(type, head, reader.bytes, offset)
            }
        } catch {
            // The type, or where a job begins: it holds for every one of them.
            let sentence = JobMessage.error(error)
            for _ in head.jobs {
                guard ledger.claim() else { return false }
                answer(sentence)
            }
            return true
        }
    }

    private func runCoded<Work: Job>(
        _: Work.Type, _ head: Slice.Head, _ reader: WireReader, _ start: Int
    ) async throws -> Bool {
        var offset = start
        for _ in 0..<head.jobs.lowerBound { try reader.skip(at: &offset) }
        for _ in head.jobs {
            guard ledger.claim() else { return false }
            await run(Work.self, reader, at: &offset)
        }
        return true
    }

    private func runPacked<Work: Job>(
        _: Work.Type, _ head: Slice.Head, _ bytes: [UInt8], _ start: Int
    ) async throws -> Bool {
        let stride = MemoryLayout<Work>.size
        guard bytes.count - start >= head.jobs.upperBound * stride else {
            throw ProcessError.notDecodable(type: typeName(Work.self), reason: "bytes are missing.")
        }
        for index in head.jobs {
            guard ledger.claim() else { return false }
            do {
                let job = load(Work.self, bytes, at: start + index * stride)
                let value =
                    OpenSpan.isSeen ? try await run(job) : try await job.runBlocking()
                withUnsafeBytes(of: value) { answer(.value, $0) }
            } catch {
                answer(JobMessage.error(error))
            }
        }
        return true
    }

    /// A value from its memory, wherever it lies.
    // Safety: packed slices are made of packed values only, by the same build.
    private func load<Value>(_: Value.Type, _ bytes: [UInt8], at offset: Int) -> Value {
        withUnsafeTemporaryAllocation(of: Value.self, capacity: 1) { room in
            bytes.withUnsafeBytes {
                UnsafeMutableRawBufferPointer(room).copyMemory(
                    from: UnsafeRawBufferPointer(
                        rebasing: $0[offset..<offset + MemoryLayout<Value>.size]))
            }
            return room[0]
        }
    }

    /// The type that stands at `offset`, which moves behind it.
    private func type(in reader: WireReader, at offset: inout Int) throws -> any Job.Type {
        let start = offset
        try reader.skip(at: &offset)
        let name = reader.bytes[start..<offset]
        if let last, last.name == name { return last.type }
        var again = start
        let reference = try JobMessage.decode(TypeReference.self, from: reader, at: &again)
        guard let type = reference.type as? any Job.Type else {
            throw ProcessError.typeNotFound(type: reference.name)
        }
        last = (ArraySlice(Array(name)), type)
        return type
    }

    // MARK: Answers

    /// Answers with what a job gave.
    private func answer<Output: Encodable>(with value: Output) throws {
        defer { writer.removeAll() }
        do {
            try writer.write(value)
        } catch {
            throw JobMessage.notEncodable(Output.self, error)
        }
        guard writer.attachments.isEmpty else { return answer(try JobMessage.value(value)) }
        writer.bytes.withUnsafeBytes { answer(.value, $0) }
    }

    /// Leaves an answer in the ledger, or sends it when it does not fit.
    private func answer(_ frame: Frame) {
        let size = frame.bytes.count - Frame.headerSize
        if frame.attachments.isEmpty, size <= room {
            frame.bytes.withUnsafeBytes {
                answer(frame.kind, UnsafeRawBufferPointer(rebasing: $0[Frame.headerSize...]))
            }
            return
        }
        flush()
        guard frame.send(on: TUTTI_WIRE) == 0 else { tutti_leave(0) }
        put(.aside, UnsafeRawBufferPointer(start: nil, count: 0))
    }

    private func answer(_ kind: Frame.Kind, _ payload: UnsafeRawBufferPointer) {
        guard payload.count <= room else {
            guard let frame = try? Frame(kind, payload: { $0 += payload }) else { tutti_leave(72) }
            return answer(frame)
        }
        flush()
        put(kind, payload)
    }

    /// How long an answer may be: there is always room for notes that answers are elsewhere.
    private var room: Int {
        ledger.memory.count - place - open * Frame.headerSize
    }

    /// What the job wrote belongs before its end, and would be lost by the end of the worker.
    private func flush() { fflush(nil) }

    private func put(_ kind: Frame.Kind, _ payload: UnsafeRawBufferPointer) {
        let memory = ledger.memory
        let head = UInt64(payload.count) | UInt64(kind.rawValue) << 32
        memory.storeBytes(of: head.littleEndian, toByteOffset: place, as: UInt64.self)
        place += Frame.headerSize
        UnsafeMutableRawBufferPointer(rebasing: memory[place...]).copyMemory(from: payload)
        place += payload.count
        open -= 1
        ledger.publish()
    }
}

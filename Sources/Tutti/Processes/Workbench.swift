internal import CTutti
internal import Glibc

/// Where a worker runs the jobs of a load, one after the other.
// Safety: used by one load at a time; the serving thread waits for its end.
final class Workbench: @unchecked Sendable {
    private let ledger: Ledger
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
            if frame.kind == .slice {
                guard await runSlice(frame) else { return }
            } else {
                guard ledger.claim() else { return }
                await runJob(frame)
            }
        }
    }

    private func runJob(_ frame: Frame) async {
        var offset = Frame.headerSize
        do {
            try await run(type(in: frame, at: &offset), frame, &offset)
        } catch {
            answer(JobMessage.error(error))
        }
    }

    private func run<Work: Job>(_: Work.Type, _ frame: Frame, _ offset: inout Int) async throws {
        let job = try JobMessage.decode(
            Work.self, from: frame.bytes, frame.descriptors, at: &offset)
        answer(try JobMessage.value(try await job.runBlocking()))
    }

    /// Runs the jobs of a slice; false when the rest was recalled.
    private func runSlice(_ frame: Frame) async -> Bool {
        guard let head = Slice.Head(frame) else { return false }
        var offset = Frame.headerSize + Slice.Head.size
        do {
            let type = try type(in: frame, at: &offset)
            switch head.form {
            case .coded: return try await runCoded(type, head, frame, offset)
            case .packed: return try await runPacked(type, head, frame, offset)
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
        _: Work.Type, _ head: Slice.Head, _ frame: Frame, _ start: Int
    ) async throws -> Bool {
        var offset = start
        let decoder = WireDecoder(descriptors: frame.descriptors)
        for _ in 0..<head.jobs.lowerBound { try decoder.skip(in: frame.bytes, at: &offset) }
        for _ in head.jobs {
            guard ledger.claim() else { return false }
            // Before the job is decoded, which may fail.
            var own = offset
            try decoder.skip(in: frame.bytes, at: &offset)
            do {
                try await run(Work.self, frame, &own)
            } catch {
                answer(JobMessage.error(error))
            }
        }
        return true
    }

    private func runPacked<Work: Job>(
        _: Work.Type, _ head: Slice.Head, _ frame: Frame, _ start: Int
    ) async throws -> Bool {
        let stride = MemoryLayout<Work>.size
        guard frame.bytes.count - start >= head.jobs.upperBound * stride else {
            throw ProcessError.notDecodable(type: typeName(Work.self), reason: "bytes are missing.")
        }
        for index in head.jobs {
            guard ledger.claim() else { return false }
            do {
                let job = load(Work.self, frame.bytes, at: start + index * stride)
                let value = try await job.runBlocking()
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
    private func type(in frame: Frame, at offset: inout Int) throws -> any Job.Type {
        let start = offset
        try WireDecoder().skip(in: frame.bytes, at: &offset)
        let name = frame.bytes[start..<offset]
        if let last, last.name == name { return last.type }
        var again = start
        let reference = try JobMessage.decode(
            TypeReference.self, from: frame.bytes, [], at: &again)
        guard let type = reference.type as? any Job.Type else {
            throw ProcessError.typeNotFound(type: reference.name)
        }
        last = (ArraySlice(Array(name)), type)
        return type
    }

    // MARK: Answers

    /// Leaves an answer in the ledger, or sends it when it does not fit.
    private func answer(_ frame: Frame) {
        let size = frame.bytes.count - Frame.headerSize
        if frame.descriptors.isEmpty, size <= room {
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

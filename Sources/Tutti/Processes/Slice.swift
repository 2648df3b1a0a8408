/// Many jobs of one type in one frame.
enum Slice {
    /// How the jobs and their values are written.
    enum Form: UInt32 {
        /// As the wire has all values.
        case coded = 0
        /// As they lie in memory, one after the other.
        case packed = 1
    }

    /// What stands in front of the type.
    struct Head {
        static let size = 12

        /// The first job that is to run, and the one behind the last.
        let jobs: Range<Int>
        let form: Form

        /// Reads it from a frame; nil when it is none.
        init?(_ frame: Frame) {
            guard frame.bytes.count >= Frame.headerSize + Self.size else { return nil }
            let numbers = frame.bytes.withUnsafeBytes { bytes in
                (0..<3).map {
                    UInt32(
                        littleEndian: bytes.loadUnaligned(
                            fromByteOffset: Frame.headerSize + $0 * 4, as: UInt32.self))
                }
            }
            guard numbers[0] <= numbers[1], let form = Form(rawValue: numbers[2]) else {
                return nil
            }
            jobs = Int(numbers[0])..<Int(numbers[1])
            self.form = form
        }
    }

    /// The same frame for some of its jobs.
    static func frame(_ frame: Frame, for jobs: Range<Int>) -> Frame {
        var frame = frame
        frame.patch(UInt32(jobs.lowerBound), at: Frame.headerSize)
        frame.patch(UInt32(jobs.upperBound), at: Frame.headerSize + 4)
        return frame
    }

    /// With so many bytes a slice takes no further job.
    static let enough = 256 << 10
    /// Nor with so many descriptors: a frame cannot have very many.
    static let enoughDescriptors = 32

    /// Jobs in a frame, and why there are no more.
    struct Written {
        var frame: Frame
        var count = 0
        /// Why the job behind the last could not be written.
        var failure: (any Error)?
    }

    /// Writes jobs until there are enough or no more, or until one cannot be written.
    static func coded<Work: Job>(
        _ reference: [UInt8], most: Int, next: () throws -> Work?
    ) throws -> Written {
        let writer = WireWriter()
        writer.append(repeatElement(0, count: Frame.headerSize + Head.size))
        writer.append(reference)
        var count = 0
        var failure: (any Error)?
        while failure == nil, count < most,
            writer.bytes.count + writer.attachments.arrayBytes < enough,
            writer.attachments.descriptors.count < enoughDescriptors, let job = try next()
        {
            do {
                try writer.write(job)
                count += 1
            } catch {
                failure = JobMessage.notEncodable(Work.self, error)
            }
        }
        var frame = try Frame(.slice, whole: writer.takeBytes())
        frame.attach(writer.attachments)
        frame.patch(UInt32(count), at: Frame.headerSize + 4)
        return Written(frame: frame, count: count, failure: failure)
    }

    /// Copies the memory of jobs that are nothing but their memory.
    static func packed<Work: Job & PackedValue>(
        _ reference: [UInt8], _ jobs: some Sequence<Work>
    ) throws -> Frame {
        var count = 0
        var frame = try JobMessage.encode(.slice, Work.self) { _, bytes, _ in
            bytes += [UInt8](repeating: 0, count: Head.size)
            bytes += reference
            for job in jobs {
                withUnsafeBytes(of: job) { bytes += $0 }
                count += 1
            }
        }
        frame.patch(UInt32(count), at: Frame.headerSize + 4)
        frame.patch(Form.packed.rawValue, at: Frame.headerSize + 8)
        return frame
    }
}

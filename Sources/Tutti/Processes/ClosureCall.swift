internal import CTutti

/// A call of a closure that captures nothing, as another process of the same executable can make it.
///
/// Such a closure is a place in the code, and the same place in every process of one build.
struct ClosureCall<Input: Codable & Sendable, Output: Codable & Sendable>: Job {
    typealias Body = @Sendable (Input) async throws -> Output

    let place: CodePlace
    let input: Input

    func run() async throws -> Output {
        // Safety: the place was taken from a closure of this very type in the same build, and lies
        // in an image of this process.
        let box = unsafeBitCast(Closure(code: try place.address), to: Box.self)
        return try await box.body(input)
    }

    /// A closure as a value, in the form that it has where its type is generic.
    private struct Box {
        let body: Body
    }

    /// Where a closure is.
    ///
    /// - Throws: ``ProcessError/capturingClosure`` when it captures anything.
    static func place(of body: @escaping Body) throws(ProcessError) -> CodePlace {
        // Safety: a closure is two words; they are only looked at.
        try unsafeBitCast(Box(body: body), to: Closure.self).place
    }
}

extension ClosureCall: BitwiseCopyable where Input: BitwiseCopyable {}
extension ClosureCall: PackedValue where Input: PackedValue {}

/// A call of a closure that takes nothing and captures nothing.
struct PlainClosureCall<Output: Codable & Sendable>: Job {
    typealias Body = @Sendable () async throws -> Output

    let place: CodePlace

    func run() async throws -> Output {
        // Safety: as in `ClosureCall`.
        let box = unsafeBitCast(Closure(code: try place.address), to: Box.self)
        return try await box.body()
    }

    private struct Box {
        let body: Body
    }

    /// Where a closure is.
    ///
    /// - Throws: ``ProcessError/capturingClosure`` when it captures anything.
    static func place(of body: @escaping Body) throws(ProcessError) -> CodePlace {
        // Safety: as in `ClosureCall`.
        try unsafeBitCast(Box(body: body), to: Closure.self).place
    }
}

/// What a closure is made of.
private struct Closure {
    /// Where its code is, or is described.
    let code: UInt
    /// What it captured.
    var context: UInt = 0

    var place: CodePlace {
        get throws(ProcessError) {
            guard context == 0, let place = CodePlace(code) else { throw .capturingClosure }
            return place
        }
    }
}

/// A place in an image of this executable, the same in all its processes.
struct CodePlace: Codable, Hashable, BitwiseCopyable {
    /// A number made of the image's name: the name itself would not fit in memory of a fixed size.
    private let image: UInt64
    private let offset: UInt

    /// Finds the image that holds an address; nil when none does.
    init?(_ address: UInt) {
        var name: UnsafePointer<CChar>?
        var base: UInt = 0
        guard tutti_image_holding(UnsafeRawPointer(bitPattern: address), &name, &base) != 0,
            let name
        else { return nil }
        image = tutti_image_number(name)
        offset = address - base
    }

    /// Where it is in this process.
    ///
    /// - Throws: ``ProcessError/typeNotFound(type:)`` when the image is not loaded.
    var address: UInt {
        get throws(ProcessError) {
            if let known = Self.known.withLock({ $0[self] }) { return known }
            var base: UInt = 0
            guard tutti_image_numbered(image, &base) != 0 else {
                throw .typeNotFound(type: "a closure in a library that is not loaded")
            }
            let address = base + offset
            Self.known.withLock { $0[self] = address }
            return address
        }
    }

    /// To look at all images takes longer than a call.
    private static let known = Locked<[CodePlace: UInt]>([:])
}

extension ProcessPool {
    /// Calls a closure in a worker.
    ///
    /// ```swift
    /// let answer = try await pool.run { try decodeSomethingThatMayTrap() }
    /// ```
    ///
    /// The closure must capture nothing, since its worker is another process; what it needs is given
    /// as the input of `run` with an input, or as the properties of a `Job`.
    ///
    /// - Throws: ``ProcessError/capturingClosure`` when it captures anything; else as `run(_:)` with
    ///   a job.
    public func run<Output: Codable & Sendable>(
        _ body: @escaping @Sendable () async throws -> Output
    ) async throws -> Output {
        try await run(PlainClosureCall(place: PlainClosureCall.place(of: body)))
    }

    /// Calls a closure with an input in a worker.
    ///
    /// ```swift
    /// let size = try await pool.run(path) { try measure($0) }
    /// ```
    ///
    /// - Throws: ``ProcessError/capturingClosure`` when the closure captures anything; else as
    ///   `run(_:)` with a job.
    public func run<Input: Codable & Sendable, Output: Codable & Sendable>(
        _ input: Input, _ body: @escaping @Sendable (Input) async throws -> Output
    ) async throws -> Output {
        try await run(ClosureCall(place: ClosureCall.place(of: body), input: input))
    }

    /// Calls a closure with many inputs, in slices, and returns the values in the order of the inputs.
    ///
    /// ```swift
    /// let roots = try await pool.map(numbers) { $0.squareRoot() }
    /// ```
    ///
    /// - Throws: ``ProcessError/capturingClosure`` when the closure captures anything; else as
    ///   `map` with jobs.
    /// - Returns: as many values as there are inputs.
    public func map<Input: Codable & Sendable, Output: Codable & Sendable>(
        _ inputs: some Sequence<Input>, _ body: @escaping @Sendable (Input) async throws -> Output
    ) async throws -> [Output] {
        let place = try ClosureCall.place(of: body)
        return try await map(inputs.map { ClosureCall(place: place, input: $0) })
    }

    /// Calls a closure with inputs that are nothing but their memory, for values that are so too.
    ///
    /// As the other form, and many times faster for tiny calls: see `map`.
    ///
    /// - Throws: as the other form.
    /// - Returns: as many values as there are inputs.
    public func map<Input: PackedValue, Output: PackedValue>(
        _ inputs: some Sequence<Input>, _ body: @escaping @Sendable (Input) async throws -> Output
    ) async throws -> [Output] {
        let place = try ClosureCall.place(of: body)
        return try await map(inputs.map { ClosureCall(place: place, input: $0) })
    }
}

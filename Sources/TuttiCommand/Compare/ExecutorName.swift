import ArgumentParser

/// The places that `tutti compare` can run the work on.
enum ExecutorName: String, CaseIterable, Codable, Sendable {
    case inOrder = "in-order"
    case eventLoop = "event-loop"
    case threads
    case cores
    case processes
    case loopAndCores = "loop+cores"

    /// Seconds that a batch should take here, to show how much time is left; only a guess.
    func expectedSeconds(jobs: Int, waiting: Double, computing: Double, cores: Int) -> Double {
        let jobs = Double(jobs)
        let cores = Double(cores)
        return switch self {
        case .inOrder: jobs * (waiting + computing)
        case .eventLoop: waiting + jobs * computing
        case .threads: 2 * waiting + jobs * computing / cores
        case .loopAndCores: waiting + jobs * computing / cores
        case .cores, .processes: jobs * (waiting + computing) / cores
        }
    }
}

/// The work that `tutti compare` knows.
enum WorkloadName: String, CaseIterable, Codable, Sendable {
    case urls
    case frames
    case mixed

    /// How many jobs unless the user says otherwise.
    var defaultCount: Int {
        switch self {
        case .urls: 200
        case .frames: 96
        case .mixed: 100
        }
    }

    var waits: Bool { self != .frames }

    /// What a job is called.
    func jobName(_ number: Int) -> String {
        switch self {
        case .urls, .mixed: "text \(number)"
        case .frames: "frame \(number)"
        }
    }

    /// What the work is, in words.
    func caption(count: Int, delay: Int) -> String {
        switch self {
        case .urls: "\(count) URLs, each answering after \(delay) ms"
        case .frames: "\(count) frames of a path-traced scene"
        case .mixed: "\(count) URLs, \(delay) ms of waiting and some 20 ms of computing each"
        }
    }

    /// Seconds of computing in one job, about, for the guess of the time left.
    var expectedComputing: Double {
        switch self {
        case .urls: 0.0002
        case .frames: 0.032
        case .mixed: 0.02
        }
    }
}

/// Reads the names that the user gave; commas separate as well as spaces.
func names<Name: RawRepresentable & CaseIterable & Hashable>(
    _ words: [String], what: String, of type: Name.Type
) throws -> [Name] where Name.RawValue == String {
    let words = words.flatMap { $0.split(separator: ",").map(String.init) }
    guard !words.isEmpty else { return Array(Name.allCases) }
    var names: [Name] = []
    for word in words {
        guard let name = Name(rawValue: word) else {
            let known = Name.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("There is no \(what) called '\(word)'. Choose from: \(known).")
        }
        if !names.contains(name) { names.append(name) }
    }
    return names
}

import Glibc
import TuttiDiagnosis

/// A recording from a file that an option names.
enum OpenedRecording {
    /// Reads the whole file.
    static func read(_ path: String, option: String) throws -> Recording {
        guard let file = fopen(path, "re") else {
            throw Failure(sentence: "\(option) \(path): \(String(cString: strerror(errno))).")
        }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = fread(&chunk, 1, chunk.count, file)
            guard count > 0 else { break }
            bytes += chunk[..<count]
        }
        do {
            return try SavedRecording.read(bytes)
        } catch {
            throw Failure(sentence: "\(option) \(path): \(error)")
        }
    }
}

import Glibc
import Scenes
import Tutti

/// A folder of rendered frames: `frame-0000.ppm`, …, and `frames.mp4`.
struct FrameFiles: Sendable {
    let folder: String

    /// Makes the folder where it is missing, and finds out whether files can be written there.
    func prepare() throws {
        if mkdir(folder, 0o777) != 0, errno != EEXIST {
            throw SystemError("mkdir", subject: folder)
        }
        guard access(folder, W_OK | X_OK) == 0 else { throw SystemError("access", subject: folder) }
    }

    func write(_ frames: [Frame]) throws {
        for (number, frame) in frames.enumerated() {
            let digits = String(number)
            let name = String(repeating: "0", count: max(0, 4 - digits.count)) + digits
            try writeFile("\(folder)/frame-\(name).ppm", frame.image.ppm())
        }
    }

    /// Makes a film of the frames.
    ///
    /// - Returns: a sentence on what became of it.
    func makeFilm() async -> String {
        let film = "\(folder)/frames.mp4"
        // Dimensions must be even for this pixel format, which every player knows.
        let arguments = [
            "ffmpeg", "-y", "-loglevel", "error", "-framerate", "24",
            "-i", "\(folder)/frame-%04d.ppm",
            "-vf", "scale=trunc(iw/2)*2:trunc(ih/2)*2", "-pix_fmt", "yuv420p", film,
        ]
        let ending = await ThreadPool.shared.run { runProgram(arguments) }
        return switch ending {
        case .success(0): "Frames are in \(folder), and as a film in \(film)."
        case .success:
            "Frames are in \(folder); ffmpeg could not make a film of them (see above)."
        case .failure(let error) where error.code == ENOENT:
            """
            Frames are in \(folder). For a film of them install ffmpeg \
            (Debian: apt-get install ffmpeg) and run this again.
            """
        case .failure(let error):
            "Frames are in \(folder); ffmpeg could not be started (\(error))."
        }
    }
}

/// Runs a program found in PATH and waits for it; its output goes where ours goes.
///
/// - Returns: its wait status, 0 for success; or why it could not be started, such as `ENOENT`.
private func runProgram(_ arguments: [String]) -> Result<Int32, SystemError> {
    var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var process = pid_t()
    let result = posix_spawnp(&process, arguments[0], nil, nil, &words, environ)
    guard result == 0 else {
        return .failure(SystemError("posix_spawn", code: result, subject: arguments[0]))
    }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 {
        guard errno == EINTR else {
            return .failure(SystemError("waitpid", subject: arguments[0]))
        }
    }
    return .success(status)
}

/// Writes a whole file; one that was there is replaced.
func writeFile(_ path: String, _ bytes: [UInt8]) throws(SystemError) {
    guard let file = fopen(path, "we") else { throw SystemError("open", subject: path) }
    let written = fwrite(bytes, 1, bytes.count, file)
    let failure: SystemError? =
        written == bytes.count ? nil : SystemError("write", subject: path)
    let closed = fclose(file)
    if let failure { throw failure }
    if closed != 0 { throw SystemError("close", subject: path) }
}

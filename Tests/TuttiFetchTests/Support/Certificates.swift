import Foundation
import NIOSSL
import Testing

@testable import TuttiFetch

/// Certificates made by the program `openssl` for one test.
final class Certificates: Sendable {
    private let folder: Workplace
    /// The certificate is its own authority.
    var authority: String { folder.path + "/certificate.pem" }

    /// Whether the program is here; without it what needs it is skipped.
    static let canBeMade = (try? run(["version"])) == 0

    /// Makes a certificate with these alternative names, `DNS:localhost,IP:127.0.0.1`.
    init(names: String) throws {
        folder = try Workplace()
        let status = try Self.run([
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
            "-keyout", folder.path + "/key.pem", "-out", folder.path + "/certificate.pem", "-days",
            "2", "-subj", "/CN=test", "-addext", "subjectAltName=\(names)",
        ])
        try #require(status == 0)
    }

    /// For a server that has the certificate.
    func serverContext() throws -> NIOSSLContext {
        try NIOSSLContext(
            configuration: .makeServerConfiguration(
                certificateChain: NIOSSLCertificate.fromPEMFile(authority).map { .certificate($0) },
                privateKey: .privateKey(.init(file: folder.path + "/key.pem", format: .pem))))
    }

    private static func run(_ arguments: [String]) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["openssl"] + arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }
}

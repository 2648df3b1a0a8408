internal import NIOSSL

/// What connections are secured with, made when the first one needs it.
///
/// The system's authorities are a large file, which plain requests need not wait for.
// Safety: made by one thread, then used on the loop's thread alone.
final class Security: @unchecked Sendable {
    private let trust: FetchConfiguration.Trust
    private var made: NIOSSLContext?

    init(_ configuration: FetchConfiguration) {
        trust = configuration.trust
    }

    /// The context that all connections share.
    func context() throws(FetchError) -> NIOSSLContext {
        if let made { return made }
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.minimumTLSVersion = .tlsv12
        switch trust {
        case .system: break
        case .authorities(let path): tls.trustRoots = .file(path)
        case .anyone: tls.certificateVerification = .none
        }
        do {
            let context = try NIOSSLContext(configuration: tls)
            made = context
            return context
        } catch {
            if case .authorities(let path) = trust {
                throw .invalidConfiguration(
                    reason: "'\(path)' cannot be read as a PEM file of certificates")
            }
            throw .invalidConfiguration(reason: "TLS cannot be set up: \(error)")
        }
    }
}

internal import Glibc
internal import NIOCore
internal import NIOExtras
internal import NIOHTTP1
internal import NIOHTTPCompression
internal import NIOPosix
internal import NIOSSL
internal import Tutti

/// Says in our words what NIO and its handlers report.
enum TransportError {
    /// While a connection is made.
    static func connecting(_ error: any Error, to origin: Origin, within limit: Duration?)
        -> FetchError
    {
        switch error {
        case let error as FetchError: return error
        case let error as NIOConnectionError:
            guard let first = error.connectionErrors.first else {
                return .cannotConnect(host: error.host, port: error.port, reason: "\(error)")
            }
            return connecting(first.error, to: origin, within: limit)
        case ChannelError.connectTimeout(let amount):
            return .timedOut(.connect, after: limit ?? .nanoseconds(amount.nanoseconds))
        case let error as IOError:
            return .cannotConnect(
                host: origin.host, port: origin.port,
                reason: "\(String(cString: strerror(error.errnoCode)))")
        case let error as NIOHTTP1ProxyConnectHandler.Error:
            return .proxy(reason: proxyReason(error))
        case let error where isTLS(error):
            return .notSecure(host: origin.host, reason: secureReason(error))
        default:
            return .cannotConnect(host: origin.host, port: origin.port, reason: "\(error)")
        }
    }

    /// While an answer is awaited or comes.
    static func receiving(_ error: any Error, from origin: Origin, bytes: Int) -> FetchError {
        switch error {
        case let error as FetchError: error
        case HTTPParserError.invalidEOFState: .cutShort(receivedBytes: bytes)
        case NIOSSLError.uncleanShutdown: .cutShort(receivedBytes: bytes)
        case let error as HTTPParserError: .malformed(reason: "\(error)")
        case let error as IOError:
            .connectionLost(
                reason: String(cString: strerror(error.errnoCode)), receivedBytes: bytes)
        case ChannelError.inputClosed, ChannelError.outputClosed, ChannelError.ioOnClosedChannel,
            ChannelError.alreadyClosed:
            .cutShort(receivedBytes: bytes)
        case NIOHTTPDecompression.DecompressionError.limit:
            .cannotUnpack(
                reason: "it grows to more than \(PipelineParts.largestRatio) times its size")
        case let error as NIOHTTPDecompression.DecompressionError:
            .cannotUnpack(reason: "it is damaged (\(error))")
        case let error as NIOHTTPDecompression.ExtraDecompressionError:
            .cannotUnpack(reason: "it is damaged (\(error))")
        case let error where isTLS(error):
            .notSecure(host: origin.host, reason: secureReason(error))
        default: .malformed(reason: "\(error)")
        }
    }

    private static func isTLS(_ error: any Error) -> Bool {
        error is NIOSSLError || error is NIOSSLExtraError || error is BoringSSLError
    }

    private static func secureReason(_ error: any Error) -> String {
        switch error {
        case NIOSSLError.unableToValidateCertificate:
            return "its certificate is for another name"
        case let error as NIOSSLExtraError where error == .failedToValidateHostname:
            return "its certificate is for another name"
        case NIOSSLError.handshakeFailed(let cause):
            let text = "\(cause)"
            if text.contains("CERTIFICATE_VERIFY_FAILED") {
                return "no trusted authority vouches for its certificate, or it has expired"
            }
            if text.contains("WRONG_VERSION_NUMBER") || text.contains("HTTP_REQUEST") {
                return "it does not speak TLS on this port"
            }
            return "the handshake failed (\(text))"
        case NIOSSLError.uncleanShutdown: return "it ended the handshake"
        default: return "\(error)"
        }
    }

    private static func proxyReason(_ error: NIOHTTP1ProxyConnectHandler.Error) -> String {
        if error == .proxyAuthenticationRequired() { return "it asks for a user and a password" }
        if error == .httpProxyHandshakeTimeout() { return "it did not answer in time" }
        if error == .remoteConnectionClosed() { return "it closed the connection" }
        return "it refused"
    }
}

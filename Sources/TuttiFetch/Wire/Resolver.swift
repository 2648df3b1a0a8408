internal import Glibc
internal import NIOCore
internal import NIOPosix
internal import Tutti
internal import TuttiNIO

/// Looks up the addresses of hosts, once a minute each.
///
/// getaddrinfo(3) blocks, so it runs on a thread.
// Safety: used on the loop's thread alone.
final class Resolver: @unchecked Sendable {
    private enum Entry {
        case known([SocketAddress], until: UInt64)
        case asked([Signal<[SocketAddress]>])
    }

    private static let keptNanoseconds: UInt64 = 60_000_000_000

    private let loop: TuttiNIO.EventLoop
    private var entries: [String: Entry] = [:]

    init(loop: TuttiNIO.EventLoop) {
        self.loop = loop
    }

    /// Ends the signal with the addresses of a host, port 0: at once when they are known.
    func look(up host: String, for signal: Signal<[SocketAddress]>) {
        switch entries[host] {
        case .known(let addresses, let until) where until > MonotonicClock.nanoseconds:
            signal.end(.success(addresses))
        case .asked(let signals):
            entries[host] = .asked(signals + [signal])
        case .known, nil:
            if let address = try? SocketAddress(ipAddress: host, port: 0) {
                entries[host] = .known([address], until: .max)
                signal.end(.success([address]))
                return
            }
            entries[host] = .asked([signal])
            ask(for: host)
        }
    }

    private func ask(for host: String) {
        // Not a child of the task that waits: it must be able to leave before getaddrinfo returns.
        Task {
            let result = await ThreadPool.shared.run { Self.addresses(of: host) }
            loop.onLoop(else: {}) { self.answered(host, result) }
        }
    }

    private func answered(_ host: String, _ result: Result<[SocketAddress], FetchError>) {
        guard case .asked(let signals) = entries[host] else { return }
        if case .success(let addresses) = result {
            let until = MonotonicClock.nanoseconds + Self.keptNanoseconds
            entries[host] = .known(addresses, until: until)
        } else {
            entries[host] = nil
        }
        for signal in signals { signal.end(result) }
    }

    /// Asks the system; blocks.
    private static func addresses(of host: String) -> Result<[SocketAddress], FetchError> {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_protocol = Int32(IPPROTO_TCP)
        // Leaves out IPv6 where this machine has none, and the other way round.
        hints.ai_flags = AI_ADDRCONFIG
        var list: UnsafeMutablePointer<addrinfo>?
        var code = getaddrinfo(host, nil, &hints, &list)
        if code == EAI_NONAME {
            // A machine without any network still has its own names.
            hints.ai_flags = 0
            code = getaddrinfo(host, nil, &hints, &list)
        }
        guard code == 0 else {
            return .failure(
                .hostNotFound(
                    host: host, reason: String(cString: gai_strerror(code)),
                    isTemporary: code == EAI_AGAIN))
        }
        defer { freeaddrinfo(list) }
        var addresses: [SocketAddress] = []
        var entry = list
        while let info = entry?.pointee {
            entry = info.ai_next
            guard let raw = info.ai_addr else { continue }
            switch info.ai_family {
            case AF_INET:
                raw.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
                    addresses.append(SocketAddress($0.pointee))
                }
            case AF_INET6:
                raw.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) {
                    addresses.append(SocketAddress($0.pointee))
                }
            default: continue
            }
        }
        guard !addresses.isEmpty else {
            return .failure(
                .hostNotFound(host: host, reason: "it has no address", isTemporary: false))
        }
        return .success(addresses)
    }
}

/// Gives NIO the addresses that are known already; it tries them in turn, both families at once.
struct KnownAddresses: NIOPosix.Resolver, Sendable {
    let addresses: [SocketAddress]
    let port: Int
    let loop: any NIOCore.EventLoop

    func initiateAQuery(host: String, port: Int) -> EventLoopFuture<[SocketAddress]> {
        loop.makeSucceededFuture(ours { $0.protocol == .inet })
    }

    func initiateAAAAQuery(host: String, port: Int) -> EventLoopFuture<[SocketAddress]> {
        loop.makeSucceededFuture(ours { $0.protocol == .inet6 })
    }

    func cancelQueries() {}

    private func ours(_ isIncluded: (SocketAddress) -> Bool) -> [SocketAddress] {
        addresses.filter(isIncluded).map {
            var address = $0
            address.port = port
            return address
        }
    }
}

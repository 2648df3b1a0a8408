internal import NIOSSL

/// Checks that a certificate is for the name that was asked for.
///
/// NIOSSL takes a certificate as well whose address is that of the connection, whatever name was asked
/// for: then whoever holds a certificate for an address could answer for any name that leads there. So a
/// certificate with an address must also have the name.
enum ServerIdentity {
    /// Whether a certificate that NIOSSL has accepted is for `host`.
    static func isValid(_ certificate: NIOSSLCertificate, for host: String) -> Bool {
        var names: [String] = []
        var hasAddress = false
        for name in certificate._subjectAlternativeNames() {
            switch name.nameType {
            case .dnsName: names.append(String(decoding: name.contents, as: UTF8.self))
            case .ipAddress: hasAddress = true
            default: continue
            }
        }
        return !hasAddress || names.contains { matches($0, host) }
    }

    /// Whether a name of a certificate, perhaps with `*` as its first label, is that of the host.
    ///
    /// Source: RFC 6125, section 6.4.3.
    static func matches(_ name: String, _ host: String) -> Bool {
        let name = name.lowercased()
        guard name.hasPrefix("*.") else { return name == host }
        guard let dot = host.firstIndex(of: "."), dot > host.startIndex else { return false }
        return host[dot...] == name.dropFirst()
    }
}

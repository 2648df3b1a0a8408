internal import Glibc

/// A time as HTTP writes it: `Sun, 06 Nov 1994 08:49:37 GMT`.
///
/// Source: RFC 9110, section 5.6.7; the one form that servers may send today.
enum HTTPDate {
    private static var format: String { "%a, %d %b %Y %H:%M:%S GMT" }

    /// Reads a time, in seconds since 1970; nil when it is none.
    static func seconds(from text: String) -> Int? {
        var parts = tm()
        guard let end = strptime(text, format, &parts), end.pointee == 0 else { return nil }
        return timegm(&parts)
    }

    /// Writes a time.
    static func text(seconds: Int) -> String {
        var time = time_t(seconds)
        var parts = tm()
        gmtime_r(&time, &parts)
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 64) { buffer in
            let count = strftime(buffer.baseAddress, buffer.count, format, &parts)
            return String(
                decoding: UnsafeRawBufferPointer(buffer).prefix(count), as: UTF8.self)
        }
    }

    /// How long a `Retry-After` asks to wait: seconds, or until a time.
    static func wait(retryAfter text: String, now: Int) -> Duration? {
        if let seconds = Int(text) { return seconds < 0 ? nil : .seconds(min(seconds, 1 << 31)) }
        return seconds(from: text).map { .seconds(max(0, $0 - now)) }
    }
}

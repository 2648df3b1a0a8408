internal import Glibc

/// Numbers as people read them.
enum Figure {
    /// Three digits with a unit: `1.97 s`, `76 ms`, `1.3 µs`.
    static func seconds(_ seconds: Double) -> String {
        switch abs(seconds) {
        case 0: "0 s"
        case ..<1e-6: "\(plain(seconds * 1e9)) ns"
        case ..<0.999_5e-3: "\(plain(seconds * 1e6)) µs"
        case ..<0.999_5: "\(plain(seconds * 1e3)) ms"
        case ..<120: "\(fixed(seconds, places: seconds < 10 ? 2 : 1)) s"
        default: "\(Int(seconds) / 60) min \(Int(seconds) % 60) s"
        }
    }

    /// A share of 1 as `38 %`; small ones as `0.7 %`.
    static func percent(_ share: Double) -> String {
        let percent = share * 100
        return "\(percent > 0 && percent < 9.95 ? plain(percent) : fixed(percent, places: 0)) %"
    }

    /// One place after the point below 10, none above; no zero there.
    static func plain(_ number: Double) -> String {
        let text = fixed(number, places: abs(number) < 9.95 ? 1 : 0)
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }

    /// With a fixed number of places after the point.
    static func fixed(_ number: Double, places: Int) -> String {
        guard number.isFinite else { return "0" }
        let scale = places == 0 ? 1 : places == 1 ? 10 : places == 2 ? 100 : 1000
        let whole = Int((abs(number) * Double(scale)).rounded())
        let sign = number < 0 && whole > 0 ? "-" : ""
        guard places > 0 else { return "\(sign)\(whole)" }
        let digits = String(whole % scale)
        let zeros = String(repeating: "0", count: String(scale).count - 1 - digits.count)
        return "\(sign)\(whole / scale).\(zeros)\(digits)"
    }
}

/// Numbers as people read them: three digits that count, never more than three decimals.
enum Figure {
    /// `10.1`, `3.00`, `0.090`, `112`; `–` for what is no finite number.
    static func rounded(_ value: Double) -> String {
        let size = value.magnitude
        let decimals = size < 0.9995 ? 3 : size < 9.995 ? 2 : size < 99.95 ? 1 : 0
        return fixed(value, decimals: decimals)
    }

    /// The same without zeros at the end of a fraction, for sentences: `0.09`, `3`.
    static func short(_ value: Double) -> String {
        var text = rounded(value)
        guard text.contains(".") else { return text }
        while text.last == "0" { text.removeLast() }
        if text.last == "." { text.removeLast() }
        return text
    }

    /// `10.1 s`, for sentences.
    static func seconds(_ value: Double) -> String {
        value > 0 && value < 0.0005 ? "less than 0.001 s" : short(value) + " s"
    }

    /// `112×`, `1.94×`, `–` where there is nothing to compare with.
    static func times(_ value: Double?) -> String {
        guard let value, value.isFinite else { return "–" }
        // 1.00×, not 0.997×: below 1 a third decimal is noise.
        return (value.magnitude < 9.995 ? fixed(value, decimals: 2) : rounded(value)) + "×"
    }

    /// `99 %`.
    static func percent(_ share: Double) -> String {
        share > 0 && share < 0.005 ? "less than 1 %" : fixed(share * 100, decimals: 0) + " %"
    }

    /// `7`, `12.3k`, `1.23M`.
    static func count(_ value: Int) -> String {
        switch value {
        case ..<10_000: "\(value)"
        case ..<999_500: rounded(Double(value) / 1e3) + "k"
        default: rounded(Double(value) / 1e6) + "M"
        }
    }

    /// A number with so many decimals; `–` for what is no finite number.
    static func fixed(_ value: Double, decimals: Int) -> String {
        var unit = 1
        for _ in 0..<decimals { unit *= 10 }
        let scaled = (value.magnitude * Double(unit)).rounded()
        guard scaled < 1e15 else { return value.isFinite ? "\(value)" : "–" }
        let digits = Int(scaled)
        let sign = value < 0 && digits > 0 ? "-" : ""
        guard decimals > 0 else { return "\(sign)\(digits)" }
        let fraction = String(digits % unit)
        let zeros = String(repeating: "0", count: decimals - fraction.count)
        return "\(sign)\(digits / unit).\(zeros)\(fraction)"
    }
}

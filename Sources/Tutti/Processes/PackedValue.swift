/// A value that is nothing but its memory, so that another process of the same executable can have
/// it as a copy of its bytes.
///
/// ```swift
/// struct Square: Job, PackedValue {
///     let number: Int
///     func run() -> Int { number * number }
/// }
/// ```
///
/// A marker, to be given on purpose: neither `encode(to:)` nor `init(from:)` is called for such a
/// value where `run` and `map` of a `ProcessPool` send it, and a pointer, a descriptor or an index in some table
/// would be the sender's. Numbers have it.
public protocol PackedValue: BitwiseCopyable, Codable, Sendable {}

extension Int: PackedValue {}
extension Int8: PackedValue {}
extension Int16: PackedValue {}
extension Int32: PackedValue {}
extension Int64: PackedValue {}
extension Int128: PackedValue {}
extension UInt: PackedValue {}
extension UInt8: PackedValue {}
extension UInt16: PackedValue {}
extension UInt32: PackedValue {}
extension UInt64: PackedValue {}
extension UInt128: PackedValue {}
extension Float: PackedValue {}
extension Double: PackedValue {}
extension Bool: PackedValue {}

import Foundation

@testable import Tutti

/// A type whose values are mutated and decoded.
struct FuzzSubject: Sendable {
    let name: String
    /// A valid value, encoded.
    let bytes: [UInt8]
    let decode: @Sendable ([UInt8]) throws -> Void

    private init<Value: Codable & Sendable>(_ value: Value) throws {
        var bytes: [UInt8] = []
        var attachments = WireAttachments()
        try WireEncoder().encode(value, to: &bytes, with: &attachments)
        name = "\(Value.self)"
        self.bytes = bytes
        decode = { [attachments] in
            _ = try WireDecoder(attachments: attachments).decode(Value.self, from: $0)
        }
    }

    /// Every way to write and to read that the wire has.
    static func all() throws -> [FuzzSubject] {
        [
            try .init(-5), try .init(UInt8(200)), try .init(Int128.min), try .init(UInt128.max),
            try .init(1.5), try .init(Float.infinity), try .init(true), try .init("Größe 🎻"),
            try .init([UInt8](0..<40)), try .init(Data([1, 2, 3])),
            try .init([Float](repeating: 1, count: 9)),
            try .init([1, -1, .max]), try .init([UInt16]()), try .init([Int128(1), 2]),
            try .init(["a", nil, "c"] as [String?]), try .init([[1], [], [2, 3]]),
            try .init([true, false]), try .init([Int?](repeating: nil, count: 3)),
            try .init(["key": [UInt16(3)], "": []]), try .init([1: "a", -2: "b"]),
            try .init(Set(["x", "y", "z"])), try .init(1..<5), try .init(Duration.seconds(3)),
            try .init([String(repeating: "k", count: 300): 1.0]),
            try .init(FuzzTree.deep(40)), try .init(FuzzShape.all), try .init(FuzzRecord()),
            try .init(FuzzChild()), try .init(FuzzLists()), try .init(FuzzOptional()),
            try .init(SharedArray<Int32>(0..<100).slices(count: 3)),
            try .init(JobMessage.Hello(version: 1, build: "abc")),
            try .init(TypeReference(Sum.self)),
            try .init(RemoteError(type: "Module.Type", message: "text")),
            try .init([[UInt16](repeating: 1, count: WireArrayHead.least / 2), [2]]),
        ]
    }
}

private indirect enum FuzzTree: Codable {
    case leaf
    case branch([FuzzTree], label: String?)

    static func deep(_ depth: Int) -> FuzzTree {
        depth == 0 ? .leaf : .branch([.leaf, deep(depth - 1)], label: depth % 2 == 0 ? nil : "b")
    }
}

private enum FuzzShape: Codable {
    case point
    case circle(radius: Double)
    case polygon([Int16], closed: Bool)

    static let all: [FuzzShape] = [.point, .circle(radius: 2), .polygon([1, 2], closed: true)]
}

private struct FuzzNothing: Codable {}

private struct FuzzRecord: Codable {
    var flag = true
    var count = 7
    var small: Int8 = -7
    var text = "tutti"
    var floats: [Float] = [1, 2]
    var list: [String?] = ["a", nil]
    var table = ["k": [UInt16(3)]]
    var shape = FuzzShape.circle(radius: 1)
    var wide: Int128 = 5
    var nothing = FuzzNothing()
    var nothings = [FuzzNothing(), FuzzNothing()]
}

private struct FuzzOptional: Codable {
    var there: Int? = 5
    var missing: String?
    var deep: [[Double?]?]? = [[1, nil], nil]
}

private class FuzzParent: Codable, @unchecked Sendable {
    var legs = 4
}

private final class FuzzChild: FuzzParent, @unchecked Sendable {
    private enum Key: CodingKey { case name }
    private let name: String

    init(name: String = "Rex") {
        self.name = name
        super.init()
    }

    required init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        name = try container.decode(String.self, forKey: .name)
        try super.init(from: container.superDecoder())
    }

    override func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(name, forKey: .name)
        try super.encode(to: container.superEncoder())
    }
}

/// Asks for every kind of nested container, and for what may not be there.
private struct FuzzLists: Codable {
    private enum Key: CodingKey { case list, record, other }

    init() {}

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        _ = container.allKeys
        _ = container.contains(.other)
        _ = try container.decodeIfPresent(Int.self, forKey: .other)
        let record = try container.nestedContainer(keyedBy: WireKey.self, forKey: .record)
        for key in record.allKeys where try !record.decodeNil(forKey: key) {
            _ = try record.decode(Double.self, forKey: key)
        }
        var list = try container.nestedUnkeyedContainer(forKey: .list)
        while !list.isAtEnd {
            if try list.decodeNil() { continue }
            var inner = try list.nestedUnkeyedContainer()
            while !inner.isAtEnd {
                if (try? inner.decode(Int.self)) != nil { continue }
                if (try? inner.decode(String.self)) != nil { continue }
                let last = try inner.nestedContainer(keyedBy: WireKey.self)
                _ = try last.decode(Bool.self, forKey: WireKey(stringValue: "last"))
            }
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        var list = container.nestedUnkeyedContainer(forKey: .list)
        var record = container.nestedContainer(keyedBy: WireKey.self, forKey: .record)
        try record.encode(1.5, forKey: WireKey(stringValue: "a"))
        try record.encodeNil(forKey: WireKey(stringValue: "b"))
        for number in 0..<3 {
            try list.encodeNil()
            var inner = list.nestedUnkeyedContainer()
            try inner.encode(number)
            try inner.encode("text")
            var last = inner.nestedContainer(keyedBy: WireKey.self)
            try last.encode(true, forKey: WireKey(stringValue: "last"))
        }
    }
}

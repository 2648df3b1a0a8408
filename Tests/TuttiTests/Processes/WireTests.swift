import Foundation
import Testing
import TuttiTesting

@testable import Tutti

@Suite struct WireTests {
    private func encoded(_ value: some Encodable) throws -> [UInt8] {
        var bytes: [UInt8] = []
        try WireEncoder().encode(value, to: &bytes)
        return bytes
    }

    private func expectRoundTrip<Value: Codable & Equatable>(
        _ value: Value, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let bytes = try encoded(value)
        let back = try WireDecoder().decode(Value.self, from: bytes)
        #expect(back == value, sourceLocation: sourceLocation)
    }

    @Test func `numbers, texts and flags come back at their limits`() throws {
        try expectRoundTrip(Int.min)
        try expectRoundTrip(UInt.max)
        try expectRoundTrip(Int8.min)
        try expectRoundTrip(UInt16.max)
        try expectRoundTrip(Int128.min)
        try expectRoundTrip(UInt128.max)
        try expectRoundTrip(Float.leastNonzeroMagnitude)
        try expectRoundTrip(-Double.infinity)
        try expectRoundTrip(true)
        try expectRoundTrip("")
        try expectRoundTrip("Quartett für 4 Geigen 🎻")
        try expectRoundTrip(String(repeating: "ä", count: 100_000))
    }

    @Test func `arrays of numbers come back bit for bit`() throws {
        try expectRoundTrip([UInt8](0...255))
        try expectRoundTrip([Float](repeating: 1.5, count: 1000))
        try expectRoundTrip([Double]())
        try expectRoundTrip([Int.min, 0, Int.max])
        try expectRoundTrip([[Int32]](repeating: [1, 2], count: 3))
        let bytes = try encoded([Double.nan, .signalingNaN])
        let back = try WireDecoder().decode([Double].self, from: bytes)
        #expect(back.map(\.bitPattern) == [Double.nan, .signalingNaN].map(\.bitPattern))
    }

    @Test func `an array of numbers takes its bytes and ten more`() throws {
        #expect(try encoded([Float](repeating: 0, count: 1000)).count == 4010)
    }

    @Test func `data is one copy, there and back`() throws {
        for count in [0, 1, 15, 100_000] {
            let data = Data((0..<count).map { UInt8(truncatingIfNeeded: $0) })
            try expectRoundTrip(data)
            #expect(try encoded(data).count == count + 10)
            try expectRoundTrip([data, data])
            #expect(try WireDecoder().decode([UInt8].self, from: encoded(data)) == Array(data))
            #expect(try WireDecoder().decode(Data.self, from: encoded(Array(data))) == data)
        }
        #expect(try WireDecoder().decode(Data.self, from: encoded([1, 2])) == Data([1, 2]))
    }

    @Test func `bytes may come in a list with other values`() throws {
        try expectRoundTrip(Mixed(head: [], tail: [1, 2, 3]))
        try expectRoundTrip(Mixed(head: ["a"], tail: []))
        try expectRoundTrip([Mixed(head: ["a", "b"], tail: [0, 255]), Mixed(head: [], tail: [])])
    }

    @Test func `optionals, dictionaries, sets and nesting come back`() throws {
        try expectRoundTrip(Int?.none)
        try expectRoundTrip([1, nil, 3] as [Int?])
        try expectRoundTrip(["a": 1, "b": 2])
        try expectRoundTrip([1: "a", -2: "b"])
        try expectRoundTrip([Shape.point: [1.5]])
        try expectRoundTrip(Set(["x", "y"]))
        try expectRoundTrip([[["deep": [1, 2, 3]]], []])
        try expectRoundTrip([String(repeating: "k", count: 300): 1])
    }

    @Test func `enumerations with values, empty structs and ranges come back`() throws {
        try expectRoundTrip(Shape.point)
        try expectRoundTrip(Shape.circle(radius: 2))
        try expectRoundTrip(
            Shape.polygon([Corner(x: 1, y: nil), Corner(x: 2, y: "b")], closed: true))
        try expectRoundTrip(Nothing())
        try expectRoundTrip([Nothing(), Nothing()])
        try expectRoundTrip(1..<5)
        try expectRoundTrip(Duration.milliseconds(3))
    }

    @Test func `a subclass and its superclass come back`() throws {
        let dog = Dog(legs: 4, name: "Rex")
        let back = try WireDecoder().decode(Dog.self, from: encoded(dog))
        #expect(back.legs == 4)
        #expect(back.name == "Rex")
    }

    @Test func `nested containers may be filled in any order`() throws {
        try expectRoundTrip(Interleaved(left: [1, 2], right: ["a": "b"], last: "z"))
        try expectRoundTrip(
            [Interleaved](repeating: .init(left: [], right: [:], last: ""), count: 3))
    }

    @Test func `a number may be read as another type that holds it`() throws {
        #expect(try WireDecoder().decode(UInt8.self, from: encoded(200)) == 200)
        #expect(try WireDecoder().decode([Int].self, from: encoded([1, 2] as [UInt8])) == [1, 2])
        #expect(throws: DecodingError.self) {
            try WireDecoder().decode(UInt8.self, from: encoded(300))
        }
    }

    @Test func `an error names the place`() throws {
        let bytes = try encoded(["list": [["x": 1]]])
        let error = #expect(throws: DecodingError.self) {
            try WireDecoder().decode([String: [[String: String]]].self, from: bytes)
        }
        guard case .typeMismatch(_, let context) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(context.codingPath.map(\.stringValue) == ["list", "0", "x"])
    }

    @Test func `the user's information reaches both sides`() throws {
        var bytes: [UInt8] = []
        try WireEncoder(userInfo: [Informed.key: 7]).encode(Informed(), to: &bytes)
        let back = try WireDecoder(userInfo: [Informed.key: 8]).decode(Informed.self, from: bytes)
        #expect(back.seen == [7, 8])
    }

    @Test func `values that are nested too deep throw on both sides`() throws {
        #expect(throws: EncodingError.self) { try encoded(Chain(length: 1000)) }
        try expectRoundTrip(Chain(length: 100))
        // Lists in lists, each of one value: 9 bytes of head and the next list.
        var bytes = [WireTag.null.rawValue]
        for _ in 0..<5000 {
            let length = UInt32(bytes.count)
            bytes =
                [WireTag.list.rawValue]
                + (0..<4).map { UInt8(truncatingIfNeeded: length >> ($0 * 8)) }
                + [1, 0, 0, 0] + bytes
        }
        #expect(throws: DecodingError.self) { try WireDecoder().decode(Nest.self, from: bytes) }
    }

    @Test func `every prefix of a value throws`() throws {
        let bytes = try encoded(Sample())
        for count in 0..<bytes.count {
            #expect(throws: DecodingError.self) {
                try WireDecoder().decode(Sample.self, from: Array(bytes[..<count]))
            }
        }
        #expect(throws: DecodingError.self) {
            try WireDecoder().decode(Sample.self, from: bytes + [0])
        }
    }

    @Test func `a length that is not there throws before anything is allocated`() {
        let lengths: [UInt8] = .init(repeating: 0xFF, count: 8)
        for tag in [WireTag.string, .list, .record] {
            #expect(throws: DecodingError.self) {
                try WireDecoder().decode([String].self, from: [tag.rawValue] + lengths)
            }
        }
        #expect(throws: DecodingError.self) {
            try WireDecoder().decode(
                [Double].self, from: [WireTag.numbers.rawValue, WireTag.double.rawValue] + lengths)
        }
        #expect(throws: DecodingError.self) {
            try WireDecoder().decode(
                [Bool].self, from: [WireTag.list.rawValue, 0, 0, 0, 0] + lengths[..<4])
        }
    }

    @Test(arguments: 0..<4) func `50 000 mutations of a value never trap`(seed: Int) throws {
        var random = SplitMix64(seed: UInt64(seed))
        let bytes = try encoded(Sample())
        var survivors = 0
        for _ in 0..<50_000 {
            var mutated = bytes
            for _ in 0...Int.random(in: 0..<3, using: &random) {
                let place = Int.random(in: 0..<mutated.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: mutated[place] = UInt8.random(in: 0...255, using: &random)
                case 1: mutated[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
                case 2: mutated.remove(at: place)
                default: mutated.insert([0, 1, 0x7F, 0x80, 0xFF][place % 5], at: place)
                }
            }
            if (try? WireDecoder().decode(Sample.self, from: mutated)) != nil { survivors += 1 }
        }
        // Some changes only make another valid value; most are found.
        #expect(survivors < 25_000)
    }
}

private struct Nothing: Codable, Equatable {}

private struct Corner: Codable, Hashable {
    var x: Double
    var y: String?
}

private enum Shape: Codable, Hashable {
    case point
    case circle(radius: Double)
    case polygon([Corner], closed: Bool)
}

private struct Sample: Codable {
    var flag = true
    var count = 7
    var text = "tutti"
    var floats: [Float] = [1, 2]
    var list: [String?] = ["a", nil]
    var table = ["k": [UInt16(3)]]
    var shape = Shape.circle(radius: 1)
    var wide: Int128 = 5
}

private class Animal: Codable {
    var legs: Int
    init(legs: Int) { self.legs = legs }
}

private final class Dog: Animal {
    var name: String
    private enum Key: CodingKey { case name }

    init(legs: Int, name: String) {
        self.name = name
        super.init(legs: legs)
    }

    required init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        name = try container.decode(String.self, forKey: .name)
        try super.init(from: container.superDecoder())
    }

    override func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try super.encode(to: container.superEncoder())
        try container.encode(name, forKey: .name)
    }
}

private struct Interleaved: Codable, Equatable {
    var left: [Int]
    var right: [String: String]
    var last: String
    private enum Key: CodingKey { case left, right, last }

    init(left: [Int], right: [String: String], last: String) {
        (self.left, self.right, self.last) = (left, right, last)
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        last = try container.decode(String.self, forKey: .last)
        right = try container.decode([String: String].self, forKey: .right)
        var list = try container.nestedUnkeyedContainer(forKey: .left)
        left = []
        while !list.isAtEnd {
            var pair = try list.nestedUnkeyedContainer()
            left.append(try pair.decode(Int.self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        var left = container.nestedUnkeyedContainer(forKey: .left)
        var right = container.nestedContainer(keyedBy: WireKey.self, forKey: .right)
        try container.encode(last, forKey: .last)
        var pairs = self.left.map { _ in left.nestedUnkeyedContainer() }
        for (key, value) in self.right { try right.encode(value, forKey: .init(stringValue: key)) }
        for index in pairs.indices { try pairs[index].encode(self.left[index]) }
    }
}

private struct Informed: Codable {
    static let key = CodingUserInfoKey(rawValue: "number").unsafelyUnwrapped
    var seen: [Int] = []

    init() {}
    init(from decoder: any Decoder) throws {
        seen = [try decoder.singleValueContainer().decode(Int.self)]
        seen.append(decoder.userInfo[Self.key] as? Int ?? 0)
    }
    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(encoder.userInfo[Self.key] as? Int ?? 0)
    }
}

/// Texts and bytes in one list, the bytes in two parts around them.
private struct Mixed: Codable, Equatable {
    var head: [String]
    var tail: [UInt8]

    init(head: [String], tail: [UInt8]) { (self.head, self.tail) = (head, tail) }

    init(from decoder: any Decoder) throws {
        var list = try decoder.unkeyedContainer()
        tail = []
        head = []
        while !list.isAtEnd {
            if let byte = try? list.decode(UInt8.self) {
                tail.append(byte)
            } else {
                head.append(try list.decode(String.self))
            }
        }
    }

    func encode(to encoder: any Encoder) throws {
        var list = encoder.unkeyedContainer()
        let middle = tail.count / 2
        try list.encode(contentsOf: tail[..<middle])
        for text in head { try list.encode(text) }
        try list.encode(contentsOf: tail[middle...])
    }
}

private final class Chain: Codable, Equatable {
    let next: Chain?
    init(length: Int) { next = length == 0 ? nil : Chain(length: length - 1) }
    static func == (left: Chain, right: Chain) -> Bool { left.next == right.next }
}

private struct Nest: Decodable {
    init(from decoder: any Decoder) throws {
        var list = try decoder.unkeyedContainer()
        while !list.isAtEnd { _ = try list.decode(Nest.self) }
    }
}

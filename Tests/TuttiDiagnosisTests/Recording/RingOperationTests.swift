import Testing

@testable import TuttiDiagnosis

/// What the memory of an io_uring tells.
@Suite struct RingOperationTests {
    private static func entry(_ code: UInt8, flags: UInt8 = 0, descriptor: UInt8 = 7) -> [UInt8] {
        [code, flags, 0, 0, descriptor] + [UInt8](repeating: 0, count: 59)
    }

    @Test(
        arguments: [
            (22, RingOperation(.descriptor(7), .read)), (2, RingOperation(.descriptor(7), .write)),
            (3, RingOperation(.disk, .flush)), (11, RingOperation(.time, .other)),
            (18, RingOperation(.disk, .other)), (0, nil), (255, nil),
        ] as [(UInt8, RingOperation?)])
    func `an entry tells its operation`(code: UInt8, operation: RingOperation?) {
        #expect(RingOperation(entry: Self.entry(code)) == operation)
    }

    @Test func `a registered file has no descriptor`() {
        #expect(RingOperation(entry: Self.entry(22, flags: 1)) == RingOperation(.disk, .read))
    }

    @Test func `a piece of an entry is none`() {
        #expect(RingOperation(entry: []) == nil)
        #expect(RingOperation(entry: [22, 0, 0]) == nil)
    }

    private static func facts(_ taken: String, _ ended: String) -> String {
        "pos:\t0\nino:\t4711\nSqMask:\t0x3f\nSqHead:\t\(taken)\nCqHead:\t1\nCqTail:\t\(ended)\n"
    }

    @Test(arguments: [
        ("4", "3", [3]), ("66", "64", [1, 0]), ("1", "4294967295", [0, 63]), ("4", "4", []),
        ("3", "4", []), ("900", "3", []), ("x", "3", []),
    ])
    func `operations under way are those that were taken last`(
        taken: String, ended: String, places: [Int]
    ) {
        #expect(RingOperation.places(Self.facts(taken, ended)) == places)
        #expect(RingOperation.places("").isEmpty)
    }

    @Test func `the entries of a ring are found among the mappings`() {
        let maps = """
            7f00-7f01 rw-s 10000000 00:10 4712                       anon_inode:[io_uring]
            7f02-7f03 rw-s 10000000 00:10 4711                       anon_inode:[io_uring]
            7f04-7f05 rw-s 00000000 00:10 4711                       anon_inode:[io_uring]
            """
        #expect(LiveProcess.entries(of: Self.facts("1", "0"), in: maps) == 0x7f02)
        #expect(LiveProcess.entries(of: Self.facts("1", "0"), in: "") == nil)
        #expect(LiveProcess.entries(of: "", in: maps) == nil)
    }
}

// swift-tools-version: 6.3
import PackageDescription

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

let package = Package(
    name: "benchmarks",
    dependencies: [
        .package(name: "tutti", path: "..", traits: ["ReplacedExecutors"]),
        .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.0"),
    ],
    targets: [
        // The protocol between a program and the driver, the input of every row, its digest.
        .target(name: "RowHarness", swiftSettings: strict),
        // `m` for the slow path of `squareRoot` (negative numbers), which nothing else links.
        .executableTarget(
            name: "parallel-tutti",
            dependencies: ["RowHarness", .product(name: "Tutti", package: "tutti")],
            swiftSettings: strict, linkerSettings: [.linkedLibrary("m")]),
        // Tiny bodies, whose instructions and allocations Valgrind counts.
        .executableTarget(
            name: "parallel-budget",
            dependencies: [
                "RowHarness", "SteppingClock", .product(name: "Tutti", package: "tutti"),
            ],
            swiftSettings: strict, linkerSettings: [.linkedLibrary("m")]),
        // A clock by which each chunk of a loop takes equally long.
        .target(name: "SteppingClock"),
        // The same rows without Tutti: plain loops, Dispatch, task groups.
        .executableTarget(
            name: "parallel-swift", dependencies: ["RowHarness"],
            swiftSettings: strict, linkerSettings: [.linkedLibrary("m")]),
        // Tasks on the event loop, and in Swift's global pool.
        .executableTarget(
            name: "concurrency-tutti",
            dependencies: [
                "RowHarness", .product(name: "Tutti", package: "tutti"),
                .product(name: "TuttiNIO", package: "tutti"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "concurrency-swift", dependencies: ["RowHarness"], swiftSettings: strict),
        // Programs on Tutti at which `tutti diagnose` looks.
        .executableTarget(
            name: "diagnose-tutti",
            dependencies: [
                .product(name: "Tutti", package: "tutti"),
                .product(name: "TuttiNIO", package: "tutti"),
            ],
            swiftSettings: strict),
        // Calls that block, in the thread pool, in Dispatch and in NIO's pool.
        .executableTarget(
            name: "blocking-swift",
            dependencies: [
                "RowHarness", .product(name: "Tutti", package: "tutti"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: strict),
        // Jobs in worker processes, and the same frames on cores.
        .executableTarget(
            name: "processes-tutti",
            dependencies: [
                "BenchmarkScenes", "RowHarness", .product(name: "Tutti", package: "tutti"),
            ],
            swiftSettings: strict),
        // Events of a trace, while somebody traces and while nobody does.
        .executableTarget(
            name: "tracing-tutti",
            dependencies: ["RowHarness", .product(name: "Tutti", package: "tutti")],
            swiftSettings: strict),
        // The frames of `tutti compare`, which are no product of Tutti: a link to their source.
        // `m` for the slow path of `squareRoot` (negative numbers), which nothing else links.
        .target(
            name: "BenchmarkScenes", path: "Sources/Scenes",
            swiftSettings: strict, linkerSettings: [.linkedLibrary("m")]),
    ]
)

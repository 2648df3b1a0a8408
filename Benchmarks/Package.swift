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
    dependencies: [.package(name: "tutti", path: "..")],
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
    ]
)

// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

let package = Package(
    name: "tutti",
    products: [
        .library(name: "Tutti", targets: ["Tutti"]),
    ],
    targets: [
        // What Swift cannot see or say: futex, clone, the hook before `main`.
        .target(name: "CTutti"),
        // The engine. No dependency outside the toolchain.
        .target(
            name: "Tutti", dependencies: ["CTutti"],
            exclude: [
                "Parallelism/Scheduler/Scheduler.md",
                "Processes/Processes.md",
                "Threads/ThreadPool.md",
            ],
            swiftSettings: strict),

        .testTarget(name: "TuttiTests", dependencies: ["CTutti", "Tutti"], swiftSettings: strict),
    ]
)

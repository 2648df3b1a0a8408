// swift-tools-version: 6.3
import PackageDescription

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioLocks = Target.Dependency.product(name: "NIOConcurrencyHelpers", package: "swift-nio")
let nioEmbedded = Target.Dependency.product(name: "NIOEmbedded", package: "swift-nio")
let nioTLS = Target.Dependency.product(name: "NIOTLS", package: "swift-nio")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let nioExtras = Target.Dependency.product(name: "NIOExtras", package: "swift-nio-extras")
let nioCompression = Target.Dependency.product(
    name: "NIOHTTPCompression", package: "swift-nio-extras")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")

let package = Package(
    name: "tutti",
    products: [
        .library(name: "Tutti", targets: ["Tutti"]),
        .library(name: "TuttiNIO", targets: ["TuttiNIO"]),
        .library(name: "TuttiFetch", targets: ["TuttiFetch"]),
        .library(name: "TuttiDiagnosis", targets: ["TuttiDiagnosis"]),
        .library(name: "TuttiTesting", targets: ["TuttiTesting"]),
        .executable(name: "tutti", targets: ["TuttiCommand"]),
    ],
    traits: [
        .trait(
            name: "ReplacedExecutors",
            description: """
                EventLoop.run replaces the executors of the main actor and of all tasks, by an \
                experimental interface of Swift 6.3.
                """)
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl.git", from: "2.37.0"),
        .package(url: "https://github.com/apple/swift-nio-extras.git", from: "1.35.0"),
        .package(url: "https://github.com/apple/swift-crypto.git", "3.12.3"..<"5.0.0"),
    ],
    targets: [
        // What Swift cannot see or say: futex, clone, the hook before `main`.
        .target(name: "CTutti"),
        // The engine. No dependency outside the toolchain.
        .target(
            name: "Tutti", dependencies: ["CTutti"],
            exclude: [
                "Concurrency/LimitFinder/LimitFinder.md",
                "Parallelism/Scheduler/Models",
                "Parallelism/Scheduler/Scheduler.md",
                "Processes/Processes.md",
                "Threads/ThreadPool.md",
                "Tracing/Tracing.md",
            ],
            swiftSettings: strict),
        // Tasks and the I/O of any NIO library on one thread.
        .target(
            name: "TuttiNIO", dependencies: ["CTutti", "Tutti", nioLocks, nioCore, nioPosix],
            exclude: ["EventLoop.md"], swiftSettings: strict),
        // Many URLs at once, on NIO's handlers of HTTP and TLS.
        .target(
            name: "TuttiFetch",
            dependencies: [
                "Tutti", "TuttiNIO", crypto, nioCompression, nioCore, nioExtras, nioHTTP1, nioPosix,
                nioSSL, nioTLS,
            ],
            exclude: ["Fetch.md"], swiftSettings: strict),

        // What a program does with its time: switch records and /proc, without root.
        .target(name: "CDiagnosis"),
        .target(
            name: "TuttiDiagnosis", dependencies: ["CDiagnosis", "Tutti"],
            exclude: ["Recording/Recorder.md"], swiftSettings: strict),

        // A manual clock, a latch and a turn-taker, for tests of concurrent code.
        .target(name: "TuttiTesting", dependencies: ["Tutti"], swiftSettings: strict),

        // The command, and what its comparison works on and reports with.
        .executableTarget(
            name: "TuttiCommand",
            dependencies: [
                "CTutti", "CompareHTTP", "CompareReport", "Scenes", "Tutti", "TuttiDiagnosis",
                "TuttiFetch", "TuttiNIO",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                nioCore,
            ],
            swiftSettings: strict),
        // A server of texts and its clients.
        .target(
            name: "CompareHTTP",
            dependencies: [
                "Tutti", "TuttiNIO", nioCore, nioEmbedded, nioHTTP1, nioLocks, nioPosix,
            ],
            swiftSettings: strict),
        // Frames of a path-traced Cornell box.
        // `m` for the slow path of `squareRoot` (negative numbers), which nothing else links.
        .target(
            name: "Scenes", swiftSettings: strict, linkerSettings: [.linkedLibrary("m")]),
        // Table, sentences, JSON and page.
        .target(
            name: "CompareReport", dependencies: ["TuttiDiagnosis"], swiftSettings: strict,
            linkerSettings: [.linkedLibrary("m")]),

        .testTarget(
            name: "TuttiTests", dependencies: ["CTutti", "Tutti", "TuttiTesting"],
            swiftSettings: strict),
        .testTarget(
            name: "TuttiNIOTests",
            dependencies: ["Tutti", "TuttiNIO", nioCore, nioLocks, nioPosix],
            swiftSettings: strict),
        .testTarget(
            name: "TuttiDiagnosisTests", dependencies: ["PageBrowser", "Tutti", "TuttiDiagnosis"],
            swiftSettings: strict),
        .testTarget(
            name: "TuttiTestingTests", dependencies: ["TuttiTesting"], swiftSettings: strict),
        .testTarget(
            name: "TuttiCommandTests",
            dependencies: [
                "CompareReport", "Tutti", "TuttiCommand", "TuttiDiagnosis", "TuttiFetch",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "CompareHTTPTests",
            dependencies: ["CompareHTTP", "Tutti", "TuttiNIO", nioCore, nioHTTP1, nioPosix],
            swiftSettings: strict),
        .testTarget(
            name: "TuttiFetchTests",
            dependencies: [
                "Tutti", "TuttiCommand", "TuttiFetch", "TuttiNIO", nioCore, nioHTTP1, nioLocks,
                nioPosix, nioSSL,
            ],
            swiftSettings: strict),
        .testTarget(name: "ScenesTests", dependencies: ["Scenes"], swiftSettings: strict),
        .testTarget(
            name: "CompareReportTests",
            dependencies: ["CompareReport", "PageBrowser", "TuttiDiagnosis"],
            swiftSettings: strict),
        // Chromium without a window, for tests of pages.
        .target(name: "PageBrowser", path: "Tests/PageBrowser", swiftSettings: strict),
    ]
)

// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]
/// Storing or returning a span needs this in Swift 6.3; a target that does so says so here.
let lifetimes: [SwiftSetting] = strict + [.enableExperimentalFeature("Lifetimes")]

let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let histogram: Target.Dependency = .product(name: "Histogram", package: "hdrhistogram-swift")

let package = Package(
    name: "hanjiang",
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift", from: "0.2.0"),
    ],
    targets: [
        // 0  C libraries: a module map and one shim header each.
        .systemLibrary(name: "CLibUV", pkgConfig: "libuv", providers: [.apt(["libuv1-dev"])]),
        .systemLibrary(name: "CLMDB", pkgConfig: "lmdb", providers: [.apt(["liblmdb-dev"])]),
        .systemLibrary(name: "COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CXXHash", pkgConfig: "libxxhash", providers: [.apt(["libxxhash-dev"])]),
        .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),

        // 1  Leaves: no Swift module of ours below them.
        .target(name: "ResolutionProtocol", swiftSettings: lifetimes),
        .target(name: "Cryptography", dependencies: ["COpenSSL"], swiftSettings: strict),
        .target(name: "EventLoop", dependencies: ["CLibUV"], swiftSettings: lifetimes),
        .target(name: "NodeConfiguration", swiftSettings: strict),
        .target(name: "Console", swiftSettings: strict),
        .target(name: "RecordFiles", swiftSettings: strict),

        // 2  Decisions: what to answer, how to ask.
        .target(name: "Resolution", dependencies: ["ResolutionProtocol", "Cryptography"], swiftSettings: lifetimes),
        .target(
            name: "ResolutionClient",
            dependencies: ["ResolutionProtocol", "Cryptography", "EventLoop"],
            swiftSettings: lifetimes
        ),

        // 3  Adapters: each knows one outside thing, and none knows another.
        .target(
            name: "Transport",
            dependencies: ["Resolution", "ResolutionProtocol", "EventLoop"],
            swiftSettings: lifetimes
        ),

        // 4  Programs.
        .executableTarget(
            name: "idload",
            dependencies: [
                "ResolutionClient", "ResolutionProtocol", "EventLoop", "Console", "RecordFiles", argumentParser,
                histogram,
            ],
            swiftSettings: lifetimes
        ),
        .executableTarget(name: "echo-server", path: "Tests/EchoServer"),
        .executableTarget(
            name: "hot-path",
            dependencies: ["Resolution", "ResolutionProtocol"],
            path: "Tests/HotPath",
            swiftSettings: strict
        ),

        // Tests, in the order of the layers.
        .target(name: "AllocationCount", path: "Tests/AllocationCount"),
        .target(
            name: "FakeServer",
            dependencies: ["ResolutionProtocol", "Cryptography", "EventLoop"],
            path: "Tests/FakeServer",
            swiftSettings: strict
        ),
        .testTarget(name: "EventLoopTests", dependencies: ["EventLoop", "AllocationCount"], swiftSettings: strict),
        .testTarget(name: "NodeConfigurationTests", dependencies: ["NodeConfiguration"], swiftSettings: strict),
        .testTarget(name: "ConsoleTests", dependencies: ["Console"], swiftSettings: strict),
        .testTarget(name: "RecordFilesTests", dependencies: ["RecordFiles"], swiftSettings: strict),
        .testTarget(
            name: "ResolutionClientTests",
            dependencies: ["ResolutionClient", "ResolutionProtocol", "EventLoop", "FakeServer"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "IdloadTests",
            dependencies: [
                "idload", "ResolutionClient", "ResolutionProtocol", "EventLoop", "Console", "FakeServer",
                argumentParser,
            ],
            swiftSettings: strict
        ),
    ],
    swiftLanguageModes: [.v6]
)

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

let package = Package(
    name: "hanjiang",
    dependencies: [],
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
        .target(name: "Console", swiftSettings: strict),
        .target(name: "NodeConfiguration", swiftSettings: strict),
        .target(name: "RecordFiles", swiftSettings: strict),

        // 4  Programs.
        .executableTarget(
            name: "hot-path",
            dependencies: ["Resolution", "ResolutionProtocol"],
            path: "Tests/HotPath",
            swiftSettings: strict
        ),

        // Tests, in the order of the layers.
        .testTarget(name: "ConsoleTests", dependencies: ["Console"], swiftSettings: strict),
        .testTarget(name: "NodeConfigurationTests", dependencies: ["NodeConfiguration"], swiftSettings: strict),
        .testTarget(name: "RecordFilesTests", dependencies: ["RecordFiles"], swiftSettings: strict),

        // 2  Decisions: what to answer, how to ask.
        .target(name: "Resolution", dependencies: ["ResolutionProtocol", "Cryptography"], swiftSettings: lifetimes),

        // 3  Adapters: each knows one outside thing, and none knows another.
        .target(
            name: "Transport",
            dependencies: ["Resolution", "ResolutionProtocol", "EventLoop"],
            swiftSettings: lifetimes
        ),

        // Tests: libraries of tests first, then the test targets in the order of what they test.
        .target(name: "VectorFiles", path: "Tests/VectorFiles", swiftSettings: strict),
        .testTarget(
            name: "VectorTests",
            dependencies: ["VectorFiles", "ResolutionProtocol", "Cryptography", "Resolution"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "ResolutionProtocolTests",
            dependencies: ["VectorFiles", "ResolutionProtocol"],
            swiftSettings: lifetimes
        ),
        .testTarget(name: "CryptographyTests", dependencies: ["Cryptography"], swiftSettings: strict),
        .testTarget(
            name: "ResolutionTests",
            dependencies: ["Resolution", "ResolutionProtocol", "Cryptography"],
            swiftSettings: lifetimes
        ),
        .target(name: "AllocationCount", path: "Tests/AllocationCount"),
        .testTarget(
            name: "EventLoopTests",
            dependencies: ["EventLoop", "AllocationCount"],
            swiftSettings: strict
        ),
    ],
    swiftLanguageModes: [.v6]
)

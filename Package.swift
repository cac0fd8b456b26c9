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

        // 2  Decisions: what to answer, how to ask.
        .target(name: "Resolution", dependencies: ["ResolutionProtocol", "Cryptography"], swiftSettings: lifetimes),

        // 3  Adapters: each knows one outside thing, and none knows another.
        .target(
            name: "Transport",
            dependencies: ["Resolution", "ResolutionProtocol", "EventLoop"],
            swiftSettings: lifetimes
        ),

        // 4  Programs.
        .executableTarget(
            name: "hot-path",
            dependencies: ["Resolution", "ResolutionProtocol"],
            path: "Tests/HotPath",
            swiftSettings: strict
        ),

        // Tests, in the order of the layers.
        .target(name: "AllocationCount", path: "Tests/AllocationCount"),
        .testTarget(
            name: "EventLoopTests",
            dependencies: ["EventLoop", "AllocationCount"],
            swiftSettings: strict
        ),
        .target(
            name: "TransportSuite",
            dependencies: ["Transport", "Resolution", "ResolutionProtocol", "EventLoop"],
            path: "Tests/TransportSuite",
            swiftSettings: lifetimes
        ),
        .testTarget(
            name: "TransportTests",
            dependencies: [
                "Transport", "TransportSuite", "Resolution", "ResolutionProtocol", "EventLoop", "AllocationCount",
            ],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "transport-bench",
            dependencies: ["CLibUV", "Transport", "TransportSuite", "Resolution", "ResolutionProtocol", "EventLoop"],
            path: "Tests/TransportBench",
            swiftSettings: strict
        ),
    ],
    swiftLanguageModes: [.v6]
)

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
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")

let package = Package(
    name: "hanjiang",
    products: [
        // Loaded before others by tests that let the disk fail.
        .library(name: "WriteRecorder", type: .dynamic, targets: ["WriteRecorder"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift", from: "0.2.0"),
    ],
    targets: [
        // 0  C libraries: a module map and one shim header each.
        .systemLibrary(name: "CLibUV", pkgConfig: "libuv", providers: [.apt(["libuv1-dev"])]),
        .systemLibrary(name: "CLMDB", pkgConfig: "lmdb", providers: [.apt(["liblmdb-dev"])]),
        .systemLibrary(name: "CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"])]),
        .systemLibrary(name: "COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CXXHash", pkgConfig: "libxxhash", providers: [.apt(["libxxhash-dev"])]),
        .systemLibrary(name: "CZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),
        .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),

        // 1  Leaves: no Swift module of ours below them.
        .target(name: "ResolutionProtocol", swiftSettings: lifetimes),
        .target(name: "Cryptography", dependencies: ["COpenSSL"], swiftSettings: strict),
        .target(name: "EventLoop", dependencies: ["CLibUV"], swiftSettings: lifetimes),
        .target(name: "NodeConfiguration", swiftSettings: strict),
        .target(name: "Console", swiftSettings: strict),
        .target(name: "RecordFiles", dependencies: ["CZip", "CExpat"], swiftSettings: strict),

        // 2  Proofs: what both sides of an exchange must make and check alike.
        .target(
            name: "Authentication",
            dependencies: ["ResolutionProtocol", "Cryptography"],
            swiftSettings: lifetimes
        ),

        // 3  Decisions: what to answer, how to ask.
        .target(
            name: "Resolution",
            dependencies: ["Authentication", "ResolutionProtocol", "Cryptography"],
            swiftSettings: lifetimes
        ),
        .target(
            name: "ResolutionClient",
            dependencies: ["Authentication", "ResolutionProtocol", "Cryptography", "EventLoop"],
            swiftSettings: lifetimes
        ),

        // 4  Adapters: each knows one outside thing, and none knows another.
        .target(
            name: "StorageLMDB",
            dependencies: ["Resolution", "ResolutionProtocol", "CLMDB", "CXXHash", "CZstd"],
            swiftSettings: lifetimes
        ),
        .target(
            name: "Transport",
            dependencies: ["Resolution", "ResolutionClient", "ResolutionProtocol", "Cryptography", "EventLoop"],
            swiftSettings: lifetimes
        ),

        // 5  Programs. Each gets the commit it is built from.
        .plugin(name: "BuildCommit", capability: .buildTool()),
        .executableTarget(
            name: "idnode",
            dependencies: [
                "StorageLMDB", "Transport", "Resolution", "ResolutionClient", "Authentication", "ResolutionProtocol",
                "Cryptography", "EventLoop", "NodeConfiguration", "Console", argumentParser, logging,
            ],
            swiftSettings: strict,
            plugins: ["BuildCommit"]
        ),
        .executableTarget(
            name: "idctl",
            dependencies: [
                "ResolutionClient", "Resolution", "Authentication", "ResolutionProtocol", "Cryptography", "EventLoop",
                "NodeConfiguration", "StorageLMDB", "Console", "RecordFiles", argumentParser,
            ],
            swiftSettings: lifetimes,
            plugins: ["BuildCommit"]
        ),
        .executableTarget(
            name: "idload",
            dependencies: [
                "ResolutionClient", "Authentication", "ResolutionProtocol", "Cryptography", "EventLoop",
                "NodeConfiguration", "StorageLMDB", "Console", "RecordFiles", argumentParser, histogram,
            ],
            swiftSettings: lifetimes,
            plugins: ["BuildCommit"]
        ),

        // Tests, in the order of the layers; libraries and programs that tests use stand beside them.
        .target(name: "AllocationCount", path: "Tests/AllocationCount"),
        .target(name: "VectorFiles", path: "Tests/VectorFiles", swiftSettings: strict),
        .testTarget(
            name: "VectorTests",
            dependencies: ["VectorFiles", "ResolutionProtocol", "Cryptography", "Authentication", "Resolution"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "ResolutionProtocolTests",
            dependencies: ["VectorFiles", "ResolutionProtocol"],
            swiftSettings: lifetimes
        ),
        .target(
            name: "SampleCertificates",
            dependencies: ["Cryptography", "COpenSSL"],
            path: "Tests/SampleCertificates",
            swiftSettings: strict
        ),
        .testTarget(
            name: "CryptographyTests",
            dependencies: ["Cryptography", "SampleCertificates", "VectorFiles"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "AuthenticationTests",
            dependencies: ["Authentication", "ResolutionProtocol", "Cryptography"],
            swiftSettings: strict
        ),
        .testTarget(name: "EventLoopTests", dependencies: ["EventLoop", "AllocationCount"], swiftSettings: strict),
        .testTarget(name: "NodeConfigurationTests", dependencies: ["NodeConfiguration"], swiftSettings: strict),
        .testTarget(name: "ConsoleTests", dependencies: ["Console"], swiftSettings: strict),
        .testTarget(name: "RecordFilesTests", dependencies: ["RecordFiles", "CZip"], swiftSettings: strict),
        .testTarget(
            name: "ResolutionTests",
            dependencies: ["StoreSuite", "Resolution", "Authentication", "ResolutionProtocol", "Cryptography"],
            swiftSettings: lifetimes
        ),
        .target(
            name: "FakeServer",
            dependencies: ["ResolutionProtocol", "Cryptography", "EventLoop"],
            path: "Tests/FakeServer",
            swiftSettings: strict
        ),
        .testTarget(
            name: "ResolutionClientTests",
            dependencies: [
                "ResolutionClient", "Authentication", "ResolutionProtocol", "Cryptography", "EventLoop", "FakeServer",
                "TransportSuite", "SampleCertificates",
            ],
            swiftSettings: strict
        ),
        .target(
            name: "StoreSuite",
            dependencies: ["Resolution", "ResolutionProtocol"],
            path: "Tests/StoreSuite",
            swiftSettings: lifetimes
        ),
        .executableTarget(
            name: "crash-writer",
            dependencies: ["StorageLMDB", "StoreSuite", "Resolution", "ResolutionProtocol"],
            path: "Tests/CrashWriter",
            swiftSettings: lifetimes
        ),
        .target(name: "WriteRecorder", path: "Tests/WriteRecorder", linkerSettings: [.linkedLibrary("dl")]),
        .testTarget(
            name: "StorageLMDBTests",
            dependencies: [
                "StorageLMDB", "StoreSuite", "Resolution", "ResolutionProtocol", "Cryptography", "crash-writer",
            ],
            swiftSettings: lifetimes
        ),
        .target(
            name: "TransportSuite",
            dependencies: ["Transport", "Resolution", "ResolutionProtocol", "Cryptography", "EventLoop"],
            path: "Tests/TransportSuite",
            swiftSettings: lifetimes
        ),
        .testTarget(
            name: "TransportTests",
            dependencies: [
                "Transport", "TransportSuite", "Resolution", "ResolutionClient", "ResolutionProtocol", "Cryptography",
                "EventLoop", "AllocationCount", "SampleCertificates",
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "NodeTests",
            dependencies: [
                "idnode", "idctl", "StorageLMDB", "Resolution", "Authentication", "ResolutionProtocol",
                "ResolutionClient", "Cryptography", "EventLoop", "FakeServer", "TransportSuite", "SampleCertificates",
            ],
            exclude: ["Scenarios"],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "transport-bench",
            dependencies: ["CLibUV", "Transport", "TransportSuite", "Resolution", "ResolutionProtocol", "EventLoop"],
            path: "Tests/TransportBench",
            swiftSettings: strict
        ),
        .executableTarget(
            name: "administration-bench",
            dependencies: [
                "ResolutionClient", "Resolution", "Authentication", "ResolutionProtocol", "Cryptography", "EventLoop",
                "TransportSuite", "SampleCertificates",
            ],
            path: "Tests/AdministrationBench",
            swiftSettings: strict
        ),
        .executableTarget(
            name: "busy-node",
            dependencies: ["StorageLMDB", "Transport", "Resolution", "ResolutionProtocol", "EventLoop"],
            path: "Tests/BusyNode",
            swiftSettings: strict
        ),
        .executableTarget(
            name: "index-bench",
            dependencies: ["StorageLMDB", "Resolution", "ResolutionProtocol"],
            path: "Tests/IndexBench",
            swiftSettings: strict
        ),
        .executableTarget(
            name: "hot-path",
            dependencies: ["StorageLMDB", "Transport", "Resolution", "ResolutionProtocol", "EventLoop"],
            path: "Tests/HotPath",
            swiftSettings: lifetimes
        ),
        .testTarget(
            name: "IdctlTests",
            dependencies: [
                "idctl", "ResolutionClient", "Resolution", "Authentication", "Cryptography", "ResolutionProtocol",
                "EventLoop", "NodeConfiguration",
                "StorageLMDB", "Console", "RecordFiles", "TransportSuite", argumentParser,
            ],
            swiftSettings: lifetimes
        ),
        .testTarget(
            name: "IdloadTests",
            dependencies: [
                "idload", "ResolutionClient", "ResolutionProtocol", "Cryptography", "EventLoop", "Console", "Transport",
                "FakeServer", "TransportSuite", "SampleCertificates", argumentParser,
            ],
            swiftSettings: strict
        ),
        .executableTarget(name: "echo-server", path: "Tests/EchoServer"),
        .executableTarget(name: "bad-server", path: "Tests/BadServer"),
    ],
    swiftLanguageModes: [.v6]
)

// swift-tools-version: 6.2
import PackageDescription

// Micro benchmarks of the query path, a package of its own so that the node's needs no benchmark library. Its modules
// are the node's own sources, by links: what they share with each other as `package` stays so.

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]
let lifetimes: [SwiftSetting] = strict + [.enableExperimentalFeature("Lifetimes")]

let package = Package(
    name: "hanjiang-benchmarks",
    dependencies: [
        .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: [])
    ],
    targets: [
        .systemLibrary(name: "CLMDB", pkgConfig: "lmdb", providers: [.apt(["liblmdb-dev"])]),
        .systemLibrary(name: "COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CXXHash", pkgConfig: "libxxhash", providers: [.apt(["libxxhash-dev"])]),
        .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
        .target(name: "ResolutionProtocol", swiftSettings: lifetimes),
        .target(name: "Cryptography", dependencies: ["COpenSSL"], swiftSettings: strict),
        .target(
            name: "Authentication",
            dependencies: ["ResolutionProtocol", "Cryptography"],
            swiftSettings: lifetimes
        ),
        .target(
            name: "Resolution",
            dependencies: ["Authentication", "ResolutionProtocol", "Cryptography"],
            swiftSettings: lifetimes
        ),
        .target(
            name: "StorageLMDB",
            dependencies: ["Resolution", "ResolutionProtocol", "CLMDB", "CXXHash", "CZstd"],
            swiftSettings: lifetimes
        ),
        .executableTarget(
            name: "QueryPath",
            dependencies: [
                "StorageLMDB", "Resolution", "ResolutionProtocol",
                .product(name: "Benchmark", package: "benchmark"),
            ],
            path: "Benchmarks/QueryPath",
            swiftSettings: lifetimes,
            plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]
        ),
    ]
)

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

        // 2  Decisions: what to answer, how to ask.
        .target(name: "Resolution", dependencies: ["ResolutionProtocol", "Cryptography"], swiftSettings: lifetimes),

        // 3  Adapters: each knows one outside thing, and none knows another.
        .target(
            name: "StorageLMDB",
            dependencies: ["Resolution", "ResolutionProtocol", "CLMDB", "CXXHash", "CZstd"],
            swiftSettings: lifetimes
        ),

        // 4  Programs.

        // Tests, in the order of the layers.
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
        .testTarget(
            name: "StorageLMDBTests",
            dependencies: ["StorageLMDB", "StoreSuite", "Resolution", "ResolutionProtocol", "crash-writer"],
            swiftSettings: lifetimes
        ),
    ],
    swiftLanguageModes: [.v6]
)

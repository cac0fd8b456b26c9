/// What we read of `swift package dump-package`.
struct Manifest: Decodable {
    let targets: [Target]

    struct Target: Decodable {
        let name: String
        /// `system`, `regular`, `executable`, `test`, …
        let type: String
        /// Where the manifest says it; else Sources/<name> or Tests/<name>.
        let path: String?
        let dependencies: [Dependency]

        /// Relative to the package's root.
        var folder: String { path ?? (type == "test" ? "Tests/\(name)" : "Sources/\(name)") }

        /// A plugin runs while others are built, and is part of none of them.
        var isPlugin: Bool { type == "plugin" }

        /// Tests, and the libraries and programs that only tests use, have no row.
        var isForTests: Bool { type == "test" || folder.hasPrefix("Tests/") }
    }

    /// A dependency's name; of a product the product's, which in all our packages is the module's too.
    struct Dependency: Decodable {
        let name: String
        let isProduct: Bool

        private enum Keys: String, CodingKey { case byName, target, product }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Keys.self)
            guard let key = container.allKeys.first else {
                throw DecodingError.dataCorrupted(
                    .init(codingPath: decoder.codingPath, debugDescription: "a dependency of an unknown kind")
                )
            }
            var fields = try container.nestedUnkeyedContainer(forKey: key)
            name = try fields.decode(String.self)
            isProduct = key == .product
        }
    }
}

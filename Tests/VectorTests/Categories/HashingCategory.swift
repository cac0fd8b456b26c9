import Resolution
import ResolutionProtocol
import VectorFiles

/// Which server of a site is responsible for an identifier.
struct HashingCategory: VectorCategory {
    let name = "hashing"
    let kinds: Set<String> = ["server-hash"]

    func differences(in vector: Vector) throws -> [String] {
        let identifier = try vector.fields.text("handle")
        guard case .object(let options) = try vector.fields.object("options"), !options.isEmpty else {
            throw FieldError("options are empty")
        }
        var found: [String: JSONValue] = [:]
        for (name, wanted) in options {
            found[name] = try Self.choice(of: identifier, option: try Self.option(name), wanted: wanted)
        }
        return FieldDifferences.between(
            vector.fields,
            .object(["handle": .text(identifier), "options": .object(found)])
        )
    }

    /// Hash, and the server's position for each server count that `wanted` names.
    private static func choice(
        of identifier: [UInt8],
        option: SiteInfo.HashOption,
        wanted: JSONValue
    ) throws -> JSONValue {
        guard case .object(let counts) = try wanted.object("serverIndexByCount") else { return .null }
        var positions: [String: JSONValue] = [:]
        for name in counts.keys {
            guard let count = Int(name) else { throw FieldError("\(name) is no server count") }
            positions[name] =
                try ServerSelection.serverIndex(of: identifier, option: option, serverCount: count)
                .map { .number($0) }
        }
        return .object([
            "hash": .number(try ServerSelection.hash(of: identifier, option: option)),
            "serverIndexByCount": .object(positions),
        ])
    }

    private static func option(_ name: String) throws -> SiteInfo.HashOption {
        switch name {
        case "byPrefix": .byPrefix
        case "bySuffix": .bySuffix
        case "byAll": .byAll
        default: throw FieldError("hash option \(name) is not known")
        }
    }
}

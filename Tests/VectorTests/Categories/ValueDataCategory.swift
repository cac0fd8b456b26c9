import Cryptography
import ResolutionProtocol
import VectorFiles

/// The data of values whose type the protocol knows.
struct ValueDataCategory: VectorCategory {
    let name = "value-data"
    let kinds: Set<String> = [
        "HS_ADMIN", "HS_SITE", "HS_VLIST", "HS_PUBKEY", "HS_SECKEY", "HS_NAMESPACE", "HS_SERV", "HS_ALIAS",
    ]

    func differences(in vector: Vector) throws -> [String] {
        switch vector.kind {
        case "HS_ADMIN":
            try differences(
                in: vector,
                decode: { try AdminRecord(wire: $0).fields },
                encode: { try AdminRecord(fields: $0).wire }
            )
        case "HS_SITE":
            try differences(
                in: vector,
                decode: { try SiteInfo(wire: $0).fields },
                encode: { try SiteInfo(fields: $0).wire }
            )
        case "HS_VLIST":
            try differences(
                in: vector,
                decode: { try ValueList(wire: $0).fields },
                encode: { try ValueList(fields: $0).wire }
            )
        case "HS_PUBKEY":
            try differences(
                in: vector,
                decode: { try PublicKeyRecord(wire: $0).fields },
                encode: { try PublicKeyRecord(fields: $0).wire }
            )
        case "HS_SECKEY": try secretKeyDifferences(in: vector)
        case "HS_NAMESPACE":
            try differences(
                in: vector,
                decode: { try NamespaceDescription(xml: $0).fields(xml: $0) },
                encode: { try $0.text("xml") }
            )
        default:
            // HS_SERV and HS_ALIAS: an identifier's text and nothing else.
            try differences(
                in: vector,
                decode: { .object(["handle": .text($0)]) },
                encode: { try $0.text("handle") }
            )
        }
    }

    /// The data is the secret, or the lower-case hex of its SHA-1; from that no secret can be read back.
    private func secretKeyDifferences(in vector: Vector) throws -> [String] {
        let isHashed = try vector.fields.bool("hashed")
        return try differences(
            in: vector,
            decode: { data in
                let secret = isHashed ? vector.fields["secret"] ?? .null : JSONValue.text(data)
                return .object(["secret": secret, "hashed": .bool(isHashed)])
            },
            encode: { fields in
                let secret = try fields.text("secret")
                return isHashed ? Array(Hexadecimal.text(try Digest.sha1.digest(of: secret)).utf8) : secret
            }
        )
    }
}

extension AdminRecord {
    fileprivate init(fields: JSONValue) throws {
        self.init(
            permissions: try fields.number("permissions"),
            administrator: try ValueReference(fields: fields),
            hasLegacyPadding: try fields.bool("legacyPadding")
        )
    }

    fileprivate var fields: JSONValue {
        .object([
            "permissions": .number(permissions), "handle": .text(administrator.identifier),
            "index": .number(administrator.index), "legacyPadding": .bool(hasLegacyPadding),
        ])
    }
}

extension ValueList {
    fileprivate init(fields: JSONValue) throws {
        self.init(references: try fields.array("references").map(ValueReference.init(fields:)))
    }

    fileprivate var fields: JSONValue { .object(["references": .array(references.map(\.fields))]) }
}

extension NamespaceDescription {
    fileprivate func fields(xml: [UInt8]) -> JSONValue {
        .object([
            "xml": .text(xml), "status": .text(status), "contact": contact.map(JSONValue.text) ?? .null,
            "statusMessage": statusMessage.map(JSONValue.text) ?? .null,
            "templateDelimiter": templateDelimiter.map(JSONValue.text) ?? .null,
            "locationHandles": locationIdentifiers.map { .array($0.map(JSONValue.text)) } ?? .null,
        ])
    }
}

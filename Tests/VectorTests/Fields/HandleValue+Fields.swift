import ResolutionProtocol
import VectorFiles

extension HandleValue {
    init(fields: JSONValue) throws {
        self.init(
            index: try fields.number("index"),
            timestamp: try fields.number("timestamp"),
            ttlType: try fields.number("ttlType"),
            ttl: try fields.number("ttl"),
            permissions: try ValuePermissions(digits: try fields.string("permissions")),
            type: try fields.text("type"),
            data: try fields.octets("dataHex"),
            references: try fields.array("references").map(ValueReference.init(fields:))
        )
    }

    var fields: JSONValue {
        .object([
            "index": .number(index), "timestamp": .number(timestamp), "ttlType": .number(ttlType),
            "ttl": .number(ttl), "permissions": .string(permissions.digits), "type": .text(type),
            "dataHex": .octets(data), "dataText": .text(data), "references": .array(references.map(\.fields)),
        ])
    }
}

extension ValueReference {
    init(fields: JSONValue) throws {
        self.init(identifier: try fields.text("handle"), index: try fields.number("index"))
    }

    var fields: JSONValue { .object(["handle": .text(identifier), "index": .number(index)]) }
}

extension ValuePermissions {
    fileprivate init(digits: String) throws {
        guard digits.utf8.count == 4, let bits = UInt8(digits, radix: 2) else {
            throw FieldError("permissions are not four digits")
        }
        self.init(rawValue: bits)
    }
}

import ResolutionProtocol
import VectorFiles

extension Credential {
    init(fields: JSONValue) throws {
        self.init(
            sessionCounter: try fields.number("signerIndexOrSessionCounter"),
            type: try fields.text("type"),
            digestAlgorithm: try Self.algorithm(try fields.string("digestAlgorithm")),
            signature: try fields.octets("signatureHex")
        )
        version = try fields.number("version")
        reserved = try fields.number("reserved")
        options = try fields.number("options")
        signer = try fields.text("signerHandle")
    }

    var fields: JSONValue {
        .object([
            "version": .number(version), "reserved": .number(reserved), "options": .number(options),
            "signerHandle": .text(signer), "signerIndexOrSessionCounter": .number(sessionCounter),
            "type": .text(type), "signedInfoLength": .number(8 + digestAlgorithm.count + signature.count),
            "digestAlgorithm": algorithmField, "signatureHex": .octets(signature),
        ])
    }

    /// A one-octet code shows as `0x..`.
    private var algorithmField: JSONValue {
        digestAlgorithm.count == 1 ? .string("0x" + Hexadecimal.text(digestAlgorithm)) : .text(digestAlgorithm)
    }

    private static func algorithm(_ text: String) throws -> [UInt8] {
        guard text.hasPrefix("0x") else { return Array(text.utf8) }
        guard let code = Hexadecimal.bytes(String(text.dropFirst(2))) else {
            throw FieldError("digestAlgorithm is no hex")
        }
        return code
    }
}

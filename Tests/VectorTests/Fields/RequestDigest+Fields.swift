import ResolutionProtocol
import VectorFiles

extension RequestDigest {
    /// The digest members of a body; nil when they are not there.
    init?(bodyFields fields: JSONValue) throws {
        guard fields["requestDigestAlgorithm"] != nil || fields["requestDigestHex"] != nil else { return nil }
        let code: UInt8 = try fields.number("requestDigestAlgorithm")
        guard code == 0 || DigestAlgorithm(rawValue: code) != nil else {
            throw FieldError("requestDigestAlgorithm \(code) is not known")
        }
        self.init(algorithm: DigestAlgorithm(rawValue: code), bytes: try fields.octets("requestDigestHex"))
    }

    var members: [String: JSONValue] {
        ["requestDigestAlgorithm": .number(algorithm?.rawValue ?? 0), "requestDigestHex": .octets(bytes)]
    }
}

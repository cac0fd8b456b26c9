import ResolutionProtocol
import VectorFiles

extension Header {
    init(fields: JSONValue) throws {
        let digits = try fields.string("opFlags")
        guard digits.hasPrefix("0x"), let bits = UInt32(digits.dropFirst(2), radix: 16) else {
            throw FieldError("opFlags is no hex number")
        }
        self.init(
            opCode: OpCode(rawValue: try fields.number("opCode")),
            responseCode: ResponseCode(rawValue: try fields.number("responseCode")),
            flags: OpFlags(rawValue: bits),
            siteInfoSerial: try fields.number("siteInfoSerial"),
            recursionCount: try fields.number("recursionCount"),
            expiration: try fields.number("expiration"),
            bodyLength: try fields.number("bodyLength")
        )
    }

    var fields: JSONValue {
        .object([
            "opCode": .number(opCode.rawValue), "responseCode": .number(responseCode.rawValue),
            "opFlags": .string("0x" + String(flags.rawValue, radix: 16)),
            "flags": .array(Self.flagNames.filter { flags.contains($0.1) }.map { .string($0.0) }),
            "siteInfoSerial": .number(siteInfoSerial), "recursionCount": .number(recursionCount),
            "expiration": .number(expiration), "bodyLength": .number(bodyLength),
        ])
    }

    /// From the highest bit downwards.
    private static let flagNames: [(String, OpFlags)] = [
        ("AT", .authoritative), ("CT", .certify), ("ENC", .encrypt), ("REC", .recursive), ("CA", .cacheCertify),
        ("CN", .continued), ("KC", .keepConnection), ("PO", .publicOnly), ("RD", .requestDigest), ("OW", .overwrite),
        ("MINT", .mintSuffix), ("DNRF", .doNotRefer), ("REC_AUTH", .forwardIdentity),
    ]
}

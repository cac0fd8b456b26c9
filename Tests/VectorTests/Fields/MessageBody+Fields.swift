import ResolutionProtocol
import VectorFiles

extension MessageBody {
    /// Members of the body of a message of `opCode`; those of a digest in front of it are not among them.
    func members(of opCode: OpCode) -> [String: JSONValue] {
        requestMembers(of: opCode) ?? responseMembers
    }

    private var responseMembers: [String: JSONValue] {
        switch self {
        case .resolved(let answer):
            ["handle": .text(answer.identifier), "values": .array(answer.values.map(\.fields))]
        case .siteInfo(let site): ["site": site.fields]
        case .created(let name): ["handle": name.map { .text($0.bytes) } ?? .null]
        case .names(let names): ["handles": .array(names.map { .text($0.bytes) })]
        case .verified(let isValid): ["valid": .bool(isValid)]
        case .sessionSetUp(let answer): ["mode": .number(answer.mode), "dataHex": .octets(answer.data)]
        case .error(let error): error.members
        case .referral(let referral):
            [
                "referralHandle": .text(referral.identifier),
                "values": referral.values.map { .array($0.map(\.fields)) } ?? .null,
            ]
        case .challenge(let challenge):
            challenge.requestDigest.members.merging(["nonceHex": .octets(challenge.nonce)]) { $1 }
        case .transactionNumber(let number): ["transactionNumber": .string(String(number))]
        case .bytes(let bytes): bytes.isEmpty ? [:] : ["bytesHex": .octets(bytes)]
        default: ["request": .bool(true)]
        }
    }

    /// The body of a response of `kind`, a group of responses.json.
    init(responseKind kind: String, fields: JSONValue) throws {
        switch kind {
        case "resolve-success":
            self = .resolved(
                ResolutionAnswer(
                    identifier: try fields.text("handle"),
                    values: try fields.array("values").map(HandleValue.init(fields:))
                )
            )
        case "error":
            let indexes = fields["indexes"] == nil ? nil : try fields.indexes("indexes")
            self = .error(ErrorBody(message: try fields.text("message"), indexes: indexes))
        case "referral":
            let values = fields["values"] == nil ? nil : try fields.array("values").map(HandleValue.init(fields:))
            self = .referral(Referral(identifier: try fields.text("referralHandle"), values: values))
        case "challenge":
            guard let digest = try RequestDigest(bodyFields: fields) else {
                throw FieldError("a challenge has a digest")
            }
            self = .challenge(Challenge(nonce: try fields.octets("nonceHex"), requestDigest: digest))
        case "create-success": self = .created(try fields.optionalText("handle").map(WireText.init))
        case "generic-success": self = .bytes([])
        case "list-handles-success", "list-nas-success": self = .names(try fields.texts("handles").map(WireText.init))
        case "site-info-success": self = .siteInfo(try SiteInfo(fields: try fields.object("site")))
        case "session-setup-success":
            self = .sessionSetUp(
                SessionSetupAnswer(mode: try fields.number("mode"), data: try fields.octets("dataHex"))
            )
        case "verify-success": self = .verified(try fields.bool("valid"))
        default: throw FieldError("kind \(kind) is not known")
        }
    }
}

extension ErrorBody {
    fileprivate var members: [String: JSONValue] {
        ["message": .text(message), "indexes": indexes.map { .array($0.map { .number($0) }) } ?? .null]
    }
}

import ResolutionProtocol
import VectorFiles

extension MessageBody {
    /// Members of the body of a request; nil where this is none.
    func requestMembers(of opCode: OpCode) -> [String: JSONValue]? {
        switch self {
        case .resolve(let request): request.members
        case .name(let request): [Self.nameMember(of: opCode): .text(request.name)]
        case .values(let request):
            ["handle": .text(request.identifier), "values": .array(request.values.map(\.fields))]
        case .indexes(let request):
            ["handle": .text(request.identifier), "indexes": .array(request.indexes.map { .number($0) })]
        case .challengeAnswer(let answer): answer.members
        case .verifyChallenge(let verification): verification.members
        case .setUpSession(let request): request.members
        case .exchangeKey(let request): ["encryptedSessionKeyHex": .octets(request.encryptedKey)]
        case .login(let request): request.user.members("key")
        default: nil
        }
    }

    /// The lists name a prefix, all others an identifier.
    private static func nameMember(of opCode: OpCode) -> String {
        switch opCode {
        case .listIdentifiers, .listDerivedPrefixes, .listHomedPrefixes: "prefixHandle"
        default: "handle"
        }
    }

    /// The body of a request of `kind`, a group of requests-admin.json or idis-extensions.json.
    init(requestKind kind: String, fields: JSONValue) throws {
        switch kind {
        case "resolve": self = .resolve(try ResolutionRequest(fields: fields))
        case "create", "add-value", "modify-value":
            let values = try fields.array("values").map(HandleValue.init(fields:))
            self = .values(ValuesRequest(identifier: try fields.text("handle"), values: values))
        case "remove-value":
            self = .indexes(
                IndexesRequest(identifier: try fields.text("handle"), indexes: try fields.indexes("indexes"))
            )
        case "list-handles", "list-homed-nas": self = .name(NameRequest(name: try fields.text("prefixHandle")))
        case "session-setup": self = .setUpSession(try SessionSetupRequest(fields: fields))
        case "session-exchange-key":
            self = .exchangeKey(KeyExchangeRequest(encryptedKey: try fields.octets("encryptedSessionKeyHex")))
        case "challenge-answer": self = .challengeAnswer(try ChallengeAnswer(fields: fields))
        case "verify-challenge": self = .verifyChallenge(try ChallengeVerification(fields: fields))
        case "login": self = .login(LoginRequest(user: try ValueReference(fields: fields, prefix: "key")))
        default: self = .name(NameRequest(name: try fields.text("handle")))
        }
    }
}

extension ValueReference {
    /// Reads the members `<prefix>Handle` and `<prefix>Index`.
    fileprivate init(fields: JSONValue, prefix: String) throws {
        self.init(identifier: try fields.text(prefix + "Handle"), index: try fields.number(prefix + "Index"))
    }

    fileprivate func members(_ prefix: String) -> [String: JSONValue] {
        [prefix + "Handle": .text(identifier), prefix + "Index": .number(index)]
    }
}

extension ResolutionRequest {
    init(fields: JSONValue) throws {
        self.init(
            identifier: try fields.text("handle"),
            indexes: try fields.indexes("requestedIndexes"),
            types: try fields.texts("requestedTypes").map(WireText.init),
            identity: try fields.optionalText("identity")
        )
    }

    fileprivate var members: [String: JSONValue] {
        [
            "handle": .text(identifier), "requestedIndexes": .array(indexes.map { .number($0) }),
            "requestedTypes": .array(types.map { .text($0.bytes) }), "identity": identity.map { .text($0) } ?? .null,
        ]
    }
}

extension ChallengeAnswer {
    fileprivate init(fields: JSONValue) throws {
        self.init(
            authenticationType: try fields.text("authType"),
            user: try ValueReference(fields: fields, prefix: "key"),
            answer: try fields.octets("challengeResponseHex")
        )
    }

    fileprivate var members: [String: JSONValue] {
        user.members("key").merging([
            "authType": .text(authenticationType), "challengeResponseHex": .octets(answer),
        ]) { $1 }
    }
}

extension ChallengeVerification {
    /// The reference software writes the digest without its algorithm.
    fileprivate init(fields: JSONValue) throws {
        self.init(
            secret: try ValueReference(fields: fields),
            nonce: try fields.octets("nonceHex"),
            requestDigest: RequestDigest(algorithm: nil, bytes: try fields.octets("originalRequestDigestHex")),
            answer: try fields.octets("signedResponseHex")
        )
    }

    fileprivate var members: [String: JSONValue] {
        [
            "handle": .text(secret.identifier), "index": .number(secret.index), "nonceHex": .octets(nonce),
            "originalRequestDigestHex": .octets(requestDigest.bytes), "signedResponseHex": .octets(answer),
            "digestAlgorithm": requestDigest.algorithm.map { .number($0.rawValue) } ?? .null,
        ]
    }
}

extension SessionSetupRequest {
    fileprivate init(fields: JSONValue) throws {
        let exchange: SessionExchange =
            switch try fields.number("mode", as: Int.self) {
            case 1: .clientKey(try fields.octets("publicKeyHex"))
            case 2: .serverKey
            case 3: .registeredKey(try ValueReference(fields: fields, prefix: "exchangeKey"))
            case 4: .diffieHellman(try fields.octets("publicKeyHex"))
            case let mode: throw FieldError("mode \(mode) is not known")
            }
        self.init(
            timeoutSeconds: try fields.number("timeout"),
            identity: try ValueReference(fields: fields, prefix: "identity"),
            exchange: exchange
        )
    }

    fileprivate var members: [String: JSONValue] {
        var members = identity.members("identity")
        members["mode"] = .number(mode)
        members["timeout"] = .number(timeoutSeconds)
        switch exchange {
        case .clientKey(let key), .diffieHellman(let key): members["publicKeyHex"] = .octets(key)
        case .registeredKey(let reference): members.merge(reference.members("exchangeKey")) { $1 }
        case .unknown(_, let bytes): members["bytesHex"] = .octets(bytes)
        case .serverKey: break
        }
        return members
    }
}

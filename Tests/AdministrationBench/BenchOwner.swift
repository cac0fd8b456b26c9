import Authentication
import Cryptography
import Resolution
import ResolutionClient
import ResolutionProtocol

/// The owner of the prefix that is written to, with a key of every kind.
struct BenchOwner: Sendable {
    static let prefix = Array("88.118.7001".utf8)
    static let record = IdentifierGrammar.prefixRecordName(of: prefix)

    /// A key by its name in the results.
    struct NamedKey: Sendable {
        let name: String
        let key: AdministratorKey
    }

    let keys: [NamedKey]
    private let values: [HandleValue]

    init() throws {
        var keys: [NamedKey] = []
        var values: [HandleValue] = []
        for (offset, kind) in [KeyKind.rsa, .sm2, .ed25519].enumerated() {
            let key = try PrivateKey.generate(kind)
            let index = 300 + UInt32(offset)
            let data = try key.publicKey.registeredForm()
            values.append(HandleValue(index: index, type: ValueType.publicKey, data: data))
            keys.append(NamedKey(name: "\(kind)", key: Self.key(index, .privateKey(key))))
        }
        let secret = try RandomBytes.make(count: 24)
        values.append(
            HandleValue(
                index: 303,
                permissions: [.adminRead, .adminWrite],
                type: ValueType.secretKey,
                data: secret
            )
        )
        keys.append(NamedKey(name: "secret", key: Self.key(303, .secret(secret))))
        self.keys = keys
        self.values = values + [Self.admin]
    }

    private static func key(_ index: UInt32, _ proof: AdministratorKey.Proof) -> AdministratorKey {
        AdministratorKey(ValueReference(identifier: record, index: index), proof)
    }

    /// Everybody whose key is in the record administers.
    static let admin = HandleValue(
        index: 100,
        type: ValueType.admin,
        data: AdminRecord(permissions: 0x0FF7, administrator: ValueReference(identifier: record, index: 0)).wire
    )

    /// Homes the prefix and registers the keys, as the node's operator.
    func register(_ control: ControlClient) throws {
        let terms = PrefixTerms(prefix: Self.prefix, state: .homed)
        _ = try control.ask(.prefix, argument: PrefixOrder.set(terms).wire)
        _ = try OperatorClient(control).create(Self.record, values, overwrites: true)
    }

    /// Identifier `number` of run `run`.
    static func identifier(_ number: Int, run: UInt64) -> [UInt8] {
        prefix + Array("/\(String(run, radix: 36))-\(number)".utf8)
    }

    /// What each identifier holds.
    static let identifierValues = [
        HandleValue(index: 1, type: Array("URL".utf8), data: Array("https://example.cn/item/JXDY2106023".utf8)), admin,
    ]
}

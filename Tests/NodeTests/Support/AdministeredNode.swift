import Authentication
import Cryptography
import Resolution
import ResolutionClient
import ResolutionProtocol
import Testing

/// A running node with prefixes whose administrators a test has the keys of.
final class AdministeredNode: Sendable {
    static let prefix = Array("88.118.8".utf8)
    let node: NodeProcess

    /// A node that homes `prefix` for the owner of `administrator`.
    convenience init(
        _ administrator: TestAdministrator,
        _ directory: NodeDirectory? = nil,
        settings: [(key: String, value: String)] = []
    ) throws {
        self.init(try NodeProcess(directory ?? NodeDirectory(settings: settings)))
        try home(Self.prefix, for: administrator)
    }

    /// A node as it is.
    init(_ node: NodeProcess) { self.node = node }

    var asOperator: OperatorClient { OperatorClient(node.control) }

    /// Homes `prefix` and registers its administrator.
    func home(_ prefix: [UInt8], for administrator: TestAdministrator) throws {
        try set(PrefixTerms(prefix: prefix, state: .homed))
        let name = IdentifierGrammar.prefixRecordName(of: prefix)
        _ = try asOperator.create(name, try administrator.registered(in: name), overwrites: true)
    }

    /// Sets the terms of a prefix by the control socket.
    func set(_ terms: PrefixTerms) throws {
        _ = try node.control.ask(.prefix, argument: PrefixOrder.set(terms).wire)
    }

    /// A client of this node.
    func client(
        _ administrator: TestAdministrator?,
        prefix: [UInt8] = prefix,
        _ change: (inout DialogueSettings) -> Void = { _ in }
    ) -> AdministrationClient {
        var settings = DialogueSettings()
        change(&settings)
        return AdministrationClient(
            server: node.address,
            key: administrator?.key(in: IdentifierGrammar.prefixRecordName(of: prefix)),
            settings: settings
        )
    }
}

/// Somebody with a key.
struct TestAdministrator: Sendable, CustomTestStringConvertible {
    let name: String
    private let privateKey: PrivateKey?
    private let secret: [UInt8]

    init(secret: String) {
        name = "secret key"
        privateKey = nil
        self.secret = Array(secret.utf8)
    }

    init(_ kind: KeyKind) throws {
        name = "\(kind)"
        privateKey = try PrivateKey.generate(kind)
        secret = []
    }

    var testDescription: String { name }

    /// Where the key is registered.
    var index: UInt32 { privateKey == nil ? 301 : 300 }

    /// The values that make this the administrator of the record `name`.
    func registered(in name: [UInt8]) throws -> [HandleValue] {
        let key =
            try privateKey.map {
                HandleValue(index: 300, type: ValueType.publicKey, data: try $0.publicKey.registeredForm())
            }
            ?? HandleValue(
                index: 301,
                permissions: [.adminRead, .adminWrite],
                type: ValueType.secretKey,
                data: secret
            )
        return [adminValue(in: name), key]
    }

    /// The value that makes this an administrator, whose key is in the record `name`.
    func adminValue(in name: [UInt8]) -> HandleValue {
        let reference = ValueReference(identifier: name, index: index)
        let admin = AdminRecord(permissions: 0x0FF7, administrator: reference)
        return HandleValue(index: 100, type: ValueType.admin, data: admin.wire)
    }

    /// The key as a client holds it.
    func key(in name: [UInt8]) -> AdministratorKey {
        AdministratorKey(
            ValueReference(identifier: name, index: index),
            privateKey.map { .privateKey($0) } ?? .secret(secret)
        )
    }
}

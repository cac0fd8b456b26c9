import Authentication
import Cryptography
import ResolutionProtocol
import StoreSuite

@testable import Resolution

/// What the node of a test keeps and goes by; a test changes what it is about.
///
/// `88.118.8` is homed, and administered by its record's value 300 (a secret), 301 (RSA), 302 (SM2) and 303 (Ed25519);
/// `88.118.9` is homed and somebody else's, at 300 of its record; `88.118.7` is delegated.
struct AdministeredRegistry {
    var settings: AdministrationSettings
    var responderSettings: ResponderSettings
    var records: [(name: String, values: [HandleValue])] = []
    var prefixes = [
        PrefixTerms(prefix: Array("88.118.8".utf8), state: .homed),
        PrefixTerms(prefix: Array("88.118.9".utf8), state: .homed),
        PrefixTerms(prefix: Array("88.118.7".utf8), state: .delegated),
    ]
    let ledger = MemoryLedger()

    init() {
        responderSettings = TestNode.settings()
        responderSettings.hasAdministration = true
        settings = AdministrationSettings(folding: responderSettings.folding, site: responderSettings.site)
        settings.serverAdministrators = [.of("0.NA/88.118.8", 300)]
        records = [
            ("0.NA/88.118.8", Self.prefixValues(of: Who.owner, keys: Who.keys)),
            ("0.NA/88.118.9", Self.prefixValues(of: Who.neighbour, keys: [Who.neighbour])),
            (
                "88.118.8/a",
                [
                    .text(1, "URL", "https://example.org/a"), .admin(100, Who.owner.reference),
                    .text(2, "EMAIL", "secret@example.org", [.adminRead, .adminWrite]),
                    .text(3, "HS_SECKEY", "never shown"),
                    .text(4, "DESC", "all write", [.publicRead, .publicWrite, .adminRead, .adminWrite]),
                    .text(5, "DESC", "read only", [.publicRead, .adminRead]),
                ]
            ),
            ("88.118.9/b", [.text(1, "URL", "https://example.org/b"), .admin(100, Who.neighbour.reference)]),
        ]
    }

    private static func prefixValues(of owner: Who, keys: [Who]) -> [HandleValue] {
        [.admin(100, owner.reference)] + keys.map(\.value)
    }

    /// Changes a record, or adds one.
    mutating func set(_ name: String, _ values: [HandleValue]) {
        records.removeAll { $0.name == name }
        records.append((name, values))
    }

    func fill(_ store: MemoryStore) {
        let prefixes = prefixes.map { Command(.setPrefix($0), unixSeconds: 0, origin: []) }
        let puts = records.compactMap { record -> Command? in
            guard let name = try? Identifier(Array(record.name.utf8)) else { return nil }
            return Command(.put(name: name, values: record.values, expecting: .anything), unixSeconds: 0, origin: [])
        }
        _ = store.apply(CommandSet((prefixes + puts).map { .command($0) }, unixSeconds: 0))
    }
}

extension ValueReference {
    static func of(_ identifier: String, _ index: UInt32) -> ValueReference {
        ValueReference(identifier: Array(identifier.utf8), index: index)
    }
}

extension HandleValue {
    static func text(
        _ index: UInt32,
        _ type: String,
        _ data: String,
        _ permissions: ValuePermissions = .standard
    ) -> HandleValue {
        HandleValue(index: index, permissions: permissions, type: Array(type.utf8), data: Array(data.utf8))
    }

    /// Every permission unless told otherwise.
    static func admin(
        _ index: UInt32,
        _ administrator: ValueReference,
        _ permissions: AdminPermission = .all
    ) -> HandleValue {
        HandleValue(
            index: index,
            type: ValueType.admin,
            data: AdminRecord(permissions: permissions.rawValue, administrator: administrator).wire
        )
    }

    static func group(_ index: UInt32, _ members: [ValueReference]) -> HandleValue {
        HandleValue(index: index, type: ValueType.valueList, data: ValueList(references: members).wire)
    }
}

extension AdminPermission {
    static let all = AdminPermission(rawValue: 0x0FFF)
}

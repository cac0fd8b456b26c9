import Resolution
import ResolutionProtocol

/// What the nodes of the targets know: prefixes of every kind, an administrator with a secret, and some identifiers.
enum SampleRegistry {
    /// Never to be seen in an answer, unless the request holds it.
    static let secret = Array("-the secret-".utf8)
    /// Whose secret it is, at index 300.
    static let administrator = Array("0.NA/88.118.8".utf8)
    static let serial: UInt16 = 5

    static let site = SiteInfo(
        serialNumber: serial,
        isPrimary: true,
        servers: [
            SiteServer(
                serverID: 1,
                address: [UInt8](repeating: 0, count: 12) + [127, 0, 0, 1],
                interfaces: [ServerInterface(kind: .query, transport: .udp, port: 2_641)]
            )
        ]
    )

    /// A store with all of it; `reporter` is the public key of the node that 88.118.7 is delegated to.
    static func store(_ folding: IdentifierFolding, reporter: [UInt8]? = nil) -> MemoryStore {
        let store = MemoryStore(folding: folding, keepsLog: false)
        let prefixes: [(String, PrefixRow.State, PrefixStatus)] = [
            ("88.118.8", .homed, .enabled), ("88.118.9", .homed, .disabled), ("88.118.7", .delegated, .enabled),
        ]
        for (prefix, state, status) in prefixes {
            apply(.setPrefix(PrefixTerms(prefix: Array(prefix.utf8), state: state, status: status)), store)
        }
        put("0.NA/88.118.8", administratorValues, store)
        put("88.118.8/A", [value(1, "URL", "https://example.org/1"), value(2, "DESC", "hidden", .adminRead)], store)
        put("88.118.8/B", [value(1, "URL", "u"), admin(100), value(7, "HS_SITE.6", "s"), value(9, "", "")], store)
        let keys = reporter.map { [HandleValue(index: 310, type: ValueType.publicKey, data: $0)] } ?? []
        put("0.NA/88.118.7", [value(1, "HS_SITE", "s"), value(2, "HS_SITE.PREFIX", "p")] + keys, store)
        return store
    }

    private static let administratorValues = [
        admin(100), value(200, "HS_VLIST", "l"), value(300, "HS_SECKEY", String(decoding: secret, as: UTF8.self), []),
    ]

    private static func admin(_ index: UInt32) -> HandleValue {
        let record = AdminRecord(
            permissions: 0xFFF,
            administrator: ValueReference(identifier: administrator, index: 300)
        )
        return HandleValue(index: index, type: ValueType.admin, data: record.wire)
    }

    private static func value(
        _ index: UInt32,
        _ type: String,
        _ data: String,
        _ permissions: ValuePermissions = .standard
    ) -> HandleValue {
        HandleValue(index: index, permissions: permissions, type: Array(type.utf8), data: Array(data.utf8))
    }

    private static func put(_ name: String, _ values: [HandleValue], _ store: MemoryStore) {
        guard let identifier = try? Identifier(Array(name.utf8)) else { return }
        apply(.put(name: identifier, values: values, expecting: .anything), store)
    }

    private static func apply(_ change: Command.Change, _ store: MemoryStore) {
        let command = Command(change, unixSeconds: 1_700_000_000, origin: [])
        let outcome = store.apply(CommandSet([.command(command)], unixSeconds: 1_700_000_000))
        claim(outcome.outcomes.allSatisfy(\.isDone), "the sample registry is refused: \(outcome)")
    }
}

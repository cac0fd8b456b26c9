internal import Console
internal import Cryptography
internal import NodeConfiguration
internal import Resolution
internal import StorageLMDB

/// The key that signs the resolution ledger.
enum LedgerKey {
    private static let fileName = "ledger.key"

    /// Who writes the ledger of the node with this configuration, store and site key.
    static func author(
        _ configuration: NodeConfiguration,
        store: Store,
        siteKey: PrivateKey
    ) throws(Failure) -> LedgerAuthor {
        let (path, key) = try open(configuration, siteKey: siteKey)
        let prefix = Array(configuration.node.prefix.utf8)
        do throws(LedgerError) {
            return try LedgerAuthor(key: key, store: store.uuid, prefix: prefix)
        } catch {
            throw Failure(.unsuitableLedgerKey(file: path))
        }
    }

    /// The key that signs it.
    static func key(_ configuration: NodeConfiguration, siteKey: PrivateKey) throws(Failure) -> PrivateKey {
        try open(configuration, siteKey: siteKey).key
    }

    /// The key that is configured; else the site's where it can sign a ledger; else one of its own.
    private static func open(
        _ configuration: NodeConfiguration,
        siteKey: PrivateKey
    ) throws(Failure) -> (path: String, key: PrivateKey) {
        let path = configuration.ledger.key
        guard path.isEmpty else { return (path, try KeyFile.open(path, making: nil)) }
        let own = KeyFile.path(fileName, in: configuration.node.data)
        guard ![.ed25519, .sm2].contains(siteKey.kind) else { return (own, siteKey) }
        let kind: KeyKind =
            switch configuration.ledger.algorithm {
            case .ed25519: .ed25519
            case .sm2: .sm2
            }
        return (own, try KeyFile.open(own, making: kind))
    }
}

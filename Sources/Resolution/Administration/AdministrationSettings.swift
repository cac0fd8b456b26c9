internal import Authentication
public import ResolutionProtocol

/// What administration goes by. Times in seconds, sizes in bytes; the defaults are those of conf/node.toml.
public struct AdministrationSettings: Sendable {
    /// How identifiers become keys; the store's own rule.
    public var folding: IdentifierFolding
    /// The node's own site record.
    public var site: SiteInfo
    /// Position of this server in `site.servers`.
    public var ownServerIndex = 0
    /// Who may home, unhome, list homed prefixes and back up.
    public var serverAdministrators: [ValueReference] = []
    /// Whether they pass every permission check as well.
    public var haveServerAdministratorsFullAccess = false
    /// Whether administration is refused outside a session.
    public var requiresSessions = false
    /// Whether administration is refused outside TLS.
    public var requiresSecuredTransport = false
    /// Whether identifiers may be listed (operation 105).
    public var allowsListing = true
    /// Whether algorithms prove an identity that new software does not use any more: MD5, SHA-1, DSA, RSA below 2,048
    /// bits.
    public var allowsLegacyAlgorithms = false
    /// The fewest bits of a Diffie-Hellman group; clients of the reference software send 1,024.
    public var diffieHellmanBitCountMin = 1_024
    /// How long a challenge may be answered.
    public var challengeSeconds: UInt64 = 60
    /// The most open challenges, and the most bytes of requests they keep.
    public var challengeCountMax = 10_000
    public var challengeByteCountMax = 64 << 20
    /// The most bytes of requests that wait for their turn on an identifier.
    public var waitingByteCountMax = 64 << 20
    /// The most bytes of answers that wait to be signed.
    public var signingByteCountMax = 32 << 20
    /// The most sessions, and how long one may idle at most.
    public var sessionCountMax = 100_000
    public var sessionSecondsMax: UInt64 = 86_400
    /// Failed proofs of one address in a minute from which on it has to wait.
    public var failedProofsPerMinute = 10
    /// How long the outcome of a standard operation is kept for its repetition, and that of a batch.
    public var repeatSeconds: UInt32 = 600
    public var batchRepeatSeconds: UInt32 = 48 * 3_600
    /// The most steps of an atomic set, and the most bytes that are staged for it.
    public var atomicStepCountMax = 10_000
    public var atomicByteCountMax = 8 << 20
    /// Names in one message of a list.
    public var namesPerMessage = 50
    /// How long the key of an administrator who is registered elsewhere is waited for: less than clients wait, so that
    /// they are told. The most that are waited for at a time.
    public var remoteKeySecondsMax: UInt64 = 8
    public var remoteKeyCountMax = 256
    /// How references are followed for askers.
    public var trace = TraceSettings()

    /// The defaults.
    public init(folding: IdentifierFolding, site: SiteInfo) {
        self.folding = folding
        self.site = site
    }
}

extension AdministrationSettings {
    /// Which algorithms are good enough.
    var signaturePolicy: SignaturePolicy { allowsLegacyAlgorithms ? .legacy : .standard }
}

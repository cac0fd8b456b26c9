internal import EventLoop
internal import NodeConfiguration
internal import Resolution
internal import ResolutionProtocol
internal import Transport

/// What asking other nodes goes by.
extension NodeSettings {
    /// The sites to ask and the times to keep answers; `ownSite` is the node's own, which is never asked.
    func recursion(ownSite: SiteInfo) -> RecursionSettings {
        let section = configuration.recursion
        var settings = RecursionSettings(above: configuration.federation.above.map(Self.site), ownSite: ownSite)
        settings.ttlMinSeconds = section.ttlMin.nanoseconds / 1_000_000_000
        settings.ttlMaxSeconds = section.ttlMax.nanoseconds / 1_000_000_000
        settings.negativeTTLSeconds = section.negativeTTL.nanoseconds / 1_000_000_000
        return settings
    }

    /// Whether other nodes are asked at all: for askers, or, where some are known, for the keys of administrators that
    /// they keep.
    var asksOtherNodes: Bool {
        configuration.isRecursive || configuration.administration.isEnabled && !configuration.federation.above.isEmpty
    }

    /// How much of it at once.
    var recursionLimits: RecursionLimits {
        var limits = RecursionLimits()
        limits.questionCountMax = configuration.recursion.questions
        return limits
    }

    /// What a worker may answer with what others know, and for whom.
    var recursionAccess: RecursionAccess {
        RecursionAccess(
            allowed: recursionNetworks.map(\.querySource),
            cacheByteCount: configuration.isRecursive ? configuration.recursion.cacheMemory / workerCount : 0,
            staleSecondsMax: configuration.recursion.staleMax.nanoseconds / 1_000_000_000
        )
    }

    /// For whom other nodes are asked; nobody where they are not.
    var recursionNetworks: [NetworkPrefix] {
        configuration.isRecursive ? configuration.recursion.allow.map(Self.prefix) : []
    }

    /// A server of the level above, of which nothing is known but its address.
    private static func site(_ host: HostAddress) -> SiteInfo {
        let address = Self.address(host.address, port: UInt16(clamping: host.port))
        return SiteInfo.known(onlyByAddress: SiteRecord.bytes(address), port: address.port)
    }
}

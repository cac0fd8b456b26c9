internal import EventLoop
internal import Glibc
internal import NodeConfiguration
internal import Resolution
internal import ResolutionProtocol
internal import StorageLMDB
internal import Transport

/// What the modules are to go by, from the configuration.
struct NodeSettings: Sendable {
    let configuration: NodeConfiguration
    let workerCount: Int
    let connectionCountMax: Int

    init(_ configuration: NodeConfiguration) {
        self.configuration = configuration
        let cores = max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
        workerCount = configuration.node.workers == 0 ? min(64, cores) : configuration.node.workers
        connectionCountMax = Self.connectionCountMax(configured: configuration.tcp.connections)
    }

    /// Half of the file limit unless configured; 64 descriptors stay for storage, log and control (reliability case
    /// E2).
    private static func connectionCountMax(configured: Int) -> Int {
        let descriptors = fileLimitNow()
        let most = max(1, descriptors - reservedFileCount)
        return min(most, configured == 0 ? max(1, descriptors / 2) : configured)
    }

    /// Files that the process may have open; very many where that cannot be asked.
    private static func fileLimitNow() -> Int {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return Int(Int32.max) }
        return Int(clamping: min(limit.rlim_cur, rlim_t(Int32.max)))
    }

    /// Files that are no connection's: storage, log and control.
    private static let reservedFileCount = 64
    /// Below so many files the node says that there are few.
    static let fileCountFew = 1_024

    /// Files that the process may have open.
    var fileLimit: Int { Self.fileLimitNow() }

    /// The fewest with which the node starts: those that are no connection's, each worker's, and sixteen connections.
    var fileCountMin: Int {
        let listenerCount = configuration.listen.count + configuration.tls.addresses.count
        // Of each worker the loop and its wake-up, and three sockets of each listener at most.
        return Self.reservedFileCount + workerCount * (4 + 3 * listenerCount) + 16
    }

    var store: StoreOptions {
        var options = StoreOptions()
        options.mapSizeBytes = configuration.storage.mapSize
        options.historyKeepDays = configuration.history.keepDays
        options.prefixSlots = configuration.counting.prefixSlots
        options.sourceEntries = Self.powerOfTwo(configuration.counting.sourceEntries)
        // Administration counts into pages of its own.
        options.workers = workerCount + 1
        if configuration.storage.index == .on {
            var index = HintIndexOptions()
            index.capacity = configuration.storage.indexCapacity
            let limit = configuration.storage.indexMemoryMax
            index.byteCountMax = limit == 0 ? SystemMemory.byteCount() / 8 : limit
            options.index = index
        }
        let types = configuration.storage.referenceTypes.map { Array($0.text.utf8) }
        options.references = configuration.storage.references == .on ? .on(types: types) : .off
        return options
    }

    /// The largest power of two that is not above `count`.
    private static func powerOfTwo(_ count: Int) -> Int { 1 << (Int.bitWidth - 1 - max(1, count).leadingZeroBitCount) }

    /// Administration's part of the bytes in flight: a quarter, so that it never takes resolution's.
    var administrationByteCountMax: Int { configuration.limits.inFlightBytes / 4 }

    /// `tls` is by what connections to the addresses of `[tls]` are protected.
    func transport(tls: ReplaceableTLSContext?) -> TransportSettings {
        var settings = TransportSettings()
        settings.workerCount = workerCount
        settings.listeners = configuration.listen.map(Self.plan) + (tls.map(plans) ?? [])
        settings.origins = configuration.origins.map(Self.rule)
        settings.rateLimit = rateLimit
        settings.connectionCountMax = connectionCountMax
        settings.connectionsPerAddressMax = configuration.tcp.connectionsPerAddress
        settings.idleUnaskedNanoseconds = configuration.tcp.idleUnasked.nanoseconds
        settings.idleAnsweredNanoseconds = configuration.tcp.idleAnswered.nanoseconds
        settings.wholeMessageNanoseconds = configuration.tcp.wholeMessage.nanoseconds
        settings.writeStallNanoseconds = configuration.tcp.writeStall.nanoseconds
        settings.pendingOutputByteCount = configuration.tcp.pendingOutput
        settings.inFlightByteCountMax = configuration.limits.inFlightBytes - administrationByteCountMax
        settings.receiveBufferByteCount = configuration.udp.receiveBuffer
        settings.reassemblyPerSourceMax = configuration.udp.reassembliesPerAddress
        settings.reassemblyCountMax = configuration.udp.reassemblies
        settings.reassemblyByteCountMax = configuration.udp.reassemblyBytes
        settings.reassemblyNanoseconds = UInt64(configuration.udp.reassemblySeconds) * 1_000_000_000
        settings.prefetches = configuration.recursion.prefetches
        settings.recursionNetworks = recursionNetworks
        return settings
    }

    private static func plan(_ listen: ListenSection) -> ListenerPlan {
        ListenerPlan(
            address: address(listen.address, port: UInt16(clamping: listen.port)),
            isUDP: listen.udp,
            isTCP: listen.tcp,
            origin: listen.origin.originClass.flatMap { origin(named: $0.rawValue) }
        )
    }

    private func plans(_ tls: ReplaceableTLSContext) -> [ListenerPlan] {
        let port = UInt16(clamping: configuration.tls.port)
        return configuration.tls.addresses.map {
            ListenerPlan(address: Self.address($0, port: port), isUDP: false, tls: tls)
        }
    }

    private static func rule(_ section: OriginsSection) -> OriginRule {
        OriginRule(
            network: prefix(section.network),
            origin: origin(named: section.originClass.rawValue) ?? .external
        )
    }

    static func prefix(_ network: IPNetwork) -> NetworkPrefix {
        let whole = address(network.address, port: 0)
        let bitCount = network.address.isIPv6 ? network.prefixLength : network.prefixLength + 96
        return NetworkPrefix(high: whole.high, low: whole.low, bitCount: UInt8(clamping: bitCount))
    }

    private var rateLimit: RateLimit {
        let section = configuration.rateLimit
        var limit = RateLimit()
        limit.mode =
            switch section.mode {
            case .on: .on
            case .dryRun: .dryRun
            case .off: .off
            }
        limit.packetsPerSecond = section.packetsPerSecond
        limit.packetBurst = section.packetBurst
        limit.bytePercent = section.bytePercent
        limit.freeByteCount = section.freeBytes
        limit.allowed = section.allow.map(Self.prefix)
        limit.networkCount = section.networks
        return limit
    }

    private static func origin(named name: String) -> Resolution.OriginClass? {
        Resolution.OriginClass.allCases.first { $0.name == name }
    }

    static func address(_ address: IPAddress, port: UInt16) -> SocketAddress {
        let bytes = address.bytes
        func word(_ range: Range<Int>) -> UInt64 { bytes[range].reduce(0) { $0 << 8 | UInt64($1) } }
        guard address.isIPv6 else { return SocketAddress(ipv4: UInt32(truncatingIfNeeded: word(0..<4)), port: port) }
        return SocketAddress(ipv6High: word(0..<8), low: word(8..<16), port: port)
    }

    /// What the responder goes by; `plans` are the listeners as they came out, `publicKey` the node's in the form of
    /// data-model.md §6.1.
    func responder(
        folding: IdentifierFolding,
        plans: [ListenerPlan],
        publicKey: [UInt8]
    ) -> ResponderSettings {
        let site = SiteRecord(configuration, plans: plans, publicKey: publicKey).site
        var settings = ResponderSettings(folding: folding, site: site)
        settings.hasAdministration = configuration.administration.isEnabled
        settings.isAdministeredOverUDP = configuration.udp.administration
        settings.selectionCountMax = configuration.limits.lookupsList
        settings.answerPacketCountMax = configuration.udp.answerPacketsMax
        settings.repeatEntryCount = configuration.counting.repeatEntries
        settings.repeatWindowMilliseconds = configuration.counting.repeatWindow.nanoseconds / 1_000_000
        return settings
    }
}

extension NodeSettings {
    /// What administration goes by.
    func administration(_ responder: ResponderSettings) -> AdministrationSettings {
        let section = configuration.administration
        var settings = AdministrationSettings(folding: responder.folding, site: responder.site)
        settings.ownServerIndex = responder.ownServerIndex
        settings.serverAdministrators = section.administrators.map {
            ValueReference(identifier: Array($0.identifier.utf8), index: $0.index)
        }
        settings.haveServerAdministratorsFullAccess = section.haveFullAccess
        settings.requiresSecuredTransport = section.transport == .tls
        settings.requiresSessions = section.requiresSessions
        settings.allowsListing = section.listsIdentifiers
        settings.allowsLegacyAlgorithms = section.allowsLegacyAlgorithms
        settings.diffieHellmanBitCountMin = section.diffieHellmanBits
        settings.challengeSeconds = section.challengeTime.nanoseconds / 1_000_000_000
        settings.challengeCountMax = section.challenges
        settings.sessionCountMax = section.sessions
        settings.sessionSecondsMax = section.sessionIdle.nanoseconds / 1_000_000_000
        settings.failedProofsPerMinute = section.failedProofsPerMinute
        settings.trace.isOn = section.traces
        settings.trace.identifierCountMax = section.traceIdentifiers
        settings.trace.identifiersPerSecond = UInt32(clamping: section.traceIdentifiersPerSecond)
        return settings
    }
}

extension Duration {
    /// Whole nanoseconds; 0 for a negative time.
    var nanoseconds: UInt64 {
        let (seconds, attoseconds) = components
        guard seconds >= 0, attoseconds >= 0 else { return 0 }
        return UInt64(seconds) &* 1_000_000_000 &+ UInt64(attoseconds / 1_000_000_000)
    }
}

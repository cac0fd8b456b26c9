internal import Resolution
internal import ResolutionProtocol

/// What a worker counts about its work, apart from the resolutions themselves. Totals since the start of the process.
package enum Metric: Int, CaseIterable, Sendable {
    case datagramsReceived, datagramsSent, datagramsJoined, datagramsDroppedByKernel, datagramsNotSent
    case datagramsTooShort, datagramsTooLong, datagramsOfResponses
    case errorsLargerThanRequest, answersTooLargeForUDP
    case requestsLimitedByPackets, requestsLimitedByBytes, requestsOverPacketsDryRun, requestsOverBytesDryRun
    case networksReplaced
    case packetsJoined, packetsMalformed, packetsConflicting, packetsOverLimit
    case connectionsAccepted, connectionsRefusedByLimit, connectionsRefusedByAddress
    case connectionsClosedByPeer, connectionsClosedIdle, connectionsClosedUnasked, connectionsClosedSlowMessage
    case connectionsClosedWriteStall, connectionsClosedForRoom, connectionsClosedByError, connectionsClosedByDrain
    case connectionsClosedByTLS, connectionsClosedCrowded
    case connectionsClosedKeysBusy, handshakesTLS
    case messagesOverLimit, requestsRefusedBusy, acceptFailures
    case requestsUDP, requestsTCP, bytesReceivedUDP, bytesReceivedTCP, bytesSentUDP, bytesSentTCP
    case answersSuccess, answersError, answersBusy, answersProtocolError, answersNotSupported
    case answersIdentifierNotFound, answersInvalidIdentifier, answersValuesNotFound
    case answersSiteInfoOutOfDate, answersNotResponsible, answersServiceReferral, answersPrefixReferral, answersOther
    case recursionCacheHits, recursionCacheMisses, recursionCacheStale, recursionCacheInsertions
    case recursionCacheEvictions, recursionCacheOverlong
    // Gauges.
    case connectionsOpen, bytesBuffered, reassembliesOpen, networksKnown, recursionCacheEntries, recursionCacheBytes

    /// Whether it goes up and down.
    package var isGauge: Bool {
        switch self {
        case .connectionsOpen, .bytesBuffered, .reassembliesOpen, .networksKnown, .recursionCacheEntries,
            .recursionCacheBytes:
            true
        default: false
        }
    }

    /// The counter of answers with `code`.
    static func answers(_ code: ResponseCode) -> Metric {
        switch code {
        case .success: .answersSuccess
        case .error: .answersError
        case .serverBusy: .answersBusy
        case .protocolError: .answersProtocolError
        case .operationNotSupported: .answersNotSupported
        case .identifierNotFound: .answersIdentifierNotFound
        case .invalidIdentifier: .answersInvalidIdentifier
        case .valuesNotFound: .answersValuesNotFound
        case .siteInfoOutOfDate: .answersSiteInfoOutOfDate
        case .notResponsible: .answersNotResponsible
        case .serviceReferral: .answersServiceReferral
        case .prefixReferral: .answersPrefixReferral
        default: .answersOther
        }
    }

    /// The counter of requests that got no answer for this reason.
    static func silence(_ silence: RequestSlot.Silence) -> Metric {
        switch silence {
        case .none, .tooShort: .datagramsTooShort
        case .isResponse: .datagramsOfResponses
        case .errorLargerThanRequest: .errorsLargerThanRequest
        case .answerTooLarge: .answersTooLargeForUDP
        case .limitedByPackets: .requestsLimitedByPackets
        case .limitedByBytes: .requestsLimitedByBytes
        }
    }
}

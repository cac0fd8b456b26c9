package import ResolutionProtocol

/// A question to one server of another node: one step of a recursion.
package struct RecursionAsk: Hashable, Sendable {
    /// The server: its address, its interfaces, and its key where its site record says one.
    package var server: SiteServer
    /// The request, but for its RequestId, which is 0: the asker draws one that cannot be guessed.
    package var request: Message
    /// Whether only an answer that the server has signed with its key will do.
    package var mustBeCertified: Bool
    /// Whether it is asked over a connection alone.
    package var isOverConnection: Bool

    /// Where the server is to be asked, in order of preference, UDP before TCP, with a port of 1 to 65,535: at least
    /// one, unless it is asked over a connection and takes none.
    package var interfaces: [ServerInterface] {
        isOverConnection ? server.interfaces.filter { $0.transport == .tcp } : server.interfaces
    }

    /// What is asked for.
    package var identifier: [UInt8] {
        guard case .resolve(let question) = request.body else { return [] }
        return question.identifier
    }

    /// The server as tables of servers know it.
    package var endpoint: ServerEndpoint {
        ServerEndpoint(address: server.address, port: server.interfaces.first?.port ?? 0)
    }

    /// What `candidate` is asked for `lookup`, a part of `question`.
    init(of question: RecursionQuestion, _ lookup: RecursionLookup, to candidate: SiteCandidate, at time: BatchTime) {
        server = candidate.server
        // Who has no known key can prove nothing: `Recursion` says what it is believed.
        let isProofWanted = question.provesIdentity || question.flags.contains(.certify)
        mustBeCertified = isProofWanted && !server.publicKey.isEmpty
        isOverConnection = question.provesIdentity
        let isQuestion = lookup.goal == .question
        let version = min(candidate.place.site.protocolVersion, .newest)
        let now = UInt32(truncatingIfNeeded: time.unixSeconds)
        request = Message(
            envelope: Envelope(version: version.isKnown ? version : .newest, requestID: 0),
            header: Header(
                opCode: .resolution,
                flags: Self.flags(of: question, lookup, to: candidate, isCertified: mustBeCertified),
                siteInfoSerial: candidate.place.site.serialNumber,
                recursionCount: question.recursionCount &+ 1,
                expiration: now &+ Header.lifetimeSeconds
            ),
            body: .resolve(
                ResolutionRequest(
                    identifier: lookup.name,
                    indexes: isQuestion ? question.indexes : [],
                    types: isQuestion ? question.types : lookup.types
                )
            )
        )
    }

    /// CA, and what the asker set. The level above may recurse in its turn, as it need not be the top; others may not.
    private static func flags(
        of question: RecursionQuestion,
        _ lookup: RecursionLookup,
        to candidate: SiteCandidate,
        isCertified: Bool
    ) -> OpFlags {
        var flags: OpFlags = [.cacheCertify]
        if candidate.place.isAbove { flags.insert(.recursive) }
        if lookup.isAuthoritative { flags.insert(.authoritative) }
        // With the digest the signature is about this request.
        if isCertified { flags.formUnion([.certify, .requestDigest]) }
        if lookup.goal != .question || question.flags.contains(.publicOnly) { flags.insert(.publicOnly) }
        return flags
    }
}

/// A server as tables of servers know it: address and port.
package struct ServerEndpoint: Hashable, Sendable {
    /// 16 bytes in the form of `SiteServer`.
    package var address: [UInt8]
    /// The port.
    package var port: UInt32

    /// A server.
    package init(address: [UInt8], port: UInt32) {
        self.address = address
        self.port = port
    }
}

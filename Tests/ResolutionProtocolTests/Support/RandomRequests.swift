import ResolutionProtocol

/// Random bodies of requests.
extension SeededRandom {
    mutating func valuesRequest() -> ValuesRequest {
        ValuesRequest(identifier: someBytes(), values: list { $0.handleValue() })
    }

    mutating func indexesRequest() -> IndexesRequest {
        IndexesRequest(identifier: someBytes(), indexes: list(upTo: 5) { $0.number() })
    }

    mutating func challengeAnswer() -> ChallengeAnswer {
        ChallengeAnswer(authenticationType: someBytes(), user: reference(), answer: someBytes(upTo: 40))
    }

    mutating func challengeVerification() -> ChallengeVerification {
        ChallengeVerification(
            secret: reference(),
            nonce: bytes(16),
            requestDigest: requestDigest(),
            answer: someBytes(upTo: 40)
        )
    }

    /// How many ways `sessionExchange` knows.
    static let sessionExchangeCount = 5

    mutating func sessionExchange(_ kind: Int) -> SessionExchange {
        switch kind {
        case 0: .clientKey(someBytes(upTo: 30))
        case 1: .serverKey
        case 2: .registeredKey(reference())
        case 3: .diffieHellman(someBytes(upTo: 30))
        default: .unknown(mode: bool() ? 0 : 5, bytes: someBytes())
        }
    }

    mutating func sessionSetupRequest() -> SessionSetupRequest {
        SessionSetupRequest(
            timeoutSeconds: number(),
            identity: bool() ? reference() : SessionSetupRequest.anonymous,
            exchange: sessionExchange(below(Self.sessionExchangeCount))
        )
    }
}

import ResolutionProtocol
import Testing

/// Every type that stands in a message is read as it is written, and refused when cut.
@Suite struct WireCodableTests {
    private static let roundCount = 40

    /// Runs `body` with random values; the seed is printed.
    private func rounds(_ name: String = #function, _ body: (inout SeededRandom) throws -> Void) rethrows {
        var random = SeededRandom(printingSeedFor: name)
        for _ in 0..<Self.roundCount { try body(&random) }
    }

    @Test func fixedLayouts() throws {
        try rounds { random in
            try expectSymmetric(random.envelope())
            try expectLeavesRest(random.envelope())
            try expectSymmetric(random.header())
            try expectLeavesRest(random.header())
            try expectSymmetric(random.number(UInt32.self))
            try expectSymmetric(random.serverInterface())
        }
    }

    @Test func texts() throws {
        try rounds { random in
            try expectSymmetric(WireText(random.someBytes()))
            try expectSymmetric(random.reference())
            try expectSymmetric(SiteAttribute(name: random.someBytes(), value: random.someBytes()))
        }
    }

    @Test func credentials() throws {
        try rounds { random in
            try expectSymmetric(random.credential())
            try expectLeavesRest(random.credential())
        }
    }

    @Test func handleValues() throws {
        try rounds { random in
            try expectSymmetric(random.handleValue())
            try expectLeavesRest(random.handleValue())
            try expectSymmetric(ValueList(references: random.list { $0.reference() }))
        }
    }

    @Test func sites() throws {
        try rounds { random in
            try expectSymmetric(random.siteInfo())
            try expectLeavesRest(random.siteInfo())
            try expectSymmetric(random.siteServer())
        }
    }

    @Test func administrators() throws {
        try rounds { random in
            let record = AdminRecord(
                permissions: random.number(),
                administrator: random.reference(),
                hasLegacyPadding: random.bool()
            )
            try expectSymmetric(record, optionalTails: record.hasLegacyPadding ? [2] : [])
        }
    }

    @Test func publicKeys() throws {
        try rounds { random in
            let key = random.publicKey()
            if case .rsa(_, _, hasTrailer: true) = key {
                try expectSymmetric(key, optionalTails: [4])
            } else {
                try expectSymmetric(key)
            }
        }
    }

    @Test func privateKeys() throws {
        try rounds { random in
            try expectSymmetric(random.privateKey())
            try expectSymmetric(random.passwordEncryption())
        }
    }

    @Test func requests() throws {
        try rounds { random in
            let request = random.resolutionRequest()
            try expectSymmetric(request, optionalTails: request.identity.map { [$0.count + 4] } ?? [])
        }
    }

    @Test func requestsOfOtherOperations() throws {
        try rounds { random in
            try expectSymmetric(NameRequest(name: random.someBytes()))
            try expectSymmetric(random.valuesRequest())
            try expectSymmetric(random.indexesRequest())
            try expectSymmetric(random.challengeAnswer())
            try expectSymmetric(random.challengeVerification())
            try expectSymmetric(KeyExchangeRequest(encryptedKey: random.someBytes(upTo: 40)))
            try expectSymmetric(LoginRequest(user: random.reference()))
        }
    }

    @Test func answers() throws {
        try rounds { random in
            try expectSymmetric(random.resolutionAnswer())
            try expectSymmetric(SessionSetupAnswer(mode: random.number(), data: random.someBytes()), optionalTails: [2])
            try expectSymmetric(random.requestDigest())
            let referral = random.referral()
            let valuesCount = referral.values.map { [4 + $0.map(\.wire.count).reduce(0, +)] } ?? []
            try expectSymmetric(referral, optionalTails: Set(valuesCount))
            let indexes: [UInt32]? = random.bool() ? random.list { $0.number() } : nil
            try expectSymmetric(
                ErrorBody(message: random.someBytes(), indexes: indexes),
                optionalTails: indexes.map { [4 + $0.count * 4] } ?? []
            )
        }
    }

    @Test func theSmallestOfEachTypeTakesItsFewestBytes() {
        #expect(HandleValue(index: 0, type: [], data: []).wire.count == HandleValue.byteCountMin)
        #expect(ValueReference(identifier: [], index: 0).wire.count == ValueReference.byteCountMin)
        #expect(SiteInfo(serialNumber: 0, servers: []).wire.count == SiteInfo.byteCountMin)
        #expect(
            SiteServer(serverID: 0, address: [UInt8](repeating: 0, count: 16), interfaces: []).wire.count
                == SiteServer.byteCountMin
        )
        #expect(SiteAttribute(name: [], value: []).wire.count == SiteAttribute.byteCountMin)
        #expect(WireText([]).wire.count == WireText.byteCountMin)
        #expect(UInt32(0).wire.count == UInt32.byteCountMin)
        #expect(
            ServerInterface(kind: .both, transport: .tcp, port: 0).wire.count == ServerInterface.byteCountMin
        )
        #expect(
            Credential(sessionCounter: 0, type: [], digestAlgorithm: [], signature: []).wire.count
                == Credential.byteCountMin
        )
        #expect(NameRequest(name: []).wire.count == NameRequest.byteCountMin)
        #expect(ValuesRequest(identifier: [], values: []).wire.count == ValuesRequest.byteCountMin)
        #expect(IndexesRequest(identifier: [], indexes: []).wire.count == IndexesRequest.byteCountMin)
        let nobody = ValueReference(identifier: [], index: 0)
        #expect(
            ChallengeAnswer(authenticationType: [], user: nobody, answer: []).wire.count
                == ChallengeAnswer.byteCountMin
        )
        let noDigest = RequestDigest(algorithm: nil, bytes: [])
        #expect(
            ChallengeVerification(secret: nobody, nonce: [], requestDigest: noDigest, answer: []).wire.count
                == ChallengeVerification.byteCountMin
        )
        // The two bytes behind the last field need not be there.
        #expect(SessionSetupRequest(exchange: .serverKey).wire.count - 2 == SessionSetupRequest.byteCountMin)
        #expect(KeyExchangeRequest(encryptedKey: []).wire.count == KeyExchangeRequest.byteCountMin)
        #expect(LoginRequest(user: nobody).wire.count == LoginRequest.byteCountMin)
        let noEncryption = PasswordEncryption(salt: [], iterationCount: 0, keyBitCount: 0, iv: [], ciphertext: [])
        #expect(noEncryption.wire.count == PasswordEncryption.byteCountMin)
        #expect(ResolutionRequest(identifier: []).wire.count == ResolutionRequest.byteCountMin)
        #expect(ResolutionAnswer(identifier: [], values: []).wire.count == ResolutionAnswer.byteCountMin)
        #expect(Referral(identifier: [], values: nil).wire.count == Referral.byteCountMin)
        #expect(ErrorBody(message: []).wire.count == ErrorBody.byteCountMin)
    }
}

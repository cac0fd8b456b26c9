import ResolutionProtocol
import Testing

@Suite struct SessionSetupRequestTests {
    @Test(arguments: 0..<SeededRandom.sessionExchangeCount)
    func everyModeIsReadAsWrittenAndRefusedWhenCut(_ kind: Int) throws {
        var random = SeededRandom(printingSeedFor: "\(#function) \(kind)")
        for _ in 0..<40 {
            var request = random.sessionSetupRequest()
            request.exchange = random.sessionExchange(kind)
            // Of another mode nothing is known but that it ends with the body.
            if case .unknown(_, let bytes) = request.exchange {
                try expectSymmetric(request, optionalTails: Set(0...bytes.count))
            } else {
                try expectSymmetric(request, optionalTails: [2])
            }
        }
    }

    /// The examples of operations.md §1.
    @Test func workedExamples() throws {
        let user = ValueReference(identifier: Array("35.TEST/U".utf8), index: 300)
        let name: [UInt8] = [0, 0, 0, 9] + Array("35.TEST/U".utf8)
        let head: [UInt8] = [0, 1, 0x51, 0x80]
        let examples: [(SessionSetupRequest, [UInt8])] = [
            (
                SessionSetupRequest(identity: user, exchange: .diffieHellman([0xDE, 0xAD])),
                [0, 4] + head + name + [0, 0, 1, 0x2C, 0, 0, 0, 2, 0xDE, 0xAD, 0, 0]
            ),
            (
                SessionSetupRequest(
                    identity: user,
                    exchange: .registeredKey(ValueReference(identifier: user.identifier, index: 301))
                ),
                [0, 3] + head + name + [0, 0, 1, 0x2C] + name + [0, 0, 1, 0x2D, 0, 0]
            ),
            (
                SessionSetupRequest(exchange: .serverKey),
                [0, 2] + head + [0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0]
            ),
        ]
        for (request, wire) in examples {
            #expect(request.wire == wire)
            #expect(try SessionSetupRequest(wire: wire) == request)
        }
    }

    @Test func theTwoBytesBehindTheLastFieldAreNotLookedAt() throws {
        let request = SessionSetupRequest(exchange: .diffieHellman([1]))
        let fields = Array(request.wire.dropLast(2))
        #expect(try SessionSetupRequest(wire: fields) == request)
        #expect(try SessionSetupRequest(wire: fields + [7, 9]) == request)
        #expect(throws: WireError.truncated) { try SessionSetupRequest(wire: fields + [0]) }
        #expect(throws: WireError.trailingBytes) { try SessionSetupRequest(wire: fields + [0, 0, 0]) }
    }

    @Test func aSessionWithoutANameIsNobodys() {
        #expect(SessionSetupRequest(exchange: .serverKey).isAnonymous)
        let user = ValueReference(identifier: Array("88/1".utf8), index: .max)
        #expect(!SessionSetupRequest(identity: user, exchange: .serverKey).isAnonymous)
    }
}

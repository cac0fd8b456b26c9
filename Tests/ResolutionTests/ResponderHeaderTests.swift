import Resolution
import ResolutionProtocol
import Testing

/// What a response repeats of its request, and what it says of the node (wire.md §4).
@Suite struct ResponderHeaderTests {
    private static let echoed: OpFlags = [
        .authoritative, .certify, .encrypt, .cacheCertify, .publicOnly, .mintSuffix, .doNotRefer,
    ]

    @Test(arguments: 0..<32)
    func eachFlagIsEchoedOrNot(bit: Int) {
        let asked = OpFlags(rawValue: 1 << UInt32(bit))
        for isPrimary in [true, false] {
            let node = Registry.node(settings: TestNode.settings(isPrimary: isPrimary))
            let own: OpFlags = isPrimary ? [.authoritative, .recursive] : [.recursive]
            for identifier in [Registry.item, "88.118.8/none"] {
                let flags = node.reply(to: .resolve(identifier, flags: asked)).message?.header.flags
                let digest = asked.intersection(.requestDigest)
                #expect(flags == own.union(asked.intersection(Self.echoed)).union(digest))
            }
        }
    }

    @Test func allFlagsAtOnce() {
        let node = Registry.node()
        let flags = node.reply(to: .resolve(Registry.item, flags: OpFlags(rawValue: .max))).message?.header.flags
        #expect(flags == Self.echoed.union([.recursive, .requestDigest]))
    }

    @Test(arguments: [UInt8(0), 1, 10, 40, 255])
    func recursionCountIsRepeated(count: UInt8) {
        let node = Registry.node()
        var request = Message.resolve(Registry.item)
        request.header.recursionCount = count
        expectValues(of: node, request, Registry.itemValues)
        #expect(node.reply(to: request).message?.header.recursionCount == count)
    }

    @Test(arguments: [UInt32(0), 1, 0x7FFF_FFFF, 0x8000_0000, .max])
    func requestAndSessionNumbersAreRepeated(number: UInt32) {
        let node = Registry.node()
        for identifier in [Registry.item, "99/x"] {
            var request = Message.resolve(identifier, requestID: number)
            request.envelope.sessionID = ~number
            let reply = node.reply(to: request)
            #expect(reply.message?.envelope.requestID == number)
            #expect(reply.message?.envelope.sessionID == ~number)
            #expect(reply.message?.envelope.sequenceNumber == 0)
            #expect(reply.message?.envelope.flags == [])
        }
    }

    @Test(
        arguments: [
            (0, 43_200), (1_700_000_000, 1_700_043_200), (0x7FFF_FFFF, 0x8000_A8BF), (0xFFFF_FFFF, 43_199),
        ] as [(Int64, UInt32)]
    )
    func expirationIsTwelveHoursOn(now: Int64, expiration: UInt32) {
        let node = Registry.node()
        let time = BatchTime(unixSeconds: now, nanoseconds: 1)
        #expect(node.reply(to: Asked(.resolve(Registry.item)), at: time).message?.header.expiration == expiration)
        #expect(node.reply(to: Asked(.resolve("99/x")), at: time).message?.header.expiration == expiration)
    }

    @Test(arguments: [UInt16(0), 1, 0x7FFF, 0x8000, 0xFFFF])
    func serialIsTheNodesOwn(serial: UInt16) {
        var settings = TestNode.settings()
        settings.site.serialNumber = serial
        let node = Registry.node(settings: settings)
        var request = Message.resolve(Registry.item)
        request.header.siteInfoSerial = 3
        #expect(node.reply(to: request).message?.header.siteInfoSerial == serial)
    }

    @Test func reservedByteOfARequestDoesNotMatter() {
        let node = Registry.node()
        var request = Message.resolve(Registry.item)
        request.header.reserved = 0xFF
        #expect(node.reply(to: request).message?.header.reserved == 0)
    }
}

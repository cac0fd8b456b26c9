import EventLoop
import Glibc
import ResolutionProtocol
import Testing
import TransportSuite

/// Hostile and odd messages at a real node (cases P1 to P15), each followed by an honest question on the same socket.
@Suite struct ProtocolInputTests {
    private let node: NodeProcess

    init() throws { node = try Self.node() }

    private static func node(settings: [(key: String, value: String)] = []) throws -> NodeProcess {
        let directory = try NodeDirectory(settings: settings)
        try directory.fill(
            homed: [SampleRecords.prefix],
            records: SampleRecords.records(4) + lengths.map { (name: name($0), values: SampleRecords.values($0)) } + [
                odd
            ]
        )
        return try NodeProcess(directory)
    }

    private static let lengths = [10, 255, 510, 511, 512, 2_047, 2_048]

    /// A name of this many bytes.
    private static func name(_ byteCount: Int) -> [UInt8] {
        Array("88.118.8/".utf8) + [UInt8](repeating: UInt8(ascii: "x"), count: byteCount - 9)
    }

    /// Bytes that are no text, in type and data.
    private static let odd = (
        name: Array("88.118.8/odd".utf8),
        values: [HandleValue(index: 1, type: [0xC0, 0x80, 0x00, 0x41], data: [0xED, 0xA0, 0x80, 0x00, 0xFF, 0x1B])]
    )

    private func wire(_ requestID: UInt32 = 77, _ change: (inout [UInt8]) -> Void) -> [UInt8] {
        var bytes = Asking.resolve(SampleRecords.name(1), requestID: requestID)
        change(&bytes)
        return bytes
    }

    @Test func p1DatagramsShorterThanAnEnvelopeAreDroppedAndCounted() throws {
        let asker = try NodeAsker(node.address, .udp)
        let whole = wire { _ in }
        for count in 0..<20 { asker.socket.sendDatagram(Array(whole[..<count])) }
        try asker.askHonestly()
        #expect(try node.figure("datagrams_too_short") == 20)
    }

    @Test(arguments: [0, 1, 19, 23, 24, 80, 82, 500, 65_535, 262_144] as [UInt32])
    func p2LengthThatIsNotThatOfTheDatagram(length: UInt32) throws {
        let asker = try NodeAsker(node.address, .udp)
        let bytes = wire { $0.replaceSubrange(16..<20, with: length.bigEndianBytes) }
        asker.socket.sendDatagram(bytes)
        // An answer may come or not: the honest question's comes behind it.
        let honest = asker.request(SampleRecords.name(1))
        try asker.send(honest.wire)
        let first = try #require(asker.socket.receive())
        if try Asking.requestID(of: first) == 77 {
            #expect(first.count <= bytes.count)
            #expect(try Message(wire: first).header.responseCode == .protocolError)
            let second = try #require(asker.socket.receive())
            #expect(try Asking.requestID(of: second) == honest.envelope.requestID)
        }
        try asker.askHonestly()
    }

    @Test(arguments: [0x7FFF_FFFF, 0xFFFF_FFFF, 262_145] as [UInt32])
    func p3LengthOverTheLimit(length: UInt32) throws {
        let bytes = wire { $0.replaceSubrange(16..<20, with: length.bigEndianBytes) }
        let stream = try NodeAsker(node.address, .tcp)
        try stream.send(bytes)
        let answer = try Message(wire: try #require(stream.receive()))
        #expect(answer.header.responseCode == .protocolError && answer.envelope.requestID == 77)
        #expect(stream.socket.isEnded())
        let datagrams = try NodeAsker(node.address, .udp)
        datagrams.socket.sendDatagram(bytes)
        try datagrams.askHonestly()
        try NodeAsker(node.address, .tcp).askHonestly()
    }

    @Test(arguments: NodeAsker.Carrier.allCases)
    func p4UnknownVersionIsAnsweredWithOurs(carrier: NodeAsker.Carrier) throws {
        let asker = try NodeAsker(node.address, carrier)
        for version in [(0, 0), (1, 0), (2, 12), (2, 255), (3, 1), (4, 0), (9, 9), (255, 255)] as [(UInt8, UInt8)] {
            let bytes = wire { $0.replaceSubrange(0..<2, with: [version.0, version.1]) }
            try asker.send(bytes)
            let answer = try Message(wire: try #require(asker.receive(), "version \(version)"))
            #expect(answer.header.responseCode == .protocolError, "version \(version)")
            guard case .error(let error) = answer.body else {
                Issue.record("no error text for version \(version)")
                continue
            }
            // Over UDP the text is cut so that the answer is not larger than the request.
            let text = String(decoding: error.message, as: UTF8.self)
            #expect(carrier == .udp ? text.hasPrefix("2.1") : text.contains("2.11"), "\(text)")
            try asker.askHonestly()
        }
    }

    @Test(arguments: NodeAsker.Carrier.allCases)
    func p5UnknownOperationKeepsOperationRequestAndSession(carrier: NodeAsker.Carrier) throws {
        let asker = try NodeAsker(node.address, carrier)
        for operation in [0, 3, 99, 999, 2_002, 9_100, 0x8000_0000, 0xFFFF_FFFF] as [UInt32] {
            let request = Message(
                envelope: Envelope(sessionID: 0x0102_0304, requestID: asker.freshID()),
                header: Header(opCode: OpCode(rawValue: operation), expiration: 0),
                body: .bytes([1, 2, 3])
            )
            let answer = try asker.ask(request)
            #expect(answer.header.responseCode == .operationNotSupported, "operation \(operation)")
            #expect(answer.header.opCode.rawValue == operation)
            #expect(answer.envelope.requestID == request.envelope.requestID)
            #expect(answer.envelope.sessionID == 0x0102_0304)
            try asker.askHonestly()
        }
    }

    /// Where lengths and counts stand in a request with one index and one type.
    private enum InnerField: Int, CaseIterable {
        case body = 40
        case identifier = 44
        case indexes = 70
        case types = 78
        case type = 82
        case credential = 89
    }

    /// An error; or, where the bytes still make a request, with what is left over as its further field, that request's
    /// right answer.
    private func expectRefusal(_ answer: Message, of wrong: UInt32, in field: InnerField) {
        switch (field, wrong) {
        // Left over: a byte of the absent credential's length, the type, or a part of it; the index selects.
        case (.body, 46), (.types, 0), (.type, 0), (.type, 2):
            let right = ResolutionAnswer(
                identifier: SampleRecords.name(1),
                values: Array(SampleRecords.values(1).prefix(1))
            )
            #expect(answer.body == .resolved(right), "\(field) \(wrong)")
        // The index becomes the number of types: one, empty, which nothing has.
        case (.indexes, 0): #expect(answer.header.responseCode == .valuesNotFound)
        default: #expect(answer.header.responseCode == .protocolError, "\(field) \(wrong): \(answer.body)")
        }
    }

    @Test(arguments: NodeAsker.Carrier.allCases)
    func p6InnerLengthsThatDoNotFit(carrier: NodeAsker.Carrier) throws {
        let asker = try NodeAsker(node.address, carrier)
        let whole = asker.request(SampleRecords.name(1), indexes: [1], types: ["URL"]).wire
        for field in InnerField.allCases {
            let place = field.rawValue..<(field.rawValue + 4)
            let value = whole[place].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            for wrong in [0, value &- 1, value &+ 1, 0x8000_0000, 0xFFFF_FFFF] where wrong != value {
                var bytes = whole
                bytes.replaceSubrange(place, with: wrong.bigEndianBytes)
                bytes.replaceSubrange(8..<12, with: asker.freshID().bigEndianBytes)
                try asker.send(bytes)
                let answer = try Message(wire: try #require(asker.receive(), "\(field) \(wrong)"))
                #expect(Array(answer.envelope.requestID.bigEndianBytes) == Array(bytes[8..<12]))
                expectRefusal(answer, of: wrong, in: field)
                try asker.askHonestly()
            }
        }
    }

    @Test(arguments: NodeAsker.Carrier.allCases)
    func p8BytesThatAreNoTextAreNotFoundAndStoredOnesComeBackUnchanged(carrier: NodeAsker.Carrier) throws {
        let asker = try NodeAsker(node.address, carrier)
        for suffix in [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0], [0x1B, 0x5B], [0xF4, 0x90, 0x80, 0x80]]
            as [[UInt8]]
        {
            let answer = try asker.resolve(Array("88.118.8/".utf8) + suffix)
            #expect([.identifierNotFound, .invalidIdentifier].contains(answer.header.responseCode))
            let typed = asker.request(SampleRecords.name(1))
            var request = typed
            request.body = .resolve(
                ResolutionRequest(identifier: SampleRecords.name(1), types: [WireText(suffix)])
            )
            #expect(try asker.ask(request).header.responseCode == .valuesNotFound)
        }
        let answer = try asker.resolve(Self.odd.name)
        #expect(answer.body == .resolved(ResolutionAnswer(identifier: Self.odd.name, values: Self.odd.values)))
        try asker.askHonestly()
    }

    @Test(arguments: NodeAsker.Carrier.allCases)
    func p9NamesUpTo2048BytesWork(carrier: NodeAsker.Carrier) throws {
        let asker = try NodeAsker(node.address, carrier)
        for count in Self.lengths {
            let name = Self.name(count)
            let expected = ResolutionAnswer(identifier: name, values: SampleRecords.values(count))
            #expect(try asker.resolve(name).body == .resolved(expected), "\(count) bytes")
        }
        #expect(try asker.resolve(Self.name(2_046)).header.responseCode == .identifierNotFound)
        #expect(try asker.resolve(Self.name(2_049)).header.responseCode == .invalidIdentifier)
        #expect(try asker.resolve([]).header.responseCode == .invalidIdentifier)
        #expect(try asker.resolve([0x78]).header.responseCode == .notResponsible)
        try asker.askHonestly()
    }

    @Test func p12StreamCutAnywhere() throws {
        let asker = try NodeAsker(node.address, .tcp)
        for cut in 1..<asker.request(SampleRecords.name(2)).wire.count {
            let request = asker.request(SampleRecords.name(2))
            let wire = request.wire
            try asker.send(Array(wire[..<cut]))
            try asker.send(Array(wire[cut...]))
            try Asking.check(
                asker.receive(),
                gives: SampleRecords.values(2),
                of: SampleRecords.name(2),
                requestID: request.envelope.requestID
            )
        }
        let (first, second) = (asker.request(SampleRecords.name(0)), asker.request(SampleRecords.name(3)))
        for byte in first.wire { try asker.send([byte]) }
        try asker.send(second.wire + first.wire)
        var ids: [UInt32] = []
        for _ in 0..<3 { ids.append(try Asking.requestID(of: try #require(asker.receive()))) }
        let (a, b) = (first.envelope.requestID, second.envelope.requestID)
        #expect(ids == [a, b, a])
        try asker.send(second.wire)
        asker.socket.shutDownWriting()
        #expect(try Asking.requestID(of: try #require(asker.receive())) == b)
        #expect(asker.socket.isEnded())
        try NodeAsker(node.address, .tcp).askHonestly()
    }

    @Test func p13TooManyIndexesOrTypesAreRefusedQuickly() throws {
        let asker = try NodeAsker(node.address, .tcp)
        let many = (0..<60_000).map { UInt32($0) }
        let began = SystemClock.monotonicNanoseconds()
        #expect(try asker.resolve(SampleRecords.name(1), indexes: many).header.responseCode == .protocolError)
        // Far above the bound of the case, which holds for an optimised build on a quiet machine.
        #expect(SystemClock.monotonicNanoseconds() - began < 2_000_000_000)
        let fitting = try asker.resolve(SampleRecords.name(1), indexes: Array(many[..<2_048]))
        #expect(fitting.header.responseCode == .success)
        let types = asker.request(SampleRecords.name(1), types: (0..<20_000).map { "T\($0)" })
        #expect(try asker.ask(types).header.responseCode == .protocolError)
        try asker.askHonestly()
        // 100,000 of them are more than a message holds.
        try asker.send(asker.request(SampleRecords.name(1), indexes: (0..<100_000).map { UInt32($0) }).wire)
        #expect(try Message(wire: try #require(asker.receive())).header.responseCode == .protocolError)
        try NodeAsker(node.address, .tcp).askHonestly()
    }

    @Test func p15AThousandPipelinedRequestsAndOthersAreAnsweredMeanwhile() throws {
        let asker = try NodeAsker(node.address, .tcp)
        let other = try NodeAsker(node.address, .tcp)
        let requests = (0..<1_000).map { asker.request(SampleRecords.name($0 % 4)) }
        try asker.send(requests.flatMap(\.wire))
        for _ in 0..<20 { try other.askHonestly() }
        var wanted: [UInt32: Int] = [:]
        for (number, request) in requests.enumerated() { wanted[request.envelope.requestID] = number % 4 }
        for _ in requests {
            let answer = try #require(asker.receive())
            let id = try Asking.requestID(of: answer)
            let asked = wanted.removeValue(forKey: id)
            let item = try #require(asked, "answered twice or never asked")
            try Asking.check(answer, gives: SampleRecords.values(item), of: SampleRecords.name(item), requestID: id)
        }
        #expect(wanted.isEmpty)
        try asker.askHonestly()
    }

    /// Code 3: what may be under way is full of requests that never become whole; the next one is told so.
    @Test func busyNodeSaysSoAndRecovers() throws {
        let node = try Self.node(settings: [("workers", "1"), ("in_flight_bytes", "\"1 MiB\"")])
        var half = wire(5) { $0.replaceSubrange(16..<20, with: UInt32(262_144).bigEndianBytes) }
        half += [UInt8](repeating: 0, count: 262_100 - half.count)
        var holders: [NodeAsker] = []
        var code: ResponseCode?
        while holders.count < 8, code == nil {
            let holder = try NodeAsker(node.address, .tcp)
            holders.append(holder)
            try holder.send(half)
            // Not told by time: whoever is over the bound is answered, those below it are not.
            holder.socket.setTimeout(seconds: 0, milliseconds: 300)
            code = try holder.receive().map { try Message(wire: $0).header.responseCode }
        }
        #expect(code == .serverBusy && holders.count >= 4)
        holders = []
        try NodeAsker(node.address, .tcp).askHonestly()
    }
}

extension UInt32 {
    /// As it goes on the wire.
    var bigEndianBytes: [UInt8] { withUnsafeBytes(of: bigEndian) { Array($0) } }
}

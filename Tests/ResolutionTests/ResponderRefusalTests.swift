import Resolution
import ResolutionProtocol
import Testing

/// Error codes: what cannot be read, is not supported, is not there, or is broken.
@Suite struct ResponderRefusalTests {
    private let node = Registry.node()

    // MARK: 1, 2, 3, 100, 102

    @Test func absentIsCode100() {
        expectError(of: node, .resolve("88.118.8/none"), .identifierNotFound, "not found")
        expectError(of: node, .resolve("88.118.8/"), .identifierNotFound, "not found")
        expectError(of: node, .resolve("88.118.9"), .identifierNotFound, "not found")
    }

    @Test func damagedIsCode2AndUnavailableCode3() {
        node.store.setStatus(.damaged, of: Registry.item)
        expectError(of: node, .resolve(Registry.item), .error, "the stored record is damaged")
        node.store.setStatus(.unavailable, of: Registry.item)
        expectError(of: node, .resolve(Registry.item), .serverBusy, "the store cannot be read just now")
    }

    @Test func aRecordCutAtAnyByteIsNeverAWrongAnswer() {
        let key = Array(Registry.item.utf8)
        var writer = WireWriter(capacity: 512)
        StoredRecord.write(name: key, key: key, sequence: 1, values: Registry.itemValues, to: &writer)
        let record = [UInt8](writer.bytes)
        // Asked by index, so that the values are read one by one; index 99 is in none of them.
        for count in 0..<record.count {
            node.store.put(key: key, record: Array(record[..<count]))
            let request = Message.resolve(Registry.item, indexes: [99])
            expectError(of: node, request, .error, "the stored record is damaged")
        }
        node.store.put(key: key, record: record)
        expectError(
            of: node,
            .resolve(Registry.item, indexes: [99]),
            .valuesNotFound,
            "no such value that everyone may read"
        )
    }

    @Test func aRecordWithoutValuesIsNoSuccess() {
        node.store.put("88.118.8/EMPTY", [])
        expectError(
            of: node,
            .resolve("88.118.8/EMPTY"),
            .valuesNotFound,
            "no such value that everyone may read"
        )
    }

    @Test func anAnswerThatNoMessageCarriesIsCode2() {
        let data = [UInt8](repeating: 65, count: 262_144)
        node.store.put("88.118.8/BIG", [HandleValue(index: 1, type: Array("T".utf8), data: data)])
        let text = "the answer is longer than a message may be"
        expectError(of: node, .resolve("88.118.8/BIG"), .error, text)
        // The longest that fits: header, name, count, value, credential length.
        let fixed = 24 + 4 + 12 + 4 + 26 + 1 + 4
        let longest = [UInt8](repeating: 65, count: 262_144 - fixed)
        let value = HandleValue(index: 1, type: Array("T".utf8), data: longest)
        node.store.put("88.118.8/BIG", [value])
        let reply = node.reply(to: .resolve("88.118.8/BIG"))
        #expect(reply.code == .success)
        #expect(reply.bytes.count == 20 + 262_144)
        node.store.put(
            "88.118.8/BIG",
            [HandleValue(index: 1, type: Array("T".utf8), data: longest + [65])]
        )
        expectError(of: node, .resolve("88.118.8/BIG"), .error, text)
    }

    @Test(arguments: [16, 51, 60, 100])
    func aFullWriterMeansSilenceNotRecursion(byteCountMax: Int) {
        let node = Registry.node(writerByteCountMax: byteCountMax)
        let reply = node.reply(to: .resolve(Registry.item))
        if byteCountMax < 100 {
            #expect(reply.bytes.isEmpty)
            #expect(reply.slot.silence == .answerTooLarge)
            #expect(reply.code == .request)
        } else {
            #expect(reply.code == .error)
        }
        #expect(node.reply(to: .resolve("99/x")).bytes.count <= max(64, byteCountMax))
    }

    @Test func P9LengthsOfNames() {
        let invalid = "identifier must have 1 to 2048 bytes and a prefix"
        expectError(of: node, .resolve(""), .invalidIdentifier, invalid)
        for count in [9 + 1, 255, 510, 511, 512, 2_047, 2_048] {
            let name = "88.118.8/" + String(repeating: "n", count: count - 9)
            expectError(of: node, .resolve(name), .identifierNotFound, "not found")
            node.store.put(name, [Registry.url])
            expectValues(of: node, .resolve(name), [Registry.url])
        }
        for count in [2_049, 4_096, 100_000] {
            let name = "88.118.8/" + String(repeating: "n", count: count - 9)
            expectError(of: node, .resolve(name), .invalidIdentifier, invalid)
        }
        for name in ["8", "/"] {
            let isName = name == "8"
            expectError(
                of: node,
                .resolve(name),
                isName ? .notResponsible : .invalidIdentifier,
                isName ? "not responsible for this prefix" : invalid
            )
        }
        expectError(of: node, .resolve("/88.118.8/x"), .invalidIdentifier, invalid)
    }

    @Test func P9LongestBarePrefix() {
        let prefix = String(repeating: "1.", count: 1_023) + "22"
        let node = TestNode(rows: [PrefixRow(prefix: Array(prefix.utf8), state: .homed, number: 1)])
        node.store.put("0.NA/\(prefix)", [Registry.url])
        #expect(prefix.utf8.count == 2_048)
        expectValues(of: node, .resolve(prefix), [Registry.url])
    }

    @Test(
        arguments: [
            [0xFF], [0xC0, 0xAF], [0xE0, 0x80, 0xAF], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0x00],
            [0x0A, 0x0D],
            [0xC3], [0x7F], [0xC2, 0x85],
        ] as [[UInt8]]
    )
    func P8BytesThatAreNoTextAreNotFoundAndComeBackUnchanged(bytes: [UInt8]) {
        let name = Array("88.118.8/".utf8) + bytes
        expectError(of: node, .resolve(bytes: name), .identifierNotFound, "not found")
        expectError(
            of: node,
            .resolve(bytes: Array(Registry.item.utf8), types: [bytes]),
            .valuesNotFound,
            "no such value that everyone may read"
        )
        // Stored by other means, they come back as they are.
        let value = HandleValue(index: 1, type: bytes, data: bytes)
        node.store.put("88.118.8/ODD", [value])
        expectValues(of: node, .resolve("88.118.8/ODD"), [value])
        expectValues(of: node, .resolve(bytes: Array("88.118.8/ODD".utf8), types: [bytes]), [value])
    }

    @Test func P13TwoThousandIndexesAndTypesAreTheBound() {
        let text = "too many indexes and types"
        let indexes = (1...2_048).map { UInt32($0) }
        expectValues(of: node, .resolve(Registry.item, indexes: indexes), Registry.itemValues)
        expectError(of: node, .resolve(Registry.item, indexes: indexes + [1]), .protocolError, text)
        let types = [String](repeating: "URL", count: 2_048)
        expectValues(of: node, .resolve(Registry.item, types: types), [Registry.url])
        expectError(of: node, .resolve(Registry.item, types: types + ["URL"]), .protocolError, text)
        expectError(of: node, .resolve(Registry.item, indexes: [1], types: types), .protocolError, text)
        let half = Array(indexes.prefix(1_024))
        expectValues(
            of: node,
            .resolve(Registry.item, indexes: half, types: Array(types.prefix(1_024))),
            Registry.itemValues
        )
        let many = [UInt32](repeating: 1, count: 60_000)
        expectError(of: node, .resolve(Registry.item, indexes: many), .protocolError, text)
        let empty = [String](repeating: "", count: 60_000)
        expectError(of: node, .resolve(Registry.item, types: empty), .protocolError, text)
    }

    @Test func P13TypesTimesValuesAreBounded() {
        // 2,048 values times 64 types of 16 bytes with their length are the default's 2,097,152.
        let values = (1...2_048).map { Registry.value(UInt32($0), "TWELVE_BYTES", "") }
        node.store.put("88.118.8/MANY", values)
        let types = [String](repeating: "TWELVE-BYTES", count: 64)
        let nothing = "no such value that everyone may read"
        expectError(of: node, .resolve("88.118.8/MANY", types: types), .valuesNotFound, nothing)
        let text = "too many types for so many values"
        expectError(of: node, .resolve("88.118.8/MANY", types: types + [""]), .protocolError, text)
        let all = [String](repeating: "T", count: 2_048)
        expectError(of: node, .resolve("88.118.8/MANY", types: all), .protocolError, text)
        // Indexes are cheap to compare, and few values take any number of types.
        expectValues(of: node, .resolve("88.118.8/MANY", indexes: (1...2_048).map { UInt32($0) }), values)
        expectError(of: node, .resolve(Registry.item, types: all), .valuesNotFound, nothing)
        expectValues(of: node, .resolve("88.118.8/MANY"), values)
    }

    // MARK: 5

    @Test(arguments: [UInt32(0), 3, 99, 107, 999, 2_000, 1 << 31, .max])
    func P5UnknownOperationIsCode5(number: UInt32) {
        var request = Message.operation(number, body: [1, 2, 3], requestID: 0xFFFF_FFFE)
        request.envelope.sessionID = 0x8000_0001
        expectError(of: node, request, .operationNotSupported, "unknown operation")
        let overUDP = node.reply(to: Asked(request).overUDP)
        #expect(overUDP.code == .operationNotSupported)
        #expect(overUDP.message?.header.opCode.rawValue == number)
        #expect(overUDP.message?.envelope.sessionID == 0x8000_0001)
        #expect(overUDP.message?.envelope.requestID == 0xFFFF_FFFE)
        // The node goes on.
        expectValues(of: node, .resolve(Registry.item), Registry.itemValues)
    }

    @Test(arguments: OpCode.all.filter { $0.rawValue > 2 })
    func knownOperationThatIsNotSupportedIsCode5(opCode: OpCode) {
        let request = Message.operation(opCode.rawValue, body: [UInt8](repeating: 0, count: 100))
        let text = "operation not supported by this server"
        expectError(of: node, request, .operationNotSupported, text)
        let overUDP = node.reply(to: Asked(request).overUDP)
        #expect(overUDP.code == (opCode.isCarriedByUDP ? .operationNotSupported : .protocolError))
        var settings = TestNode.settings()
        settings.isAdministeredOverUDP = true
        let administered = Registry.node(settings: settings).reply(to: Asked(request).overUDP)
        #expect(administered.code == .operationNotSupported)
    }

    @Test func siteInfoIsTheNodesOwn() {
        for body in [[0, 0, 0, 1, 0x2F], []] as [[UInt8]] {
            let request = Message.operation(2, body: body)
            let expected = expectedAnswer(to: request, .success, .siteInfo(node.settings.site))
            expect(node.reply(to: request), expected)
            expect(node.reply(to: Asked(request).overUDP), expected)
        }
        #expect(node.store.calls.isEmpty)
    }
}

import ResolutionProtocol
import Testing

@Suite struct ValueSelectionTests {
    @Test func itChoosesWhatASimpleModelChooses() throws {
        var random = SeededRandom(printingSeedFor: #function)
        for _ in 0..<5_000 {
            let record = random.list(upTo: 8) { Self.randomValue(&$0) }
            let request = Self.randomRequest(&random)
            let (outcome, written) = try Self.select(request, from: record)
            let asked = record.filter { Self.isAskedFor($0, by: request) }
            let visible = asked.filter(Self.isVisible)
            #expect(written == visible.flatMap(\.wire))
            #expect(outcome.writtenCount == visible.count)
            #expect(outcome.hiddenCount == asked.count - visible.count)
        }
    }

    @Test(arguments: ["HS_SECKEY", "hs_seckey", "Hs_SecKey", "HS_SECKEY.X", "hs_seckey.", "HS_SECKEY.a.b"])
    func secretsAreNeverWritten(_ type: String) throws {
        let value = HandleValue(
            index: 301,
            permissions: ValuePermissions(rawValue: 0x0F),
            type: Array(type.utf8),
            data: [1]
        )
        let requests = [
            ResolutionRequest(identifier: []), ResolutionRequest(identifier: [], indexes: [301]),
            ResolutionRequest(identifier: [], types: [WireText(Array(type.utf8))]),
            ResolutionRequest(identifier: [], types: [WireText(Array("HS_SECKEY.".utf8))]),
        ]
        for request in requests {
            let (outcome, written) = try Self.select(request, from: [value])
            #expect(written.isEmpty)
            #expect(outcome.writtenCount == 0)
        }
        #expect(!HandleValue.areAllPublic([value]))
    }

    @Test(arguments: [
        "HS_SECKEYS", "HS_SECKE", "HS_SECKE\u{59}X", "XHS_SECKEY", "HS_SECKEY/1", "HS-SECKEY", "H\u{D3}_SECKEY",
    ])
    func whatOnlyLooksLikeASecretIsWritten(_ type: String) throws {
        let value = HandleValue(index: 1, type: Array(type.utf8), data: [1])
        let (outcome, written) = try Self.select(ResolutionRequest(identifier: []), from: [value])
        #expect(outcome.writtenCount == 1)
        #expect(written == value.wire)
        #expect(HandleValue.areAllPublic([value]))
    }

    @Test func aTypeWithAFullStopSelectsAllBelowIt() throws {
        let record = ["HS_SITE", "hs_site.6", "HS_SITE.PREFIX", "HS_SITES", "HS_SIT"].enumerated().map {
            HandleValue(index: UInt32($0 + 1), type: Array($1.utf8), data: [])
        }
        let request = ResolutionRequest(identifier: [], types: [WireText(Array("HS_SITE.".utf8))])
        #expect(try Self.select(request, from: record).written == record[..<3].flatMap(\.wire))
    }

    @Test func indexesAndTypesGiveTheUnionInTheRecordsOrder() throws {
        let record = [(5, "URL"), (1, "EMAIL"), (5, "DESC"), (2, "url"), (5, "URL")].map {
            HandleValue(index: $0.0, type: Array($0.1.utf8), data: [])
        }
        let request = ResolutionRequest(
            identifier: [],
            indexes: [1, 1, 9],
            types: [WireText(Array("Url".utf8)), WireText(Array("url".utf8))]
        )
        #expect(
            try Self.select(request, from: record).written == [0, 1, 3, 4].flatMap { record[$0].wire }
        )
    }

    @Test func valuesThatAreCutAreAnError() throws {
        let wire = HandleValue(index: 1, type: [1], data: [2]).wire
        for count in 0..<wire.count {
            #expect(throws: WireError.self) {
                try Self.select(ResolutionRequest(identifier: []), fromWire: Array(wire[..<count]), count: 1)
            }
        }
    }

    private static func select(
        _ request: ResolutionRequest,
        from record: [HandleValue]
    ) throws -> (outcome: ValueSelection.Outcome, written: [UInt8]) {
        try select(request, fromWire: record.flatMap(\.wire), count: record.count)
    }

    private static func select(
        _ request: ResolutionRequest,
        fromWire values: [UInt8],
        count: Int
    ) throws -> (outcome: ValueSelection.Outcome, written: [UInt8]) {
        let body = request.wire
        let layout = try ResolutionRequestLayout(of: body.span.bytes)
        let selection = ValueSelection(of: layout, in: body.span.bytes)
        var writer = WireWriter(capacity: 64)
        let outcome = try selection.copy(from: values.span.bytes, count: count, to: &writer)
        return (outcome, [UInt8](writer.bytes))
    }

    // The model: on texts, slow and plain.

    private static let types = [
        "URL", "url", "EMAIL", "HS_SITE", "hs_site.6", "HS_SITE.PREFIX", "HS_SECKEY", "Hs_Seckey", "HS_SECKEY.X",
        "HS_SECKEYS", "", ".", "URL.", "类型",
    ]

    private static func randomValue(_ random: inout SeededRandom) -> HandleValue {
        HandleValue(
            index: UInt32(random.below(6)),
            permissions: ValuePermissions(rawValue: UInt8(random.below(16))),
            type: Array(types[random.below(types.count)].utf8),
            data: random.someBytes(),
            references: random.below(4) == 0 ? [random.reference()] : []
        )
    }

    private static func randomRequest(_ random: inout SeededRandom) -> ResolutionRequest {
        let asked = types + ["HS_SITE.", "Hs_Site.", "hs_seckey.", "HS_"]
        return ResolutionRequest(
            identifier: random.someBytes(),
            indexes: random.list(upTo: 2) { UInt32($0.below(6)) },
            types: random.list(upTo: 2) { WireText(Array(asked[$0.below(asked.count)].utf8)) }
        )
    }

    private static func isAskedFor(_ value: HandleValue, by request: ResolutionRequest) -> Bool {
        if request.indexes.isEmpty && request.types.isEmpty { return true }
        if request.indexes.contains(value.index) { return true }
        let type = text(value.type)
        return request.types.map { text($0.bytes) }.contains { asked in
            guard asked.hasSuffix(".") else { return !asked.isEmpty && asked == type }
            return asked != "." && (type + "." == asked || type.hasPrefix(asked))
        }
    }

    private static func isVisible(_ value: HandleValue) -> Bool {
        let type = text(value.type)
        return value.permissions.rawValue & 0x02 != 0 && type != "HS_SECKEY" && !type.hasPrefix("HS_SECKEY.")
    }

    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self).uppercased() }
}

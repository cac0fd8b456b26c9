import ResolutionProtocol
import Testing

@testable import Resolution

@Suite struct StoredRecordTests {
    private static let key = Array("88.118.8/ABC".utf8)

    private static func record(_ name: String, _ values: [HandleValue], sequence: UInt64 = 0x0102_0304_0506_0708)
        -> [UInt8]
    {
        var writer = WireWriter(capacity: 64)
        StoredRecord.write(name: Array(name.utf8), key: key, sequence: sequence, values: values, to: &writer)
        return [UInt8](writer.bytes)
    }

    @Test func layout() {
        let value = HandleValue(index: 1, timestamp: 2, type: Array("URL".utf8), data: [0x41])
        let values = bytes("00000001 00000001 00000002 00 00015180 0e 00000003 55524c 00000001 41 00000000")
        #expect(Self.record("88.118.8/ABC", [value]) == bytes("01 0000 0102030405060708") + values)
        #expect(
            Self.record("88.118.8/abc", [value])
                == bytes("01 000c 0102030405060708") + Array("88.118.8/abc".utf8) + values
        )
        #expect(Self.record("88.118.8/ABC", []) == bytes("01 0000 0102030405060708 00000000"))
    }

    @Test func flagSaysWhetherAllArePublic() {
        let hidden = Registry.value(2, "EMAIL", "x", .adminRead)
        let secret = Registry.value(3, "hs_seckey", "x")
        #expect(Self.record("x", [Registry.url])[0] == 1)
        #expect(Self.record("x", [Registry.url, hidden])[0] == 0)
        #expect(Self.record("x", [Registry.url, secret])[0] == 0)
    }

    @Test func readsWhatWasWritten() throws {
        for name in ["88.118.8/ABC", "88.118.8/aBc"] {
            let record = Self.record(name, Registry.itemValues)
            let view = try StoredRecordView(record.span.bytes)
            let (areAllPublic, sequence, valueCount) = (view.areAllPublic, view.sequence, view.valueCount)
            #expect(areAllPublic)
            #expect(sequence == 0x0102_0304_0506_0708)
            let isKey = name == "88.118.8/ABC"
            let stored = [UInt8](view.name)
            #expect(stored == (isKey ? [] : Array(name.utf8)))
            #expect(valueCount == Registry.itemValues.count)
            let decoded = try view.decodedValues()
            #expect(decoded == Registry.itemValues)
            let values = [UInt8](view.values)
            #expect(values == Registry.itemValues.flatMap(\.wire))
        }
    }

    @Test func cutAtEveryByteItIsAnError() {
        let record = Self.record("88.118.8/aBc", Registry.itemValues)
        for count in 0..<record.count {
            let cut = Array(record[..<count])
            #expect(throws: WireError.truncated) { _ = try StoredRecordView(cut.span.bytes).decodedValues() }
        }
        let longer = record + [0]
        #expect(throws: WireError.trailingBytes) { _ = try StoredRecordView(longer.span.bytes).decodedValues() }
    }
}

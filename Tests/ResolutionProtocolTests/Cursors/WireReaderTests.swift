import ResolutionProtocol
import Testing

@Suite struct WireReaderTests {
    @Test func numbersAreBigEndianAndUnaligned() throws {
        let bytes: [UInt8] = [1, 2, 3, 4, 5, 6, 7, 0xFF, 0xFF, 0xFF, 0xFE]
        var reader = WireReader(bytes.span.bytes)
        let (a, b, c, d) = (
            try reader.uint8(), try reader.uint16(), try reader.uint32(), try reader.int32()
        )
        #expect(a == 1)
        #expect(b == 0x0203)
        #expect(c == 0x0405_0607)
        #expect(d == -2)
        try reader.finish()
    }

    @Test func eightOctetsAreOneNumber() throws {
        var writer = WireWriter(capacity: 16)
        writer.uint64(0x0102_0304_0506_0708)
        let bytes = [UInt8](writer.bytes)
        #expect(bytes == [1, 2, 3, 4, 5, 6, 7, 8])
        var reader = WireReader(bytes.span.bytes)
        let number = try reader.uint64()
        #expect(number == 0x0102_0304_0506_0708)
        #expect(Self.error { () throws(WireError) in _ = try reader.uint64() } == .truncated)
    }

    @Test func aFailedReadMovesNothing() {
        let bytes: [UInt8] = [0, 0, 0]
        var reader = WireReader(bytes.span.bytes)
        #expect(Self.error { () throws(WireError) in _ = try reader.uint32() } == .truncated)
        #expect(Self.error { () throws(WireError) in try reader.skip(4) } == .truncated)
        #expect(Self.error { () throws(WireError) in try reader.skip(-1) } == .truncated)
        #expect(Self.error { () throws(WireError) in try reader.finish() } == .trailingBytes)
        let offset = reader.offset
        #expect(offset == 0)
    }

    @Test(arguments: [0x0010_0001, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFE, 0xFFFF_FFFF] as [UInt32])
    func P3_lengthsAboveTheLimitOrNegativeAreRefused(_ length: UInt32) {
        let bytes = length.wire + [UInt8](repeating: 0, count: 64)
        #expect(throws: WireError.lengthOutOfRange) { try WireText(wire: bytes) }
        #expect(throws: WireError.lengthOutOfRange) { try ValueList(wire: bytes) }
    }

    @Test func P3_aCountIsNotBelievedBeforeItsItemsAreThere() {
        // 1,048,576 values would take 26 MiB at least; 60 bytes are there.
        let bytes = [0, 0, 0, 0] + UInt32(1_048_576).wire + [UInt8](repeating: 0, count: 52)
        #expect(throws: WireError.truncated) { try ResolutionAnswer(wire: bytes) }
    }

    @Test func P3_aCountIsMeasuredByTheFewestBytesOfItsItems() throws {
        let bytes = UInt32(3).wire + [UInt8](repeating: 0, count: 77)
        for (itemByteCountMin, isBelieved) in [(25, true), (26, false), (1, true), (78, false)] {
            var reader = WireReader(bytes.span.bytes)
            let count = try? reader.count(itemByteCountMin: itemByteCountMin)
            #expect(count == (isBelieved ? 3 : nil))
        }
    }

    @Test func theLimitItselfIsALength() throws {
        let text = WireText([UInt8](repeating: 7, count: WireReader.lengthMax))
        #expect(try WireText(wire: text.wire) == text)
    }

    private static func error(_ body: () throws(WireError) -> Void) -> WireError? {
        do throws(WireError) {
            try body()
            return nil
        } catch {
            return error
        }
    }
}

import Testing

@testable import Transport

@Suite struct TLSRecordsTests {
    private static func record(_ type: UInt8, _ byteCount: Int) -> [UInt8] {
        [type, 3, 3, UInt8(byteCount >> 8), UInt8(byteCount & 0xFF)] + [UInt8](repeating: 9, count: byteCount)
    }

    @Test func wholeRecordsAreCountedAndBeginningsAreNot() {
        let whole = Self.record(22, 300) + Self.record(20, 1)
        let bytes = whole + Self.record(23, 700)
        for count in 0...bytes.count {
            let expected = count < 305 ? 0 : count < 311 ? 305 : count < bytes.count ? 311 : bytes.count
            #expect(TLSRecords.wholeByteCount(of: Array(bytes[..<count])) == expected)
        }
    }

    @Test func whatIsNoRecordIsTakenAsItIs() {
        let longest = (16 << 10) + 256
        for bytes in [[0], [71], [22, 2], [22, 3, 1, 0xFF, 0xFF], Array(Self.record(23, longest + 1)[..<5])]
            as [[UInt8]]
        {
            #expect(TLSRecords.wholeByteCount(of: bytes) == bytes.count)
            #expect(TLSRecords.wholeByteCount(of: Self.record(22, 4) + bytes) == 9 + bytes.count)
        }
        #expect(TLSRecords.wholeByteCount(of: Array(Self.record(23, longest)[..<100])) == 0)
    }
}

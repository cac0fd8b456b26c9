import RecordFiles
import ResolutionProtocol
import Testing

@testable import idctl

@Suite struct RowEncoderTests {
    private static func encoded(_ json: String) throws -> (bytes: [UInt8], areAllPublic: Bool) {
        let reader = try RecordFile.reader(of: RowSource(bytes: Array((json + "\n").utf8)), format: .jsonLines)
        var row = RecordRow()
        guard case .record = try reader.next(into: &row) else { throw RecordFileError.noHeader }
        var encoder = RowEncoder()
        encoder.encode(row)
        return (encoder.withValueList { $0.withUnsafeBytes { Array($0) } }, encoder.areAllPublic)
    }

    private static func wire(_ values: [HandleValue]) -> [UInt8] {
        var writer = WireWriter(capacity: 64)
        writer.array(values)
        return writer.bytes.withUnsafeBytes { Array($0) }
    }

    @Test func `a row's values come out as the protocol writes them`() throws {
        let (bytes, areAllPublic) = try Self.encoded(
            #"{"identifier":"88.118.1/x","values":[{"index":1,"type":"URL","data":"https://example.org/"},"#
                + #"{"index":7,"type":"PHOTO","data":{"format":"base64","value":"/9j/4A=="},"ttl":"#
                + #""2030-01-01T00:00:00Z","permissions":"1110","timestamp":"2021-01-14T08:25:36Z","#
                + #""references":[{"handle":"88.118.1/y","index":3}]}]}"#
        )
        let expected = Self.wire([
            HandleValue(index: 1, type: Array("URL".utf8), data: Array("https://example.org/".utf8)),
            HandleValue(
                index: 7,
                timestamp: 1_610_612_736,
                ttlType: 1,
                ttl: 1_893_456_000,
                type: Array("PHOTO".utf8),
                data: [0xFF, 0xD8, 0xFF, 0xE0],
                references: [ValueReference(identifier: Array("88.118.1/y".utf8), index: 3)]
            ),
        ])
        #expect(bytes == expected)
        #expect(areAllPublic)
    }

    @Test(arguments: [("URL", "1100"), ("HS_SECKEY", "1111"), ("hs_seckey.2", "1111")])
    func `a value that not everyone may read makes the record one that is not public`(type: String, digits: String)
        throws
    {
        let json =
            #"{"identifier":"88.118.1/x","values":[{"index":1,"type":"TYPE","data":"d","permissions":"DIGITS"}]}"#
        let (_, areAllPublic) = try Self.encoded(
            json.replacing("TYPE", with: type).replacing("DIGITS", with: digits)
        )
        #expect(!areAllPublic)
    }

    @Test func `a type that only begins like a secret key is public`() throws {
        let json = #"{"identifier":"88.118.1/x","values":[{"index":1,"type":"HS_SECKEYS","data":"d"}]}"#
        #expect(try Self.encoded(json).areAllPublic)
    }
}

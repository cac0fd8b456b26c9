import RecordFiles
import Testing

@Suite struct JSONLinesReaderTests {
    @Test("All members in any order, data as text or as format and value")
    func members() throws {
        let read = try ReadAll(
            #"""
            {"identifier":"88.118.1/x","values":[{"index":1,"type":"URL","data":"https://a.example/"}]}
            { "values" : [ {"ttl":60,"data":{"value":"AP8=","format":"base64"},"type":"B","index":2, "permissions":"1100",
            """#.replacing("\n            { \"values\"", with: "\n{ \"values\"").replacing("\n", with: "\n") + #"""
                "timestamp":"2021-01-14T08:25:36Z","references":[{"handle":"5/y","index":7},{"index":0,"handle":"z"}]},{"index":3,"type":"H","data":{"format":"hex","value":"00fF"},"ttl":"2030-01-01T00:00:00Z"} ] , "handle" : "88.118.1/y" }
                {"identifier":"空/值","values":[]}
                """#,
            .jsonLines
        )
        let binary = PlainRecord.Value(
            index: 2,
            type: "B",
            data: [0, 255],
            ttl: 60,
            permissions: 0x0C,
            timestamp: 1_610_612_736,
            references: ["7:5/y", "0:z"]
        )
        let hex = PlainRecord.Value(index: 3, type: "H", data: [0, 255], ttl: 1_893_456_000, ttlIsAbsolute: true)
        #expect(read.errors.map { $0.message(.english) } == [])
        #expect(
            read.records == [
                PlainRecord("88.118.1/x", [text(1, "URL", "https://a.example/")]),
                PlainRecord("88.118.1/y", [binary, hex]), PlainRecord("空/值", []),
            ]
        )
    }

    @Test("Escapes stand for their characters, in names too")
    func escapes() throws {
        let line =
            #"{"identifi\u0065r":"a\/\u4e2d\ud83d\ude00","values":[{"index":1,"type":"T","data":"\"\\\b\f\n\r\t\u0000é"}]}"#
        let read = try ReadAll(line, .jsonLines)
        #expect(read.records.first?.identifier == Array("a/中😀".utf8))
        #expect(read.records.first?.values.first?.data == Array("\"\\\u{8}\u{c}\n\r\t\0é".utf8))
    }

    private static let badLines: [(String, RowErrorCode, String)] = [
        (#"{"identifier":"a/2","values":[{"index":1,"type":"T","data":"x"}]"#, .badJSON, ""),
        (#"{"identifier":"a/2","values":[]} x"#, .badJSON, ""), (#"["a/2"]"#, .badJSON, ""), ("x", .badJSON, ""),
        (#"{"values":[]}"#, .missingIdentifier, ""), (#"{"identifier":"a/2"}"#, .missingMember, "values"),
        (#"{"identifier":"","values":[]}"#, .missingIdentifier, "identifier"),
        (#"{"identifier":"a","handle":"a","values":[]}"#, .duplicateMember, "identifier"),
        (#"{"identifier":"a","values":[],"values":[]}"#, .duplicateMember, "values"),
        (#"{"identifier":"a","value":[]}"#, .unknownMember, ""),
        (#"{"identifier":1,"values":[]}"#, .wrongKind, "identifier"),
        (#"{"identifier":"a","values":{}}"#, .wrongKind, "values"),
        (#"{"identifier":"\ud800","values":[]}"#, .badEscape, "identifier"),
        (#"{"identifier":"\ud800\u0041","values":[]}"#, .badEscape, "identifier"),
        (#"{"identifier":"\udc00","values":[]}"#, .badEscape, "identifier"),
        (#"{"identifier":"\x","values":[]}"#, .badEscape, "identifier"),
        (#"{"identifier":"\u00g0","values":[]}"#, .badEscape, "identifier"),
        (#"{"identifier":"a\u0000","values":[]}"#, .nulByte, "identifier"),
        ("{\"identifier\":\"a\tb\",\"values\":[]}", .badJSON, "identifier"),
        ("{\"identifier\":\"a\u{0}\",\"values\":[]}", .nulByte, ""),
        (value(#""index":0,"type":"T","data":"""#), .badIndex, "values[0].index"),
        (value(#""index":1.0,"type":"T","data":"""#), .wrongKind, "values[0].index"),
        (value(#""index":01,"type":"T","data":"""#), .badJSON, "values[0].index"),
        (value(#""index":"1","type":"T","data":"""#), .wrongKind, "values[0].index"),
        (value(#""index":99999999999999999999,"type":"T","data":"""#), .wrongKind, "values[0].index"),
        (value(#""index":1,"data":"""#), .missingType, "values[0].type"),
        (value(#""index":1,"type":"T""#), .missingMember, "values[0].data"),
        (value(#""index":1,"index":1,"type":"T","data":"""#), .duplicateMember, "values[0].index"),
        (value(#""index":1,"type":"T","data":{"format":"admin","value":"x"}"#), .badFormat, "values[0].data"),
        (value(#""index":1,"type":"T","data":{"format":"base64","value":"x"}"#), .badBase64, "values[0].data"),
        (value(#""index":1,"type":"T","data":{"format":"hex","value":"x"}"#), .badHexadecimal, "values[0].data"),
        (value(#""index":1,"type":"T","data":{"value":"x"}"#), .missingMember, "values[0].data"),
        (value(#""index":1,"type":"T","data":"","ttl":"soon""#), .badTTL, "values[0].ttl"),
        (value(#""index":1,"type":"T","data":"","permissions":"11""#), .badPermissions, "values[0].permissions"),
        (value(#""index":1,"type":"T","data":"","timestamp":"2021""#), .badTimestamp, "values[0].timestamp"),
        (
            value(#""index":1,"type":"T","data":"","references":[{"handle":"a"}]"#), .badReferences,
            "values[0].references"
        ),
        (value(#""index":1,"type":"T","data":"","note":1"#), .unknownMember, "values[0]"),
        (value(#""index":1,"type":"T","data":""},{"index":1,"type":"U","data":"""#), .duplicateIndex, "values"),
        (#"{"row":\#(String(repeating: "[", count: 40)),"identifier":"a","values":[]}"#, .nestedTooDeep, ""),
        (#"{"identifier":"\#(String(repeating: "i", count: 2_049))","values":[]}"#, .identifierTooLong, "identifier"),
    ]

    private static func value(_ members: String) -> String {
        #"{"identifier":"a/2","values":[{\#(members)}]}"#
    }

    @Test("B4: a bad line is one error with its place, and its neighbours are intact", arguments: badLines)
    func badLine(line: String, code: RowErrorCode, path: String) throws {
        let good = #"{"identifier":"a/1","values":[{"index":1,"type":"T","data":"x"}]}"#
        for end in ["\n", "\r\n", "\r"] {
            let read = try ReadAll([good, line, "", good, good].joined(separator: end), .jsonLines, blockByteCount: 5)
            #expect(read.identifiers == ["a/1", "a/1", "a/1"])
            #expect(read.codes == [code])
            #expect(read.errors.first?.column == path)
            #expect(read.errors.first?.row == 2)
            #expect(read.errors.first?.line == 2)
            #expect(read.places.map(\.row) == [1, 3, 4])
            #expect(read.places.map(\.line) == [1, 4, 5])
        }
    }

    @Test("B4: a 10 MB string is a row error")
    func longField() throws {
        let field = String(repeating: "x", count: 10_000_000)
        let good = #"{"identifier":"a/1","values":[]}"#
        let read = try ReadAll("\(good)\n{\"identifier\":\"\(field)\"}\n\(good)\n", .jsonLines)
        #expect(read.identifiers == ["a/1", "a/1"])
        #expect(read.codes == [.recordTooLong])
        let shorter = try ReadAll("\(good)\n{\"identifier\":\"\(field.prefix(2_000_000))\"}\n\(good)\n", .jsonLines)
        #expect(shorter.identifiers == ["a/1", "a/1"])
        #expect(shorter.codes == [.fieldTooLong])
    }
}

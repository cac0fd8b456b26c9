import RecordFiles
import Testing

@Suite struct RoundTripTests {
    /// The formats that hold everything a record may be.
    private static let exact: [RecordFormat] = [.csv, .jsonLines]

    private func written(_ records: [PlainRecord], _ format: RecordFormat, isSafe: Bool = false) throws -> [UInt8] {
        let sink = RowSink()
        let writer = try RecordFile.writer(to: sink, format: format, isSpreadsheetSafe: isSafe)
        for record in records { try writer.write(record.row) }
        try writer.finish()
        return sink.bytes
    }

    private static let sample: [PlainRecord] = [
        PlainRecord("88.118.1/泵 七,\"A\"\n\r\n", [text(1, "URL", "https://例.example/?a=\"b\",c\r\n\td")]),
        PlainRecord(String(repeating: "长", count: 682) + "/x", [text(1, "T", ""), text(2, "T", " padded ")]),
        PlainRecord("=cmd|' /C calc'!A0", [text(1, "DESC", "+1"), text(2, "DESC", "@x"), text(3, "DESC", "-")]),
        PlainRecord("88.118/none", []),
        PlainRecord(
            "88.118/all",
            [
                PlainRecord.Value(index: 7, type: "B", data: Array(0...255), ttl: -5, permissions: 0, timestamp: 1),
                PlainRecord.Value(
                    index: 3,
                    type: "N",
                    data: [0],
                    ttl: Int32.min,
                    permissions: 0x9F,
                    timestamp: 0xFFFF_FFFF
                ),
                PlainRecord.Value(index: 0x7FFF_FFFF, type: "A", data: [0xFF], ttl: Int32.max, ttlIsAbsolute: true),
                PlainRecord.Value(index: 8, type: "类型", data: [0x7F], ttl: Int32.min, ttlIsAbsolute: true),
                PlainRecord.Value(index: 9, type: "R", data: [], references: ["0:a\"b", "4294967295:中/文"]),
            ]
        ),
    ]

    @Test(
        "A11: what is written reads back as it was, and writes again as the same bytes",
        arguments: exact
    )
    func roundTrip(format: RecordFormat) throws {
        let bytes = try written(Self.sample, format)
        for blockByteCount in [1, 1 << 18] {
            let read = try ReadAll(bytes, format, blockByteCount: blockByteCount)
            #expect(read.errors == [])
            #expect(read.records == Self.sample)
            #expect(try written(read.records, format) == bytes)
        }
    }

    @Test("Random records survive both formats", arguments: exact)
    func random(format: RecordFormat) throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var generator = SeededGenerator(state: seed)
        var records: [PlainRecord] = []
        for number in 0..<500 {
            var values: [PlainRecord.Value] = []
            for index in 0..<Int.random(in: 0...5, using: &generator) {
                let byteMax: UInt8 = Bool.random(using: &generator) ? 0x7E : 0xFF
                let data = (0..<Int.random(in: 0...40, using: &generator)).map { _ in
                    UInt8.random(in: 0...byteMax, using: &generator)
                }
                var value = PlainRecord.Value(index: UInt32(index * 3 + 1), type: "T,\"\n\(index)", data: data)
                value.ttl = Int32.random(in: Int32.min...Int32.max, using: &generator)
                value.ttlIsAbsolute = Bool.random(using: &generator)
                value.permissions = UInt8.random(in: 0...255, using: &generator)
                value.timestamp = UInt32.random(in: 1...UInt32.max, using: &generator)
                values.append(value)
            }
            records.append(PlainRecord("88.118/\(number)é,", values))
        }
        #expect(try ReadAll(written(records, format), format).records == records, "seed \(seed)")
    }

    @Test("The spreadsheet-safe option disarms cells that begin a formula, and only those (A11)")
    func spreadsheetSafe() throws {
        let record = PlainRecord("=a", [text(1, "+t", "@x"), text(2, "-", "x=1")])
        let rows = String(decoding: try written([record], .csv, isSafe: true), as: UTF8.self).split(separator: "\n")
        #expect(rows[1] == "'=a,1,'+t,'@x,string,86400,1110,,")
        #expect(rows[2] == "'=a,2,'-,x=1,string,86400,1110,,")
    }

    @Test(
        "A record that would not read back is refused and leaves no trace",
        arguments: exact
    )
    func unrepresentable(format: RecordFormat) throws {
        let huge = [UInt8](repeating: 0x78, count: RecordLimits.fieldByteCountMax + 1)
        let cases: [(PlainRecord, RowErrorCode)] = [
            (PlainRecord("", []), .missingIdentifier), (PlainRecord([0xFF], []), .notUTF8),
            (PlainRecord(String(repeating: "x", count: 2_049), []), .identifierTooLong),
            (PlainRecord("a", [text(0, "T", "")]), .badIndex), (PlainRecord("a", [text(1, "", "")]), .missingType),
            (PlainRecord("a", [text(1, "T", ""), text(1, "U", "")]), .duplicateIndex),
            (PlainRecord("a", [PlainRecord.Value(index: 1, type: "T", data: huge)]), .fieldTooLong),
        ]
        let empty = try written([], format)
        for (record, code) in cases {
            let sink = RowSink()
            let writer = try RecordFile.writer(to: sink, format: format)
            #expect(throws: RecordFileError.unrepresentable(code)) { try writer.write(record.row) }
            #expect(sink.bytes == empty)
        }
    }

    @Test("Times outside and at the ends of what the wire holds")
    func times() throws {
        func ttl(_ text: String) throws -> Int32? {
            let line = #"{"identifier":"a","values":[{"index":1,"type":"T","data":"","ttl":"\#(text)"}]}"#
            return try ReadAll(line, .jsonLines).records.first?.values.first?.ttl
        }
        #expect(try ttl("1901-12-13T20:45:52Z") == Int32.min)
        #expect(try ttl("2038-01-19T03:14:07Z") == Int32.max)
        #expect(try ttl("1969-12-31T23:59:59Z") == -1)
        #expect(try ttl("2000-02-29T12:00:00Z") == 951_825_600)
        #expect(try ttl("2100-02-29T12:00:00Z") == nil)
        #expect(try ttl("1900-02-29T12:00:00Z") == nil)
        #expect(try ttl("2021-13-01T00:00:00Z") == nil)
        #expect(try ttl("2021-01-01T24:00:00Z") == nil)
        #expect(try ttl("2021-01-01 00:00:00Z") == nil)
    }
}

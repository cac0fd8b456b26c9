import RecordFiles
import Testing

@Suite struct BatchTextWriterTests {
    private func written(_ records: [PlainRecord]) throws -> [UInt8] {
        let sink = RowSink()
        let writer = try RecordFile.writer(to: sink, format: .batchText)
        for record in records { try writer.write(record.row) }
        try writer.finish()
        return sink.bytes
    }

    /// HS_ADMIN: permissions, identifier, index.
    private static func administrator(_ permissions: [UInt8], _ name: String, _ index: UInt8) -> PlainRecord.Value {
        let bytes = permissions + [0, 0, 0, UInt8(name.utf8.count)] + Array(name.utf8) + [0, 0, 0, index]
        return PlainRecord.Value(index: 100, type: "HS_ADMIN", data: bytes)
    }

    private static let list = PlainRecord.Value(
        index: 200,
        type: "hs_vlist",
        data: [0, 0, 0, 2, 0, 0, 0, 3] + Array("a/b".utf8) + [0, 0, 0, 7, 0, 0, 0, 5] + Array("c:d/e".utf8) + [
            0, 0, 0, 0,
        ]
    )

    @Test func `A11 blocks have the words of Handle.Net's tool where it has them`() throws {
        let record = PlainRecord(
            "88.118.1/泵 7",
            [
                Self.administrator([0x07, 0xF3], "0.NA/88.118.1", 44), Self.list,
                text(1, "URL", "https://a.example/ x"),
                text(2, "NOTE", "two\nlines"), text(3, "EMPTY", ""),
                PlainRecord.Value(index: 4, type: "T", data: [0x41], ttl: -1, ttlIsAbsolute: true, permissions: 3),
            ]
        )
        let expected = """
            CREATE 88.118.1/泵 7
            100 HS_ADMIN 86400 1110 ADMIN 44:110011111110:0.NA/88.118.1
            200 hs_vlist 86400 1110 LIST 7:a/b;0:c:d/e
            1 URL 86400 1110 UTF8 https://a.example/ x
            2 NOTE 86400 1110 BASE64 dHdvCmxpbmVz
            3 EMPTY 86400 1110 UTF8\u{20}
            4 T 1969-12-31T23:59:59Z 0011 UTF8 A


            """
        #expect(String(decoding: try written([record]), as: UTF8.self) == expected)
        #expect(try ReadAll(expected, .batchText).records == [record])
    }

    private static let odd: [PlainRecord.Value] = [
        // Permissions beyond the twelve, an identifier cut short, one with a line end, bytes behind it.
        administrator([0x10, 0], "a/b", 1), PlainRecord.Value(index: 1, type: "HS_ADMIN", data: [0, 1, 0, 0, 0, 9]),
        administrator([0, 1], "a\n/b", 1), administrator([0, 1], "a/b ", 1), text(1, "HS_ADMIN", "300:111:a/b"),
        PlainRecord.Value(index: 1, type: "HS_VLIST", data: list.data + [0]),
        PlainRecord.Value(index: 1, type: "HS_VLIST", data: [0, 0, 0, 0]),
        PlainRecord.Value(
            index: 1,
            type: "HS_VLIST",
            data: [0, 0, 0, 1, 0, 0, 0, 3] + Array("a;b".utf8) + [0, 0, 0, 1]
        ),
        PlainRecord.Value(index: 1, type: "B", data: Array(0...255)), text(1, "T", " x"), text(1, "T", "x\t"),
        text(1, "T", "\r"), text(1, "T", "CREATE a/b"), text(1, "T", "#rejected 1"), text(1, "类型\u{A0}", "\u{3000}"),
        PlainRecord.Value(index: 0x7FFF_FFFF, type: "T", data: [], ttl: Int32.min, permissions: 0),
        PlainRecord.Value(index: 1, type: "T", data: [], ttl: Int32.max, ttlIsAbsolute: true, permissions: 0x0F),
    ]

    @Test func `A11 what is written reads back as it was, and writes again as the same bytes`() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var generator = SeededGenerator(state: seed)
        var records = Self.odd.enumerated().map { PlainRecord("88.118/\($0.offset)", [$0.element]) }
        records.append(PlainRecord(String(repeating: "长", count: 682) + "/x", [text(1, "T", "x")]))
        for number in 0..<500 {
            let byteMax: UInt8 = Bool.random(using: &generator) ? 0x7E : 0xFF
            let type = ["T", "HS_ADMIN", "HS_VLIST"][number % 3]
            let data = (0..<Int.random(in: 0...40, using: &generator)).map { _ in
                UInt8.random(in: 0...byteMax, using: &generator)
            }
            records.append(PlainRecord("88.118/é \(number)", [PlainRecord.Value(index: 1, type: type, data: data)]))
        }
        let bytes = try written(records)
        let read = try ReadAll(bytes, .batchText)
        #expect(read.errors == [], "seed \(seed)")
        #expect(read.records == records, "seed \(seed)")
        #expect(try written(read.records) == bytes)
    }

    @Test func `A11 what it cannot hold is refused and leaves no trace`() throws {
        var referring = text(1, "T", "x")
        referring.references = ["1:a/b"]
        var wide = text(1, "T", "x")
        wide.permissions = 0x1F
        let big = [UInt8](repeating: 0, count: RecordLimits.fieldByteCountMax)
        let cases: [(PlainRecord, RowErrorCode)] = [
            (PlainRecord("a", []), .noValues), (PlainRecord("a", [referring]), .referencesNotHeld),
            (PlainRecord("a", [wide]), .badPermissions), (PlainRecord(" a", [text(1, "T", "")]), .blankNotHeld),
            (PlainRecord("a\nb", [text(1, "T", "")]), .blankNotHeld),
            (PlainRecord("a", [text(1, "T U", "")]), .blankNotHeld),
            (PlainRecord("a", [PlainRecord.Value(index: 1, type: "T", data: big)]), .fieldTooLong),
            (PlainRecord([0xFF], [text(1, "T", "")]), .notUTF8),
        ]
        for (record, code) in cases {
            let sink = RowSink()
            let writer = try RecordFile.writer(to: sink, format: .batchText)
            #expect(throws: RecordFileError.unrepresentable(code)) { try writer.write(record.row) }
            #expect(sink.bytes == [])
        }
    }
}

import RecordFiles
import Testing

@Suite struct CSVReaderTests {
    @Test("WIDE: header names decide index, type, ttl, permissions; an empty cell is no value (A3)")
    func wide() throws {
        let read = try ReadAll(
            """
            标识,1:URL,2:DESC:3600,3:EMAIL::1100,2000:maker:-1:1111,4:X:0011
            88.118/1,https://a.example/,"say ""hi"", twice",,0007,x
            88.118/2,,,a@b.c,,
            """,
            .csv
        )
        var described = text(2, "DESC", "say \"hi\", twice")
        described.ttl = 3_600
        var maker = text(2_000, "maker", "0007")
        maker.ttl = -1
        maker.permissions = 0x0F
        var last = text(4, "X", "x")
        last.permissions = 0x03
        var mail = text(3, "EMAIL", "a@b.c")
        mail.permissions = 0x0C
        #expect(
            read.records == [
                PlainRecord("88.118/1", [text(1, "URL", "https://a.example/"), described, maker, last]),
                PlainRecord("88.118/2", [mail]),
            ]
        )
        #expect(read.errors.isEmpty)
    }

    @Test("LONG: adjacent rows of one identifier are one record; formats, lifetimes, times, references")
    func long() throws {
        let read = try ReadAll(
            """
            handle,index,type,data,format,ttl,permissions,timestamp,references
            88.118/1,1,URL,https://a.example/,,,,,
            88.118/1,2,BIN,AP8=,base64,60,1100,2021-01-14T08:25:36Z,"[{""handle"":""5:x"",""index"":7}]"
            88.118/2,3,HEX,00fF,hex,2030-01-01T00:00:00Z,,,
            88.118/3,,,,,,,,
            """,
            .csv
        )
        let binary = PlainRecord.Value(
            index: 2,
            type: "BIN",
            data: [0, 255],
            ttl: 60,
            permissions: 0x0C,
            timestamp: 1_610_612_736,
            references: ["7:5:x"]
        )
        let hex = PlainRecord.Value(index: 3, type: "HEX", data: [0, 255], ttl: 1_893_456_000, ttlIsAbsolute: true)
        #expect(
            read.records == [
                PlainRecord("88.118/1", [text(1, "URL", "https://a.example/"), binary]),
                PlainRecord("88.118/2", [hex]),
                PlainRecord("88.118/3", []),
            ]
        )
        #expect(read.places.map(\.row) == [1, 3, 4])
        #expect(read.rowCount == 4)
    }

    @Test("LONG: one bad row refuses its whole record and no other")
    func longRejectsWholeRecords() throws {
        let read = try ReadAll(
            """
            identifier,index,type,data
            a/1,1,URL,x
            a/2,1,URL,x
            a/2,zwei,URL,x
            a/2,3,URL,"x
            a/3,1,URL,x
            a/3,1,DESC,x
            a/4,1,URL,x
            a/4,2,URL,"unclosed
            a/4,3,URL,x
            a/5,1,URL,x
            """,
            .csv
        )
        #expect(read.identifiers == ["a/1", "a/5"])
        #expect(read.codes == [.badIndex, .duplicateIndex, .unclosedQuote])
        #expect(read.errors.map(\.row) == [3, 5, 8])
        #expect(read.errors.map(\.line) == [4, 6, 9])
        #expect(read.rejections.map(\.rowCount) == [3, 2, 3])
        #expect(read.rowCount == 10)
    }

    @Test("LONG: a row at fault whose identifier goes over a line end is refused line by line")
    func longIdentifierOverLines() throws {
        let read = try ReadAll("identifier,index,type,data\n\"a\nb\",\"1\"x,T,d\nc/1,1,T,x\n", .csv)
        #expect(read.identifiers == ["c/1"])
        #expect(read.codes == [.textAfterClosingQuote, .quoteInUnquotedCell])
        #expect(read.places.map(\.row) == [3])
        #expect(read.places.map(\.line) == [4])
    }

    @Test("B4: BOM, CRLF, CR and LF give the same rows", arguments: ["\n", "\r\n", "\r"], ["", "\u{FEFF}"])
    func lineEnds(end: String, mark: String) throws {
        let lines = ["identifier,1:URL", "a/1,x", "", "a/2,\"two\nlines\"", ",", "a/3,z", ""]
        let input = mark + lines.joined(separator: end)
        for blockByteCount in [1, 2, 3, 7, 1 << 18] {
            let read = try ReadAll(input, .csv, blockByteCount: blockByteCount)
            #expect(read.identifiers == ["a/1", "a/2", "a/3"])
            #expect(read.records[1].values[0].data == Array("two\nlines".utf8))
            #expect(read.places.map(\.row) == [1, 2, 3])
            #expect(read.places.map(\.line) == [2, 4, 7])
            for (number, place) in read.places.enumerated() {
                #expect(Array(input.utf8)[place.byteOffset...].starts(with: Array("a/\(number + 1)".utf8)))
            }
            #expect(read.errors.isEmpty)
        }
    }

    @Test(
        "B4: a bad row is one error with its place, and its neighbours are intact",
        arguments: [
            ("a/2,\"unclosed,x", RowErrorCode.unclosedQuote), ("a/2,un\"quoted,x", .quoteInUnquotedCell),
            ("a/2,\"closed\"x,x", .textAfterClosingQuote), ("a/2,x", .wrongColumnCount),
            ("a/2,x,y,z", .wrongColumnCount),
            ("a/2,n\u{0}l,x", .nulByte), (",x,y", .missingIdentifier), ("8.81E+10,x,y", .identifierIsNumber),
            ("88E5,x,y", .identifierIsNumber), ("-1.5e-3,x,y", .identifierIsNumber), ("a/2,,", .noValues),
            ("\(String(repeating: "i", count: 2_049)),x,y", .identifierTooLong),
        ]
    )
    func badRow(row: String, code: RowErrorCode) throws {
        let read = try ReadAll("identifier,1:URL,2:DESC\na/1,x,\n\(row)\na/3,\"q\",y\na/4,\"q\",\"r\"\n", .csv)
        #expect(read.identifiers == ["a/1", "a/3", "a/4"])
        // An unclosed quote is found out at the next quote, wherever that is.
        let expected = code == .unclosedQuote ? .textAfterClosingQuote : code
        #expect(read.codes == [expected])
        #expect(read.errors.first?.row == 2)
        #expect(read.errors.first?.line == 3)
        #expect(read.places.map(\.row) == [1, 3, 4])
    }

    @Test("B4: bytes that are not UTF-8 in one row are that row's error, with its column")
    func notUTF8() throws {
        let good = "a/1,中文,好\n"
        let input = Array("identifier,1:URL,2:DESC\n\(good)a/2,x,".utf8) + [0xFF, 0x0A] + Array(good.utf8)
        let read = try ReadAll(input, .csv)
        #expect(read.identifiers == ["a/1", "a/1"])
        #expect(read.codes == [.notUTF8])
        #expect(read.errors.first?.column == "2:DESC")
    }

    @Test("B4: a 10 MB field is a row error, quoted or not", arguments: ["", "\""])
    func longField(quote: String) throws {
        let field = quote + String(repeating: "x", count: 10_000_000) + quote
        let read = try ReadAll("identifier,1:URL\na/1,x\na/2,\(field)\na/3,x\n", .csv)
        #expect(read.identifiers == ["a/1", "a/3"])
        #expect(read.codes == [.fieldTooLong])
        #expect(read.places.map(\.line) == [2, 4])
        #expect(read.rejects.count < 100_000)
    }

    @Test("A field of exactly the limit is taken, one byte more is not", arguments: [true, false])
    func fieldLimit(isQuoted: Bool) throws {
        for (extra, codes) in [(0, []), (1, [RowErrorCode.fieldTooLong])] {
            let content = String(repeating: "x", count: RecordLimits.fieldByteCountMax + extra)
            let field = isQuoted ? "\"\(content)\"" : content
            let read = try ReadAll("identifier,1:URL\na/2,\(field)\na/3,x\n", .csv)
            #expect(read.codes == codes)
            #expect(read.identifiers.last == "a/3")
        }
    }

    @Test("A record over the limit is refused whole, in both shapes")
    func recordLimit() throws {
        let cell = String(repeating: "x", count: 1_000_000)
        let names = (1...9).map { "\($0):X" }.joined(separator: ",")
        let cells = Array(repeating: cell, count: 9).joined(separator: ",")
        let wide = try ReadAll("identifier,\(names)\na/1,\(cells)\na/2,x,,,,,,,,\n", .csv)
        #expect(wide.identifiers == ["a/2"])
        #expect(wide.codes == [.recordTooLong])
        let rows = (1...12).map { "a/1,\($0),X,\(cell)\n" }.joined()
        let long = try ReadAll("identifier,index,type,data\n\(rows)a/2,1,X,x\n", .csv)
        #expect(long.identifiers == ["a/2"])
        #expect(long.codes == [.recordTooLong, .partOfRejectedRecord])
        #expect(long.rowCount == 13)
    }

    @Test("LONG: the halves of a record around a row too long to keep are refused too")
    func longFieldInGroup() throws {
        let field = String(repeating: "x", count: 10_000_000)
        let read = try ReadAll(
            "identifier,index,type,data\na/1,1,X,x\na/1,2,X,\(field)\na/1,3,X,x\na/2,1,X,x\n",
            .csv
        )
        #expect(read.identifiers == ["a/2"])
        #expect(read.codes == [.partOfRejectedRecord, .fieldTooLong, .partOfRejectedRecord])
        #expect(read.rowCount == 4)
    }

    @Test("Rows whose cells are all empty, as spreadsheets leave them, are skipped")
    func blankRows() throws {
        let read = try ReadAll("\n,\nidentifier,1:URL\n,\n\"\",\na/1,x\n,\n", .csv)
        #expect(read.identifiers == ["a/1"])
        #expect(read.errors.isEmpty)
        #expect(read.places.map(\.line) == [6])
    }

    @Test("LONG: what is wrong with a cell is told with its column")
    func longCells() throws {
        let rows: [(String, RowErrorCode, String)] = [
            ("a/1,0,URL,x,,,,,", .badIndex, "index"), ("a/2,2147483648,URL,x,,,,,", .badIndex, "index"),
            ("a/3,,URL,x,,,,,", .badIndex, "index"), ("a/4,1,,x,,,,,", .missingType, "type"),
            ("a/5,1,URL,x,site,,,,", .badFormat, "format"), ("a/6,1,URL,AP8,base64,,,,", .badBase64, "data"),
            ("a/7,1,URL,AP9=,base64,,,,", .badBase64, "data"), ("a/8,1,URL,0g,hex,,,,", .badHexadecimal, "data"),
            ("a/9,1,URL,x,,soon,,,", .badTTL, "ttl"), ("a/10,1,URL,x,,2147483648,,,", .badTTL, "ttl"),
            ("a/11,1,URL,x,,,111,,", .badPermissions, "permissions"),
            ("a/12,1,URL,x,,,1112,,", .badPermissions, "permissions"),
            ("a/13,1,URL,x,,,,2021-02-29T00:00:00Z,", .badTimestamp, "timestamp"),
            ("a/14,1,URL,x,,,,2038-01-19T03:14:08Z,", .badTimestamp, "timestamp"),
            ("a/15,1,URL,x,,,,,7:a/b", .badReferences, "references"),
            ("a/16,1,URL,x,,,,,[]]", .badReferences, "references"),
        ]
        let header = "identifier,index,type,data,format,ttl,permissions,timestamp,references\n"
        let read = try ReadAll(header + rows.map(\.0).joined(separator: "\n") + "\na/99,1,URL,x,,,,,\n", .csv)
        #expect(read.codes == rows.map(\.1))
        #expect(read.errors.map(\.column) == rows.map(\.2))
        #expect(read.identifiers == ["a/99"])
    }
}

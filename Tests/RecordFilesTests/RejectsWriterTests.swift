import RecordFiles
import Testing

@Suite struct RejectsWriterTests {
    @Test("A8: CSV rejects keep the rows word for word, and import again once corrected")
    func csv() throws {
        let input =
            "identifier,1:URL,2:DESC\na/1,x,y\na/2,\"un,closed\na/3,too,many,cells\n8E5,\"q,\"\"\",\"r\ns\"\na/5,x,y\n"
        let first = try ReadAll(input, .csv)
        #expect(first.identifiers == ["a/1", "a/5"])
        let rejects = String(decoding: first.rejects, as: UTF8.self)
        #expect(rejects.hasPrefix("row,code,message,identifier,1:URL,2:DESC\n2,E-IMPORT-"))
        #expect(rejects.contains("\",a/2,\"un,closed\n"))
        #expect(rejects.contains("\",a/3,too,many,cells\n"))
        #expect(rejects.contains("\",8E5,\"q,\"\"\",\"r\ns\"\n"))
        // Uncorrected, it is refused again for the same reasons, and says the same words once, not twice.
        let again = try ReadAll(rejects, .csv)
        #expect(again.codes == first.codes)
        #expect(again.records.isEmpty)
        #expect(again.rejects.starts(with: Array("row,code,message,identifier,1:URL,2:DESC\n1,E-IMPORT-".utf8)))
        #expect(try ReadAll(again.rejects, .csv).rejects.count == again.rejects.count)
        let corrected = rejects.replacing("\"un,closed", with: "\"un,closed\",")
            .replacing("too,many,cells", with: "just,right").replacing("8E5", with: "a/4")
        let fixed = try ReadAll(corrected, .csv)
        #expect(fixed.identifiers == ["a/2", "a/3", "a/4"])
        #expect(fixed.errors == [])
    }

    @Test("A8: LONG rejects hold all rows of the record, the wrong one with its reason")
    func long() throws {
        let input = "identifier,index,type,data\na/1,1,T,x\n\n\"\",,,\na/1,0,T,y\na/1,3,T,\"z\nz\"\na/2,1,T,x\n"
        let first = try ReadAll(input, .csv)
        let rows = String(decoding: first.rejects, as: UTF8.self).split(separator: "\n")
        #expect(rows.count == 5)
        #expect(rows[1].hasPrefix("1,E-IMPORT-030,") && rows[1].hasSuffix(",a/1,1,T,x"))
        #expect(rows[2].hasPrefix("2,E-IMPORT-012,") && rows[2].hasSuffix(",a/1,0,T,y"))
        let fixed = try ReadAll(String(decoding: first.rejects, as: UTF8.self).replacing("a/1,0", with: "a/1,2"), .csv)
        #expect(fixed.records.map(\.values.count) == [3])
    }

    @Test("A8: JSON Lines rejects put the reasons in front; lines that are no object are kept as text")
    func jsonLines() throws {
        let input = "{\"identifier\":\"a/1\",\"values\":[],\"x\":1}\n{}\nbroken \"line\"\n{ \"row\":9 }\n"
        let first = try ReadAll(input, .jsonLines)
        let lines = String(decoding: first.rejects, as: UTF8.self).split(separator: "\n")
        #expect(lines[0].hasPrefix("{\"row\":1,\"code\":\"E-IMPORT-027\",\"message\":\""))
        #expect(lines[0].hasSuffix("\",\"identifier\":\"a/1\",\"values\":[],\"x\":1}"))
        #expect(lines[1].hasSuffix("\"}"))
        #expect(lines[2].hasSuffix(",\"text\":\"broken \\\"line\\\"\"}"))
        #expect(lines.count == 4)
        let again = try ReadAll(first.rejects, .jsonLines)
        #expect(again.codes == [.unknownMember, .missingIdentifier, .unknownMember, .missingIdentifier])
        for line in String(decoding: again.rejects, as: UTF8.self).split(separator: "\n") {
            #expect(line.split(separator: "\"code\":", omittingEmptySubsequences: false).count == 2)
        }
        let fixed = try ReadAll(
            String(decoding: again.rejects, as: UTF8.self).replacing(",\"x\":1", with: ""),
            .jsonLines
        )
        #expect(fixed.identifiers == ["a/1"])
    }

    @Test("A record refused by the importer is written with the importer's reason")
    func byImporter() throws {
        let reader = try RecordFile.reader(of: RowSource(bytes: Array("handle,1:URL\r\na/1,x\r\n".utf8)), format: .csv)
        let sink = RowSink()
        let rejects = RejectsWriter(sink, for: reader, language: .chinese)
        var row = RecordRow()
        _ = try reader.next(into: &row)
        var kept: [UInt8] = []
        reader.withCurrentText { text, _ in kept = text.withUnsafeBytes(Array.init) }
        #expect(kept.count == row.byteCount)
        try rejects.write(firstRow: row.row, code: "E-IMPORT-101", message: "前缀, 未登记", text: kept.span.bytes)
        #expect(
            String(decoding: sink.bytes, as: UTF8.self)
                == "row,code,message,handle,1:URL\n1,E-IMPORT-101,\"前缀, 未登记\",a/1,x\n"
        )
    }
}

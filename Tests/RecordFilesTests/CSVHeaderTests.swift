import RecordFiles
import Testing

@Suite struct CSVHeaderTests {
    @Test(
        "A header that cannot be used is refused with the column named",
        arguments: [
            ("", RecordFileError.noHeader), ("\n\n", .noHeader), ("1:URL\n", .missingColumn("identifier")),
            ("identifier\n", .noValueColumns), ("identifier,handle,1:URL\n", .duplicateColumn("handle")),
            ("identifier,1:URL,1:DESC\n", .duplicateColumn("1:DESC")), ("identifier,备注,1:URL\n", .unknownColumn("备注")),
            ("identifier,0:URL\n", .unknownColumn("0:URL")), ("identifier,1:\n", .unknownColumn("1:")),
            ("identifier,1:URL:soon\n", .unknownColumn("1:URL:soon")), ("identifier;1:URL\n", .wrongSeparator),
            ("identifier,1:URL:1:11\n", .unknownColumn("1:URL:1:11")),
            ("identifier,index,type\n", .missingColumn("data")),
            ("identifier,index,data\n", .missingColumn("type")), ("identifier,\"1:URL\n", .badHeader(.unclosedQuote)),
        ]
    )
    func refused(header: String, error: RecordFileError) throws {
        #expect(throws: error) { try ReadAll(header, .csv) }
    }

    @Test("Names are compared without ASCII case, and quotes around them are no part of them")
    func names() throws {
        let read = try ReadAll("\"Handle\",\"1:URL\"\na/1,x", .csv)
        #expect(read.records == [PlainRecord("a/1", [text(1, "URL", "x")])])
    }
}

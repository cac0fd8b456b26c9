import Testing

@testable import RecordFiles

/// Columns with somebody else's names (user-experience A3).
@Suite struct ColumnMappingTests {
    private static func mapping(_ rows: String) throws -> ColumnMapping {
        try ColumnMapping(RowSource(bytes: Array(("column,means\n" + rows).utf8)))
    }

    private static func read(_ text: String, _ mapping: ColumnMapping?) throws -> [String] {
        var options = ReadingOptions()
        options.mapping = mapping
        let reader = try RecordFile.reader(of: RowSource(bytes: Array(text.utf8)), format: .csv, options: options)
        var row = RecordRow()
        var found: [String] = []
        while case .record = try reader.next(into: &row) {
            let values = row.values.map { value in
                let type = String(decoding: row.copy(value.type), as: UTF8.self)
                return "\(value.index) \(type) \(value.ttl) \(String(decoding: row.copy(value.data), as: UTF8.self))"
            }
            found.append(([String(decoding: row.copy(row.identifier), as: UTF8.self)] + values).joined(separator: "|"))
        }
        return found
    }

    @Test func `A3 a mapping file says what columns mean`() throws {
        let mapping = try Self.mapping("编码,identifier\n网址,1:URL:3600\n厂家,2001:maker\n备注,-\n")
        let found = try Self.read("编码,备注,厂家,网址,2:DESC\n88.118.8/a,x,汉江,https://a,d\n", mapping)
        #expect(found == ["88.118.8/a|2001 maker 86400 汉江|1 URL 3600 https://a|2 DESC 86400 d"])
    }

    @Test func `A3 a file of a value a row can be mapped too`() throws {
        let mapping = try Self.mapping("编码,identifier\n索引,index\n类型,type\n内容,data\n")
        let found = try Self.read("编码,索引,类型,内容\n88.118.8/a,1,URL,x\n88.118.8/a,2,DESC,y\n", mapping)
        #expect(found == ["88.118.8/a|1 URL 86400 x|2 DESC 86400 y"])
    }

    @Test func `rejects of a mapped file are read with the same mapping`() throws {
        let mapping = try Self.mapping("编码,identifier\n网址,1:URL\n")
        let found = try Self.read("row,code,message,编码,网址\n3,E-IMPORT-004,m,88.118.8/a,u\n", mapping)
        #expect(found == ["88.118.8/a|1 URL 86400 u"])
    }

    @Test func `columns of a rejects file are its own, whatever those of the input are called`() throws {
        var mapping = try Self.mapping("code,identifier\nmessage,1:URL\n")
        mapping.addOptional(Array("row".utf8), meaning: Array("2:ROW".utf8))
        let found = try Self.read("row,code,message,code,message\n3,E-IMPORT-004,m,88.118.8/a,u\n", mapping)
        #expect(found == ["88.118.8/a|1 URL 86400 u"])
    }

    @Test func `a name that says what it means keeps its meaning`() throws {
        var mapping = ColumnMapping()
        for name in ["identifier", "1:URL", "code"] {
            mapping.addOptional(Array(name.utf8), meaning: Array("2001:maker".utf8))
        }
        #expect(try Self.read("identifier,1:URL\n88.118.8/a,u\n", mapping) == ["88.118.8/a|1 URL 86400 u"])
        #expect(throws: RecordFileError.unknownColumn("-")) { try Self.read("identifier,1:URL,-\na/b,u,x\n", mapping) }
    }

    @Test(arguments: [
        ("编码,identifier\n编码,1:URL\n", 2), ("编码\n", 1), ("a,identifier\nb,1:\n", 2), ("a,nothing\n", 1),
        (",identifier\n", 1), ("a,identifier,b\n", 1),
    ])
    func `a wrong row of a mapping file is named`(rows: String, row: Int) {
        #expect(throws: RecordFileError.badMapping(row: row)) { try Self.mapping(rows) }
    }

    @Test func `a mapping that names a column which is not there is told`() throws {
        let mapping = try Self.mapping("编码,identifier\n网址,1:URL\n备注,-\n")
        #expect(throws: RecordFileError.missingColumn("网址")) {
            try Self.read("编码,链接\n88.118.8/a,u\n", mapping)
        }
        #expect(throws: RecordFileError.badMapping(row: 0)) {
            try ColumnMapping(RowSource(bytes: Array("name,means\n".utf8)))
        }
    }

    @Test func `a mapping without a file need not find its columns`() throws {
        var mapping = ColumnMapping()
        mapping.addOptional(Array("厂家".utf8), meaning: Array("2001:maker".utf8))
        mapping.addOptional(Array("maker".utf8), meaning: Array("2001:maker".utf8))
        mapping.addOptional(Array("maker".utf8), meaning: Array("-".utf8))
        #expect(try Self.read("identifier,maker\n88.118.8/a,x\n", mapping) == ["88.118.8/a|2001 maker 86400 x"])
    }
}

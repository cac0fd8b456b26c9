import RecordFiles
import Testing

@Suite struct RowErrorTests {
    @Test("C7: each code is unique and has words in both languages")
    func codes() {
        #expect(Set(RowErrorCode.allCases.map(\.rawValue)).count == RowErrorCode.allCases.count)
        for code in RowErrorCode.allCases {
            #expect(code.rawValue.hasPrefix("E-IMPORT-0"))
            #expect(code.message(.english).utf8.allSatisfy { $0 < 0x80 })
            #expect(code.message(.chinese).utf8.contains { $0 >= 0x80 })
        }
    }

    @Test("C11: a message names the place and shows foreign text without control bytes")
    func message() throws {
        let read = try ReadAll("identifier,index,type,data\na/1,\u{1B}[2J,T,x\n", .csv)
        let error = try #require(read.errors.first)
        #expect(error.message(.english).hasPrefix("row 1, line 2, index: "))
        #expect(error.message(.english).hasSuffix("(`\\u{1b}[2J`)"))
        #expect(error.message(.chinese).hasPrefix("第 1 条，第 2 行，index：索引"))
    }
}

import RecordFiles
import Testing

@Suite struct BatchTextReaderTests {
    @Test("A CREATE block is a record: UTF8, ADMIN, LIST and BASE64 data, lifetimes, permissions")
    func create() throws {
        let read = try ReadAll(
            """
            CREATE 88.118.1/pump 7
            100 HS_ADMIN 86400 1110 ADMIN 300:110011111110:0.NA/88.118.1
            1 URL 60 1100 UTF8   https://a.example/?q=1 2\\n3 \t
              200   HS_VLIST  86400 1110 list 300:0.NA/88.118;0:88.118.1/U;

            create 88.118.1/泵
            7 PHOTO 86400 1111 BASE64 /9j/4A==
            8 EMPTY -1 0000 UTF8
            """,
            .batchText
        )
        var admin = PlainRecord.Value(index: 100, type: "HS_ADMIN", data: [0x07, 0xF3, 0, 0, 0, 13])
        admin.data += Array("0.NA/88.118.1".utf8) + [0, 0, 1, 0x2C]
        var url = text(1, "URL", "https://a.example/?q=1 2\\n3")
        url.ttl = 60
        url.permissions = 0x0C
        var list = PlainRecord.Value(index: 200, type: "HS_VLIST", data: [0, 0, 0, 2, 0, 0, 0, 11])
        list.data +=
            Array("0.NA/88.118".utf8) + [0, 0, 1, 0x2C, 0, 0, 0, 10] + Array("88.118.1/U".utf8) + [0, 0, 0, 0]
        var photo = PlainRecord.Value(index: 7, type: "PHOTO", data: [0xFF, 0xD8, 0xFF, 0xE0])
        photo.permissions = 0x0F
        var empty = text(8, "EMPTY", "")
        empty.ttl = -1
        empty.permissions = 0
        #expect(
            read.records == [
                PlainRecord("88.118.1/pump 7", [admin, url, list]), PlainRecord("88.118.1/泵", [photo, empty]),
            ]
        )
        #expect(read.errors == [])
        #expect(read.places.map(\.line) == [1, 6])
    }

    @Test("B4: each kind of fault is named with its row and line, and the block behind it is whole", arguments: faults)
    func fault(block: String, line: Int, code: RowErrorCode) throws {
        let good = "1 URL 86400 1110 UTF8 x"
        for lineEnd in ["\n", "\r\n", "\r"] {
            for first in ["", "\u{FEFF}"] {
                let lines = ["CREATE a/1", good, "", block, "", "", "CREATE a/3", good]
                let input = first + lines.joined(separator: "\n").replacing("\n", with: lineEnd)
                for blockByteCount in [1, 7, 1 << 18] {
                    let read = try ReadAll(input, .batchText, blockByteCount: blockByteCount)
                    #expect(read.identifiers == ["a/1", "a/3"])
                    #expect(read.codes == [code])
                    #expect(read.errors.map(\.row) == [2])
                    #expect(read.errors.map(\.line) == [3 + line])
                }
            }
        }
    }

    static let faults: [(String, Int, RowErrorCode)] = [
        ("# a comment", 1, .unknownCommand), ("CREATES a/2", 1, .unknownCommand), ("CREATE", 1, .missingIdentifier),
        ("CREATE a/2", 1, .noValues), ("DELETE a/2", 1, .batchDelete), ("ADD a/2\n1 A 1 1110 UTF8 x", 1, .batchChange),
        ("modify a/2\n1 A 1 1110 UTF8 x", 1, .batchChange), ("REMOVE 1,2:a/2", 1, .batchChange),
        ("HOME s:2641:tcp\na", 1, .batchHome), ("UNHOME s:2641:tcp\na", 1, .batchHome),
        ("AUTHENTICATE SECKEY:300:0.NA/a\nsecret", 1, .batchAuthenticate),
        ("SESSIONSETUP\nUSESESSION:1", 1, .batchAuthenticate),
        ("CREATE a/2\n1 A 1 1110 UTF8 x\nand so on", 3, .badValueLine), ("CREATE a/2\n0 A 1 1110 UTF8 x", 2, .badIndex),
        ("CREATE a/2\n1", 2, .missingType), ("CREATE a/2\n1 A x 1110 UTF8 x", 2, .badTTL),
        ("CREATE a/2\n1 A 1 011111110011 UTF8 x", 2, .badPermissions), ("CREATE a/2\n1 A 1 1110", 2, .badValueLine),
        ("CREATE a/2\n1 A 1 1110 UTF8x", 2, .badValueLine),
        ("CREATE a/2\n1 A 1 1110 ADMIN 300:1111:0.NA/a", 2, .badAdministrator),
        ("CREATE a/2\n1 A 1 1110 ADMIN x:111111111111:0.NA/a", 2, .badAdministrator),
        ("CREATE a/2\n1 A 1 1110 LIST 300", 2, .badHandleList), ("CREATE a/2\n1 A 1 1110 LIST", 2, .badHandleList),
        ("CREATE a/2\n1 A 1 1110 LIST 1:;", 2, .badHandleList), ("CREATE a/2\n1 A 1 1110 BASE64 xx", 2, .badBase64),
        ("CREATE a/2\n1 A 1 1110 UTF8 x\n1 B 1 1110 UTF8 x", 1, .duplicateIndex),
        ("CREATE a/2\n1 A 1 1110 UTF8 a\u{0}b", 2, .nulByte),
        ("CREATE a/2\n1 A 1 1110 FILE /etc/passwd", 2, .fileNotAllowed),
    ]

    @Test("B4: an identifier and a value that are too long")
    func tooLong() throws {
        let good = "\n\nCREATE a/2\n1 A 1 1110 UTF8 x"
        let name = try ReadAll("CREATE \(String(repeating: "x", count: 2_049))\n1 A 1 1110 UTF8 x\(good)", .batchText)
        #expect(name.codes == [.identifierTooLong] && name.identifiers == ["a/2"])
        let data = String(repeating: "x", count: RecordLimits.fieldByteCountMax)
        let value = try ReadAll("CREATE a/1\n1 A 1 1110 UTF8 \(data)x\(good)", .batchText)
        #expect(value.codes == [.fieldTooLong] && value.identifiers == ["a/2"])
        #expect(try ReadAll("CREATE a/1\n1 A 1 1110 UTF8 \(data)\(good)", .batchText).records.count == 2)
    }

    @Test("B4: a missing blank line costs the block before it, never the one behind; a cut record is not taken")
    func missingBlankLine() throws {
        let value = "1 URL 86400 1110 UTF8 x\n"
        let read = try ReadAll(
            "DELETE a/0\nDELETE a/1\nCREATE a/2\n\(value)CREATE a/3\n\(value)2 DESC 1 1110 UTF8 To do:\nDELETE it\n\n"
                + "CREATE a/4\n\(value)",
            .batchText
        )
        #expect(read.identifiers == ["a/4"])
        #expect(
            read.codes == [.batchDelete, .batchDelete, .missingBlankLine, .missingBlankLine, .batchDelete]
        )
        #expect(read.errors.map(\.line) == [1, 2, 3, 5, 8])
        // Nor is it taken when the rejects are imported as they are.
        let again = try ReadAll(read.rejects, .batchText)
        #expect(again.records.isEmpty && again.errors.count == 5)
        let completed = String(decoding: read.rejects, as: UTF8.self).replacing("CUT ", with: "")
        #expect(try ReadAll(completed, .batchText).identifiers == ["a/2", "a/3"])
    }

    @Test("B4: text that is no UTF-8 refuses its block; a file in GB18030 is refused as a whole")
    func encoding() throws {
        let good = Array("CREATE a/2\n1 URL 86400 1110 UTF8 泵\n".utf8)
        let bad = Array("CREATE a/1\n1 URL 86400 1110 UTF8 ".utf8) + [0xFF, 0x0A, 0x0A]
        let read = try ReadAll(bad + good, .batchText)
        #expect(read.identifiers == ["a/2"] && read.codes == [.notUTF8] && read.errors[0].line == 2)
        let chinese = Array("CREATE a/1\n1 DESC 86400 1110 UTF8 ".utf8) + [0xD6, 0xD0, 0xCE, 0xC4, 0x0A]
        #expect(throws: RecordFileError.suspectedGB18030) { try ReadAll(chinese, .batchText) }
    }

    @Test("B5: a block without an end is refused in bounded memory, and the next one is read")
    func endlessBlock() throws {
        let value = Array("1 URL 86400 1110 UTF8 \(String(repeating: "x", count: 1_000))\n".utf8)
        var input = Array("CREATE a/1\n".utf8)
        while input.count < 20 << 20 { input += value }
        input += Array("\nCREATE a/2\n1 URL 86400 1110 UTF8 x\n".utf8)
        let read = try ReadAll(input, .batchText)
        #expect(read.codes == [.recordTooLong] && read.identifiers == ["a/2"])
        #expect(read.rejects.count < 100_000)
        // What was cut is not a block that could be imported.
        #expect(try ReadAll(read.rejects, .batchText).codes == [.unknownCommand])
    }

    @Test("A8: rejects keep the blocks word for word, and import again once corrected; secrets are not copied")
    func rejects() throws {
        let first = try ReadAll(
            "AUTHENTICATE SECKEY:300:0.NA/a\nverysecret\n\nCREATE a/1\r\n1 URL x 1110 UTF8 x\r\n\r\nCREATE a/2\n2 A 1 1110 UTF8 y\n",
            .batchText
        )
        let rejects = String(decoding: first.rejects, as: UTF8.self)
        #expect(!rejects.contains("verysecret"))
        #expect(rejects.hasPrefix("#rejected 1 E-IMPORT-035 row 1, line 1: "))
        #expect(rejects.contains("\n#rejected 2 E-IMPORT-018 row 2, line 5, ttl: "))
        #expect(rejects.hasSuffix("\nCREATE a/1\r\n1 URL x 1110 UTF8 x\n\n"))
        let again = try ReadAll(rejects, .batchText)
        #expect(again.codes == first.codes && again.rowCount == 2)
        let fixed = try ReadAll(again.rejects, .batchText)
        #expect(fixed.rejects.count == again.rejects.count)
        let corrected = try ReadAll(rejects.replacing("URL x", with: "URL 60"), .batchText)
        #expect(corrected.identifiers == ["a/1"])
    }
}

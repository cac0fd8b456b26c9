import Glibc
import Testing

/// What an import and `verify` read beside the file itself: files that it names, and one of its worksheets.
@Suite struct ImportInputTests {
    private static func bench() throws -> IdctlBench {
        let bench = try IdctlBench()
        try bench.idctl(["key", "new", "--type", "ed25519", "--out", bench.file("owner.pem")])
        try bench.idctl(
            ["prefix", "allot", "88.118.8", "--name", "Owner", "--admin-key", bench.file("owner.pem.pub")]
                + bench.config
        )
        return bench
    }

    /// Imports `file` with `options` into the directory of a node that never ran, first without changing anything.
    private static func expectInDirectory(_ file: String, _ options: [String], _ code: Int32, _ told: String) throws {
        let directory = try NodeDirectory()
        for more in [["--dry-run"], []] {
            let outcome = try BuiltProgram.run(
                ["import", file, "--home-prefixes", "--lang", "en", "--data", directory.data] + options + more,
                program: "idctl",
                in: directory.directory
            )
            #expect(outcome.ending == .code(code) && outcome.text.contains(told), "\(more): \(outcome.text)")
        }
    }

    @Test func `B9 FILE is read with --files alone, and only below that directory`() throws {
        let bench = try Self.bench()
        let folder = bench.file("pictures")
        #expect(mkdir(folder, 0o700) == 0)
        try TestFile.write(folder + "/a.bin", [0, 0xFF, 0x0A] + Array("泵".utf8))
        try TestFile.write(bench.file("outside"), Array("secret".utf8))
        #expect(symlink(bench.file("outside"), folder + "/link") == 0)
        let file = bench.file("in.txt")
        let block = { (name: String, path: String) in "CREATE 88.118.8/\(name)\n1 PHOTO 86400 1110 FILE \(path)\n\n" }
        let text =
            block("in", "a.bin") + block("up", "../outside") + block("link", "link")
            + block("absolute", bench.file("outside")) + block("none", "b.bin")
        try TestFile.write(file, Array(text.utf8))

        let owner = bench.owner("owner.pem")
        let told = "5 read = 1 created + 0 changed + 0 unchanged + 4 rejected"
        for more in [["--dry-run"], ["--dry-run=server"], []] {
            let refused = try bench.idctl(["import", file] + more + owner, 6)
            #expect(refused.contains("E-IMPORT-040: 5 records") && refused.contains("0 created"), "\(refused)")
            let taken = try bench.idctl(["import", file, "--files", folder] + more + owner, 6)
            #expect(taken.contains(told) && taken.contains("E-IMPORT-041: 4 records"), "\(taken)")
        }
        try Self.expectInDirectory(file, [], 6, "E-IMPORT-040: 5 records")
        try Self.expectInDirectory(file, ["--files", folder], 6, told)
        let got = try bench.idctl(["id", "get", "88.118.8/in", "--json"] + owner)
        #expect(got.contains("AP8K5rO1"), "the bytes of the file: \(got)")

        let server = ["--server", "\(bench.node.address)"]
        #expect(try bench.idctl(["verify", file, "--files", folder] + server, 6).contains("1 same"))
        #expect(try bench.idctl(["verify", file] + server, 6).contains("0 same"))
        #expect(try bench.idctl(["import", file, "--files", folder + "/none"] + owner, 1).contains("E-IMPORT-050"))
        #expect(bench.node.stop() == .code(0))
    }

    /// A spreadsheet of two worksheets, each with a record.
    private static func spreadsheet() -> [UInt8] {
        let relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        var archive = StoredArchive()
        archive.add(
            "xl/workbook.xml",
            "<workbook xmlns:r=\"\(relation)\"><sheets><sheet name=\"Notes\" sheetId=\"1\" r:id=\"rId1\"/>"
                + "<sheet name=\"零件\" sheetId=\"2\" r:id=\"rId2\"/></sheets></workbook>"
        )
        let relations = (1...2).map {
            "<Relationship Id=\"rId\($0)\" Type=\"\(relation)/worksheet\" Target=\"worksheets/sheet\($0).xml\"/>"
        }
        archive.add("xl/_rels/workbook.xml.rels", "<Relationships>\(relations.joined())</Relationships>")
        for (number, name) in [(1, "note"), (2, "part")] {
            let rows = [["identifier", "1:URL"], ["88.118.8/\(name)", "https://example.org/\(name)"]].enumerated()
                .map { row, cells in
                    let columns = zip(["A", "B"], cells).map {
                        "<c r=\"\($0)\(row + 1)\" t=\"inlineStr\"><is><t>\($1)</t></is></c>"
                    }
                    return "<row r=\"\(row + 1)\">\(columns.joined())</row>"
                }
            archive.add(
                "xl/worksheets/sheet\(number).xml",
                "<worksheet><sheetData>\(rows.joined())</sheetData></worksheet>"
            )
        }
        return archive.bytes
    }

    @Test func `B8 the worksheet of --sheet is read, else the first`() throws {
        let bench = try Self.bench()
        let file = bench.file("in.xlsx")
        try TestFile.write(file, Self.spreadsheet())
        let (owner, sheet) = (bench.owner("owner.pem"), ["--sheet", "零件"])
        for more in [["--dry-run"], ["--dry-run=server"], []] {
            #expect(try bench.idctl(["import", file] + sheet + more + owner).contains("1 read = 1 created"))
        }
        #expect(try bench.idctl(["id", "list", "88.118.8"] + owner) == "88.118.8/part\n")
        let server = ["--server", "\(bench.node.address)"]
        #expect(try bench.idctl(["verify", file] + sheet + server).contains("1 same"))
        #expect(try bench.idctl(["verify", file] + server, 3).contains("88.118.8/note"))
        #expect(try bench.idctl(["import", file, "--sheet", "none"] + owner, 1).contains("E-IMPORT-071"))
        try Self.expectInDirectory(file, sheet, 0, "1 read = 1 created")
        #expect(bench.node.stop() == .code(0))
    }
}

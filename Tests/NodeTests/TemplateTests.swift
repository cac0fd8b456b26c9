import EventLoop
import Glibc
import Testing

/// Data templates as an enterprise uses them: with `idctl`, over the wire (docs/data-templates.md).
@Suite struct TemplateTests {
    /// A node with 88.118.8, whose owner's key is in `owner.pem`.
    private static func bench() throws -> IdctlBench {
        let bench = try IdctlBench(settings: [("workers", "1")])
        try bench.idctl(["key", "new", "--type", "ed25519", "--out", bench.file("owner.pem")])
        try bench.idctl(
            ["prefix", "allot", "88.118.8", "--admin-key", bench.file("owner.pem.pub")] + bench.config
        )
        return bench
    }

    private static func write(_ text: String, _ name: String, _ bench: IdctlBench) throws -> String {
        try TestFile.write(bench.file(name), Array(text.utf8))
        return bench.file(name)
    }

    private static func template(_ change: (String) -> String = { $0 }) -> String {
        change(
            #"""
            {"version": "泵 1.0", "industryCategory": "C", "industrySpecific": "34", "items": [
              {"name": "出厂编号", "idType": "serial", "idIndex": 2000, "required": true,
               "metadata": {"type": "string", "minLength": 2, "maxLength": 6}},
              {"name": "厂家", "idType": "maker", "idIndex": 2001, "required": true},
              {"name": "备注", "idType": "note", "idIndex": 2002}
            ]}
            """#
        )
    }

    private static let rows = """
        identifier,1:URL,2000:serial,2001:maker
        88.118.8/泵-1,https://example.org/1,0042,汉江泵业
        88.118.8/p-2,https://example.org/2,7,长江
        88.118.8/p-3,https://example.org/3,0043,
        88.118.8/p-4,https://example.org/4,0044,汉江泵业

        """

    @Test func `the example can be registered as it is`() throws {
        let bench = try Self.bench()
        let file = try Self.write(try bench.idctl(["template", "example"]), "example.json", bench)
        #expect(try bench.idctl(["template", "check", file]).contains("valid"))
        try bench.idctl(["template", "create", file] + bench.owner("owner.pem"))
        #expect(try bench.idctl(["template", "list"] + bench.owner("owner.pem")).contains("88.118.8/META_"))
        #expect(bench.node.stop() == .code(0))
    }

    @Test func `an import is checked against a template, here and on the server`() throws {
        let bench = try Self.bench()
        let owner = bench.owner("owner.pem")
        let file = try Self.write(Self.template(), "pump.json", bench)
        try bench.idctl(["template", "create", file] + owner)
        let shown = try bench.idctl(["template", "show", "泵 1.0"] + owner)
        #expect(shown.contains("serial") && shown.contains("2–6"), "\(shown)")
        let parts = try Self.write(Self.rows, "parts.csv", bench)
        let told = try bench.idctl(["import", parts, "--data-template", "泵 1.0"] + owner, 6)
        #expect(told.contains("4 read = 2 created + 0 changed + 0 unchanged + 2 rejected"), "\(told)")
        let rejects = try TestFile.text(parts + ".rejects.csv")
        #expect(rejects.contains("E-IMPORT-115") && rejects.contains("2 to 6"), "\(rejects)")
        // Again: what is there is the same, whether the template is named or not.
        #expect(
            try bench.idctl(["import", parts, "--data-template", "泵 1.0"] + owner, 6).contains("2 unchanged")
        )
        let good = Self.rows.split(separator: "\n").enumerated().filter { $0.offset != 2 && $0.offset != 3 }
        let plain = try Self.write(good.map { $0.element + "\n" }.joined(), "plain.csv", bench)
        #expect(try bench.idctl(["import", plain] + owner).contains("2 unchanged"))
        try bench.idctl(["verify", plain, "--server", "\(bench.node.address)"])
        let values = try bench.idctl(["id", "get", "88.118.8/p-4"] + owner)
        #expect(values.contains("TEMPLATE_ID") && values.contains("泵 1.0"), "\(values)")
        // The server itself refuses what the tool did not look at.
        let bad = try bench.idctl(["id", "set", "88.118.8/p-4", "--value", "2000 serial 1"] + owner, 1)
        #expect(bad.contains("202") && bad.contains("value 2000 has 1 characters"), "\(bad)")
        #expect(bench.node.stop() == .code(0))
    }

    @Test func `an edition that breaks identifiers is told which, and refused`() throws {
        let bench = try Self.bench()
        let owner = bench.owner("owner.pem")
        let file = try Self.write(Self.template(), "pump.json", bench)
        try bench.idctl(["template", "create", file] + owner)
        let parts = try Self.write(Self.rows, "parts.csv", bench)
        try bench.idctl(["import", parts, "--data-template", "泵 1.0"] + owner, 6)
        let stricter = try Self.write(
            Self.template { $0.replacing(#""idType": "note","#, with: #""idType": "note", "required": true,"#) },
            "stricter.json",
            bench
        )
        let checked = try bench.idctl(["template", "check", stricter] + owner, 5)
        #expect(checked.contains("88.118.8/p-4: value 2002 (note) is required"), "\(checked)")
        #expect(checked.contains("2 of 2 identifiers would break"), "\(checked)")
        #expect(try bench.idctl(["template", "update", stricter] + owner, 5).contains("E-TEMPLATE-004"))
        let removed = try Self.write(
            Self.template { $0.replacing(#""idIndex": 2002"#, with: #""idIndex": 2003"#) },
            "removed.json",
            bench
        )
        #expect(try bench.idctl(["template", "update", removed] + owner, 5).contains("E-TEMPLATE-005"))
        let wider = try Self.write(
            Self.template { $0.replacing(#""maxLength": 6"#, with: #""maxLength": 8"#) },
            "wider.json",
            bench
        )
        try bench.idctl(["template", "update", wider] + owner)
        try bench.idctl(["template", "update", stricter, "--allow-breaking"] + owner)
        let shown = try bench.idctl(["template", "show", "泵 1.0", "--json"] + owner)
        #expect(shown.contains(#""idType":"note","idIndex":2002,"required":true"#), "\(shown)")
        #expect(bench.node.stop() == .code(0))
    }

    @Test func `a template goes once it is withdrawn, and what was made under it stays`() throws {
        let bench = try Self.bench()
        let owner = bench.owner("owner.pem")
        let file = try Self.write(Self.template(), "pump.json", bench)
        try bench.idctl(["template", "create", file] + owner)
        let parts = try Self.write(Self.rows, "parts.csv", bench)
        try bench.idctl(["import", parts, "--data-template", file] + owner, 6)
        #expect(try bench.idctl(["template", "delete", "泵 1.0", "--yes"] + owner, 1).contains("withdraw"))
        try bench.idctl(["template", "withdraw", "泵 1.0"] + owner)
        let more = try Self.write(Self.rows.replacing("p-", with: "q-"), "more.csv", bench)
        #expect(try bench.idctl(["import", more, "--data-template", "泵 1.0"] + owner, 6).contains("withdrawn"))
        try bench.idctl(["template", "publish", "泵 1.0"] + owner)
        try bench.idctl(["import", more, "--data-template", "泵 1.0"] + owner, 6)
        try bench.idctl(["template", "withdraw", "泵 1.0"] + owner)
        try bench.idctl(["template", "delete", "泵 1.0", "--yes"] + owner)
        #expect(try bench.idctl(["template", "show", "泵 1.0"] + owner, 3).contains("E-TEMPLATE-003"))
        #expect(try bench.idctl(["id", "get", "88.118.8/q-4"] + owner).contains("0044"))
        #expect(bench.node.stop() == .code(0))
    }

    @Test func `A2 the example of an import can be imported, with a template's columns and in each format`() throws {
        let bench = try Self.bench()
        let owner = bench.owner("owner.pem")
        let file = try Self.write(Self.template(), "pump.json", bench)
        try bench.idctl(["template", "create", file] + owner)
        for format in ["csv", "jsonl", "batch"] {
            let template = ["--data-template", "泵 1.0"]
            let text = try bench.idctl(["import", "--template", "--format", format] + template + owner)
            let example = text.split(separator: "\n", omittingEmptySubsequences: false)
                .prefix { !$0.hasPrefix("identifier  ") }.joined(separator: "\n")
            #expect(text.contains("必填") && text.contains("required"), "\(text)")
            let own = example.replacing("pump-7", with: "pump-\(format)").replacing("泵-8", with: "泵-\(format)")
            let path = try Self.write(own, "example.\(format == "batch" ? "txt" : format)", bench)
            #expect(try bench.idctl(["import", path] + template + owner).contains("2 created"), "\(own)")
        }
        #expect(bench.node.stop() == .code(0))
    }

    @Test func `A3 columns are named as the template's items are, or as a mapping says`() throws {
        let bench = try Self.bench()
        let owner = bench.owner("owner.pem")
        let file = try Self.write(Self.template(), "pump.json", bench)
        let created = try bench.idctl(["template", "create", file] + owner)
        let name = created.split(separator: " ").last.map { $0.trimming("\n") } ?? ""
        let parts = try Self.write("标识,出厂编号,maker\n88.118.8/a,0042,汉江泵业\n", "parts.csv", bench)
        try bench.idctl(["import", parts, "--data-template", "泵 1.0"] + owner)
        #expect(try bench.idctl(["id", "get", "88.118.8/a"] + owner).contains("汉江泵业"))
        try bench.idctl(["verify", parts, "--data-template", name, "--server", "\(bench.node.address)"])
        let mapping = try Self.write("column,means\n编码,identifier\n链接,1:URL\n备注,-\n", "mapping.csv", bench)
        let other = try Self.write("编码,链接,备注,厂家,出厂编号\n88.118.8/b,https://b,x,汉江,0043\n", "b.csv", bench)
        try bench.idctl(["import", other, "--mapping", mapping, "--data-template", "泵 1.0"] + owner)
        #expect(try bench.idctl(["import", other] + owner, 1).contains("E-IMPORT-059"))
        #expect(try bench.idctl(["import", other, "--mapping", file] + owner, 1).contains("E-IMPORT-073"))
        #expect(bench.node.stop() == .code(0))
    }

    @Test func `A2 the example needs no server`() throws {
        let bench = try Self.bench()
        for format in [[], ["--format", "jsonl"], ["--format", "batch"]] {
            #expect(try bench.idctl(["import", "--template"] + format).contains("88.118.8/pump-7"))
        }
        #expect(try bench.idctl(["import", "--template", "--format", "xlsx"], 64).contains("E-IMPORT-064"))
        #expect(try bench.idctl(["import"], 64).contains("file"))
        #expect(bench.node.stop() == .code(0))
    }

    @Test func `A2 a file in GB18030 is read once that is said, and checked without a server`() throws {
        let bench = try Self.bench()
        let path = bench.file("gb.csv")
        // 标识,2:DESC and 88.118.8/泵,水泵.
        let bytes: [UInt8] =
            [0xB1, 0xEA, 0xCA, 0xB6] + Array(",2:DESC\n88.118.8/".utf8)
            + [0xB1, 0xC3, 0x2C, 0xCB, 0xAE, 0xB1, 0xC3, 0x0A]
        try TestFile.write(path, bytes)
        #expect(try bench.idctl(["import", path, "--dry-run"], 1).contains("--encoding gb18030"))
        let told = try bench.idctl(["import", path, "--encoding", "gb18030", "--dry-run"])
        #expect(told.contains("1 read = 1 created"), "\(told)")
        try bench.idctl(["import", path, "--encoding", "gb18030"] + bench.owner("owner.pem"))
        #expect(try bench.idctl(["resolve", "88.118.8/泵", "--server", "\(bench.node.address)"]).contains("水泵"))
        #expect(bench.node.stop() == .code(0))
    }

    @Test func `A11 templates are exported before what is made under them, and can be imported in that order`() throws {
        let bench = try Self.bench()
        let owner = bench.owner("owner.pem")
        let file = try Self.write(Self.template(), "pump.json", bench)
        try bench.idctl(["template", "create", file] + owner)
        // A name that stands before that of the template.
        let parts = try Self.write(Self.rows.replacing("p-", with: "A-"), "parts.csv", bench)
        try bench.idctl(["import", parts, "--data-template", "泵 1.0"] + owner, 6)
        let wire = bench.file("wire.jsonl")
        try bench.idctl(["export", "--prefix", "88.118.8", "--no-timestamps", "--output", wire] + owner)
        #expect(bench.node.stop() == .code(0))
        let disk = bench.file("disk.jsonl")
        try bench.idctl(
            ["export", "--data", bench.directory.data, "--prefix", "88.118.8", "--no-timestamps", "--output", disk]
        )
        let (first, second) = (try TestFile.text(wire), try TestFile.text(disk))
        #expect(first == second && first.split(separator: "\n").count == 3, "\(first)")

        let empty = try Self.bench()
        let again = try Self.write(first, "again.jsonl", empty)
        #expect(try empty.idctl(["import", again, "--no-admin"] + empty.owner("owner.pem")).contains("3 created"))
        let last = empty.file("last.jsonl")
        try empty.idctl(
            ["export", "--prefix", "88.118.8", "--no-timestamps", "--output", last] + empty.owner("owner.pem")
        )
        #expect(try TestFile.text(last) == first)
        #expect(empty.node.stop() == .code(0))
        let third = try NodeDirectory(settings: [("workers", "1")])
        try empty.idctl(["import", again, "--data", third.data, "--home-prefixes"])
        // What was exported is taken as it is: under a withdrawn template too.
        let withdrawn = try Self.write(first.replacing("published", with: "withdrawn"), "withdrawn.jsonl", empty)
        let fourth = try NodeDirectory(settings: [("workers", "1")])
        try empty.idctl(["import", withdrawn, "--data", fourth.data, "--home-prefixes"])
        let copied = empty.file("copied.jsonl")
        try empty.idctl(["export", "--data", fourth.data, "--no-timestamps", "--output", copied])
        #expect(try TestFile.text(copied).contains("withdrawn"))
        #expect(try TestFile.text(copied).split(separator: "\n").count >= 3)
    }

    @Test func `a directory that is loaded goes by templates too`() throws {
        let bench = try Self.bench()
        let owner = bench.owner("owner.pem")
        let file = try Self.write(Self.template(), "pump.json", bench)
        let created = try bench.idctl(["template", "create", file] + owner)
        let name = created.split(separator: " ").last.map { $0.trimming("\n") } ?? ""
        #expect(bench.node.stop() == .code(0))
        let parts = try Self.write(Self.rows, "parts.csv", bench)
        let data = ["--data", bench.directory.data]
        let told = try bench.idctl(["import", parts, "--data-template", name] + data, 6)
        #expect(told.contains("4 read = 2 created + 0 changed + 0 unchanged + 2 rejected"), "\(told)")
        // What takes the place of a record under a template is checked as that record's.
        let update = ["--on-conflict", "update"] + data
        let worse = try Self.write("identifier,2000:serial\n88.118.8/p-4,x\n", "worse.csv", bench)
        #expect(try bench.idctl(["import", worse] + update, 6).contains("E-IMPORT-115"))
        let better = try Self.write("identifier,2000:serial,2001:maker\n88.118.8/p-4,0099,m\n", "better.csv", bench)
        #expect(try bench.idctl(["import", better] + update).contains("1 changed"))
        let exported = try bench.idctl(["export", "--prefix", "88.118.8", "--no-timestamps"] + data)
        #expect(exported.contains("0099") && exported.contains(#""index":1001"#), "\(exported)")
        let bare = try Self.write("identifier,1:URL\n\(name),https://example.org\n", "bare.csv", bench)
        #expect(try bench.idctl(["import", bare] + update, 6).contains("withdraw"))
        let strays = "identifier,1000:TEMPLATE_ID,2000:serial\n88.118.8/s-1,88.118.8/META_0000000000,1\n"
        let stray = try Self.write(strays, "stray.csv", bench)
        #expect(try bench.idctl(["import", stray] + data, 6).contains("there is no template"))
    }
}

extension Substring {
    fileprivate func trimming(_ character: Character) -> String { String(filter { $0 != character }) }
}

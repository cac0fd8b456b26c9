import Testing

/// What the programs say of themselves, and of command lines that are wrong.
@Suite struct CommandLineTests {
    private static func said(_ program: String, _ arguments: [String], _ code: Int32) throws -> String {
        let outcome = try BuiltProgram.run(arguments, program: program, in: try TestDirectory())
        #expect(outcome.ending == .code(code), "\(program) \(arguments): \(outcome.text)")
        return outcome.text
    }

    @Test(arguments: [
        ("idctl", ["resolv", "x"], "“resolv” is not known — did you mean “resolve”?", "未知的“resolv” — 是否想输入“resolve”？"),
        ("idnode", ["rnu"], "“rnu” is not known — did you mean “run”?", "未知的“rnu” — 是否想输入“run”？"),
        (
            "idctl", ["resolve", "--srever", "x", "y"], "“--srever” is not known — did you mean “--server”?",
            "是否想输入“--server”？"
        ),
        ("idnode", ["run", "--confg", "x"], "“--confg” is not known — did you mean “--config”?", "是否想输入“--config”？"),
        ("idload", ["::1", "--relpay", "x"], "“--relpay” is not known — did you mean “--replay”?", "是否想输入“--replay”？"),
        ("idctl", ["prefix", "home", "--frm", "x"], "did you mean “--from”?", "未知的“--frm”"),
        ("idload", ["--jsno"], "did you mean “--json”?", "未知的“--jsno”"),
        ("idctl", ["--vresion"], "“--version”", "“--version”"),
        ("idctl", ["resolve", "a/b", "-x"], "Unknown option '-x'", "未知选项“-x”"),
        ("idctl", ["resolve"], "Missing expected argument '<identifier>'", "缺少参数“<identifier>”"),
        ("idnode", ["init", "--prefix"], "Missing value for '--prefix <prefix>'", "“--prefix <prefix>”缺少取值"),
        ("idload", [], "Missing expected argument '<target> ...'", "缺少参数“<target> ...”"),
        ("idctl", ["resolve", "a/b", "c"], "Unexpected argument 'c'", "多余的参数“c”"),
        ("idctl", ["resolve", "a/b", "--index", "x"], "is invalid for '--index <index>'", "“x”不能用于“--index <index>”"),
        ("idload", ["::1", "--protocol", "x"], "“x” cannot be used for --protocol", "--protocol 的取值“x”不可用"),
        (
            "idload", ["hostile", "::1", "--mode", "x"], "Please provide one of idle, incomplete, never-read",
            "请给出以下之一：idle, incomplete"
        ),
        ("idctl", ["resolve", "a/b", "--tcp=x"], "does not take any value", "不带取值"),
    ])
    func `C7 C8 a wrong command line is told in the language, with the nearest word`(
        program: String,
        arguments: [String],
        english: String,
        chinese: String
    ) throws {
        let first = try Self.said(program, arguments + ["--lang", "en"], 64)
        #expect(first.contains(english))
        #expect(first.contains("\(program): E-USAGE-00"))
        #expect(try Self.said(program, ["--lang=zh"] + arguments, 64).contains(chinese))
    }

    @Test(arguments: ["idctl", "idnode", "idload"])
    func `C9 the version names commit, build and libraries`(program: String) throws {
        let text = try Self.said(program, ["--version"], 0)
        #expect(text.hasPrefix("\(program) "))
        for name in ["commit", "build", "protocol", "OpenSSL", "libuv"] {
            let line = text.split(separator: "\n").first { $0.hasPrefix(name + " ") }
            #expect(line?.split(separator: " ").count == 2, "\(name) in \(text)")
        }
        #expect(!text.contains("?"), "every library says its version")
    }

    @Test(arguments: ["idctl", "idnode", "idload"])
    func `a language nobody speaks is told`(program: String) throws {
        #expect(try Self.said(program, ["--lang", "klingon", "--help"], 64).contains("E-USAGE-001"))
    }
}

import ResolutionProtocol
import Testing

/// `idctl resolve --explain` at a real node.
@Suite struct ResolveExplainTests {
    private static func bench() throws -> IdctlBench {
        let bench = try IdctlBench()
        try bench.idctl(["prefix", "home", "88.118.8"] + bench.config)
        try TestFile.write(
            bench.file("part.json"),
            Array(
                """
                {"handle":"88.118.8/PUMP-7","values":[
                {"index":1,"type":"URL","data":{"format":"string","value":"https://example.org/7"}},
                {"index":7,"type":"PRICE","data":{"format":"string","value":"12"},"permissions":"1100"}]}
                """.utf8
            )
        )
        let create = ["id", "create", "88.118.8/PUMP-7", "--from", bench.file("part.json"), "--no-admin"]
        try bench.idctl(create + bench.config)
        return bench
    }

    private static func said(_ bench: IdctlBench, _ arguments: [String], _ code: Int32) throws -> String {
        let outcome = try BuiltProgram.run(arguments, program: "idctl", in: bench.directory.directory)
        #expect(outcome.ending == .code(code), "\(outcome.text)")
        return outcome.text
    }

    @Test func `each step of an answer is told, in Chinese and English`() throws {
        let bench = try Self.bench()
        let english = try bench.idctl(["resolve", "88.118.8/PUMP-7", "--explain"] + bench.config)
        for text in [
            "VAA code", "88 national range, 118 secondary node, 8 enterprise", "the first listener of --config",
            "UDP, sent once", "public values only", "1 of 1 are public", "1: found / 已找到", "UDP, sending 1, 1 packet",
            "1 packet came", "reading and checking what came",
        ] { #expect(english.contains(text), "\(text) is not in \(english)") }
        #expect(!english.contains("PRICE"), "what is not public is not answered")
        let server = ["--server", "\(bench.node.address)"]
        let chinese = try Self.said(bench, ["resolve", "88.118.8/PUMP-7", "--explain", "--lang", "zh"] + server, 0)
        for text in ["VAA 编码", "118 二级节点", "由 --server 指定", "只要公开的值", "1 个值中 1 个公开", "收到 1 个数据包"] {
            #expect(chinese.contains(text), "\(text) is not in \(chinese)")
        }
        #expect(bench.node.stop() == .code(0))
    }

    @Test func `JSON has the explanation as a member, and only where it is asked for`() throws {
        let bench = try Self.bench()
        let arguments = ["resolve", "88.118.8/PUMP-7", "--json", "--tcp"] + bench.config
        let tree = try #require(JSONTree(Array(bench.idctl(arguments + ["--explain"]).utf8)))
        let explanation = try #require(tree["explanation"])
        #expect(explanation["scheme"] == .string("vaa"))
        #expect(explanation["serverFrom"] == .string("--config"))
        guard case .array(let steps)? = explanation["steps"] else {
            Issue.record("no steps")
            return
        }
        #expect(steps.map { $0["action"] } == [.string("connect"), .string("write")])
        #expect(steps.map { $0["outcome"] } == [.string("connected"), .string("arrived")])
        let plain = try #require(JSONTree(Array(bench.idctl(arguments).utf8)))
        #expect(plain["explanation"] == nil)
        #expect(plain["code"] == .word("1"))
        #expect(bench.node.stop() == .code(0))
    }

    @Test func `what a scanner adds is left out, and told`() throws {
        let bench = try Self.bench()
        let said = try bench.idctl(["resolve", "]Q3hdl:88.118.8/PUMP%2D7\r\n"] + bench.config)
        #expect(said.contains("W-RESOLVE-005: read as “88.118.8/PUMP-7”: white space around it left out"))
        #expect(said.contains("https://example.org/7"))
        #expect(bench.node.stop() == .code(0))
    }

    @Test func `where nobody answers, the tries and their waits are told, and the exit code stays`() throws {
        let bench = try Self.bench()
        let server = ["--server", "\(bench.node.address)"]
        #expect(bench.node.stop() == .code(0))
        let text = try bench.idctl(["resolve", "88.118.8/PUMP-7", "--explain"] + server, 7)
        #expect(text.contains("UDP first, sent once; then TCP"))
        #expect(text.contains("TCP, connecting"))
        #expect(text.contains("E-RESOLVE-002"))
        let plain = try bench.idctl(["resolve", "88.118.8/PUMP-7", "--json"] + server, 7)
        #expect(!plain.contains("{"), "without --explain there is no document")
        let json = try bench.idctl(["resolve", "88.118.8/PUMP-7", "--json", "--explain"] + server, 7)
        #expect(json.contains(#""failure":{"code":"E-RESOLVE-002""#))
        #expect(json.contains(#""outcome":"failed""#))
    }
}

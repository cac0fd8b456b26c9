import Glibc
import ResolutionClient
import ResolutionProtocol
import Testing

/// The load tool as an administrator of a running node.
struct IdloadWriteTests {
    private static let secret = "s3cret of the load"

    /// Runs `idload` as who has the secret in `file`.
    private static func load(
        _ node: AdministeredNode,
        _ scratch: TestDirectory,
        secret: String = secret,
        _ arguments: [String]
    ) throws -> BuiltProgram.Outcome {
        let file = scratch.path + "/secret"
        try TestFile.write(file, Array(secret.utf8))
        let flags = [
            "\(node.node.address)", "--write-under", "88.118.8/LOAD-", "--write-run", "t1", "--auth",
            "301:0.NA/88.118.8", "--secret-file", file, "--timeout", "20000", "--json",
        ]
        return try BuiltProgram.run(flags + arguments, program: "idload", in: scratch, seconds: 120)
    }

    private static func document(_ outcome: BuiltProgram.Outcome) throws -> JSONTree {
        let line = outcome.text.split(separator: "\n").first { $0.hasPrefix("{") }
        return try #require(line.flatMap { JSONTree(Array($0.utf8)) }, "\(outcome.text)")
    }

    @Test(arguments: [["--threads", "1"], ["--threads", "2", "--connections", "2"]])
    func `L13 administration is written beside look-ups in one run, looked at and deleted`(_ threads: [String]) throws {
        let administrator = TestAdministrator(secret: Self.secret)
        let (node, scratch) = (try AdministeredNode(administrator), try TestDirectory())
        let run = [
            "--protocol", "udp=1,admin=1", "--id", "0.NA/88.118.8", "--closed", "16", "--count", "600",
            "--write-mix", "create:60,modify:40",
        ]
        let stays = try Self.load(node, scratch, run + threads)
        #expect(stays.ending == .code(0), "\(stays.text)")
        let document = try Self.document(stays)
        #expect(try document.number("answered") as Int == 600)
        #expect(try document.number("wrong") as Int == 0)
        let written = try #require(document["written"])
        let (created, changed) = (try written.number("created") as Int, try written.number("changed") as Int)
        #expect(created > 100 && changed > 30, "\(stays.text)")
        #expect(try written.number("checked") as Int == created)
        #expect(try written.number("missing") as Int == 0)
        #expect(try written.number("different") as Int == 0)
        #expect(try Self.names(node, administrator).count == created)
        let again = try Self.load(node, scratch, run + threads)
        #expect(again.ending == .code(5))
        #expect(again.text.contains("E-LOAD-056"), "\(again.text)")
        let gone = try Self.load(node, scratch, run + threads + ["--write-run", "t2", "--delete-afterwards"])
        #expect(gone.ending == .code(0), "\(gone.text)")
        let last = try #require(try Self.document(gone)["written"])
        #expect(try last.number("deleted") as Int == last.number("created") as Int)
        #expect(try last.number("not_deleted") as Int == 0)
        #expect(try Self.names(node, administrator).count == created)
        #expect(node.node.stop() == .code(0))
    }

    @Test func `L13 who may not write is told so before the run`() throws {
        let (node, scratch) = (try AdministeredNode(TestAdministrator(secret: Self.secret)), try TestDirectory())
        let outcome = try Self.load(node, scratch, secret: "another", ["--protocol", "admin"])
        #expect(outcome.ending == .code(4), "\(outcome.text)")
        #expect(outcome.text.contains("E-LOAD-056"))
        #expect(outcome.text.contains("code 403"), "\(outcome.text)")
        #expect(!outcome.text.contains("\"sent\""))
    }

    /// What the node lists of the prefix but for what is not the load's.
    private static func names(_ node: AdministeredNode, _ administrator: TestAdministrator) throws -> [[UInt8]] {
        var names: [[UInt8]] = []
        let client = node.client(administrator)
        try client.list(AdministeredNode.prefix) { part in
            names += part
            return true
        }
        client.end()
        let head = Array("88.118.8/LOAD-".utf8)
        return names.filter { ASCIIFolding.areEqual($0.prefix(head.count), head[...]) }
    }
}

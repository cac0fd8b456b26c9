import EventLoop
import Glibc
import Resolution
import ResolutionClient
import ResolutionProtocol
import Testing
import TransportSuite

/// A node keeps its site at the level above as it is (cases F1, F2).
struct RouteTests {
    private static let recordName = Array("0.NA/88.118".utf8)

    /// A top-level node and a secondary node with identifiers, both at ports that they keep.
    private struct Bench {
        let above: NodeDirectory
        let below: NodeDirectory
        let topAddress: SocketAddress
        var keyFile: String { below.directory.path + "/key.pem" }

        init() throws {
            topAddress = SocketAddress(ipv4: 0x7F00_0001, port: try Loopback.steadyPort())
            above = try NodeDirectory(
                prefix: "88",
                role: "top",
                listeners: [NodeDirectory.Listener(port: topAddress.port)]
            )
            below = try NodeDirectory(
                above: [topAddress],
                listeners: [NodeDirectory.Listener(port: try Loopback.steadyPort())],
                settings: [(key: "federation.route", value: "true")]
            )
            try below.fill(records: ["88.118/pump-1", "88.118/pump-2"].map { FederatedNodes.record($0) })
        }

        @discardableResult
        func idctl(_ arguments: [String], _ directory: NodeDirectory) throws -> String {
            let outcome = try BuiltProgram.run(
                arguments + ["--config", directory.configuration, "--lang", "en"],
                program: "idctl",
                in: directory.directory,
                seconds: 30
            )
            #expect(outcome.ending == .code(0), "\(arguments): \(outcome.text)")
            return outcome.text
        }

        /// Takes the node in by one command, at an address where it is not.
        func join(key file: String? = nil) throws {
            if file == nil { try writeKey(of: below, keyFile) }
            try idctl(["federation", "join", "88.118", "--site", "127.0.0.1:9", "--key", file ?? keyFile], above)
        }

        /// Writes the key of a node, which has one some seconds after its first start.
        func writeKey(of directory: NodeDirectory, _ file: String) throws {
            for _ in 0..<200 {
                let arguments = ["federation", "key", "--config", directory.configuration, file]
                let outcome = try BuiltProgram.run(
                    arguments,
                    program: "idctl",
                    in: directory.directory,
                    seconds: 30
                )
                if outcome.ending == .code(0) { return }
                usleep(200_000)
            }
            Issue.record("no key")
        }

        /// The values of the prefix's record at the top.
        func values(at top: NodeProcess) throws -> [HandleValue] {
            let answer = try NodeAsker(top.address, .tcp).resolve(RouteTests.recordName)
            guard case .resolved(let record) = answer.body else { throw NodeFailure("no record: \(answer)") }
            return record.values
        }

        /// The sites among them: for identifiers, and for derived prefixes.
        func sites(at top: NodeProcess) throws -> [SiteInfo] {
            let head = Array("HS_SITE".utf8)
            return try values(at: top).filter { $0.type.starts(with: head) }.map { try SiteInfo(wire: $0.data) }
        }

        /// Changes a key of the configuration below, which is to have `old` there.
        func set(_ old: String, to new: String) throws {
            let text = try TestFile.text(below.configuration)
            let changed = text.replacing(old, with: new, maxReplacements: 1)
            #expect(changed != text)
            try TestFile.write(below.configuration, Array(changed.utf8))
        }
    }

    private static func isCurrent(_ status: String) -> Bool { status.contains("\"route\":{\"state\":\"current\"") }
    private static func isFailing(_ status: String) -> Bool { status.contains("\"route\":{\"state\":\"failing\"") }

    private static func ports(of sites: [SiteInfo]) -> [UInt32?] {
        sites.map { $0.servers.first?.interfaces.first?.port }
    }

    @Test func F2ANodeThatJoinsAndMovesIsFoundWhereItIs() throws {
        let bench = try Bench()
        let top = try NodeProcess(bench.above)
        let foreign = try NodeProcess(
            NodeDirectory(
                prefix: "88.200",
                above: [top.address],
                settings: [(key: "recursion.enabled", value: "\"on\"")]
            )
        )
        let asker = try NodeAsker(foreign.address, .tcp)
        asker.socket.setTimeout(seconds: 30)
        var node = try NodeProcess(bench.below)
        defer { for process in [node, foreign, top] { process.stop() } }
        try node.awaitStatus { Self.isFailing($0) && $0.contains("idctl federation join") }
        try bench.join()
        try node.awaitStatus(Self.isCurrent)
        let joined = try bench.sites(at: top)
        let first = UInt32(node.address.port)
        #expect(joined.map(\.serialNumber) == [2, 2] && Self.ports(of: joined) == [first, first])
        #expect(joined.allSatisfy { site in site.servers.allSatisfy { !$0.publicKey.isEmpty } })
        #expect(try asker.resolve(Array("88.118/pump-1".utf8)).header.responseCode == .success)
        // It moves: another port in its configuration, and a restart.
        #expect(node.stop() == .code(0))
        let other = UInt32(try Loopback.steadyPort())
        try bench.set("port = \(first)", to: "port = \(other)")
        node = try NodeProcess(bench.below)
        try node.awaitStatus(Self.isCurrent)
        let moved = try bench.sites(at: top)
        #expect(moved.map(\.serialNumber) == [3, 3] && Self.ports(of: moved) == [other, other])
        #expect(try node.figure("published") == 1)
        #expect(try bench.idctl(["status"], bench.below).contains("site above"))
        let metrics = String(decoding: try node.control.ask(.metrics), as: UTF8.self)
        #expect(
            metrics.contains("\nhanjiang_route_failing 0\n")
                && metrics.contains("\nhanjiang_routes_published_total 1\n")
        )
        // Who was there before finds it, and whoever asks it for its site is told the same.
        var code = ResponseCode.request
        for _ in 0..<600 where code != .success {
            code = try asker.resolve(Array("88.118/pump-2".utf8)).header.responseCode
            if code != .success { usleep(100_000) }
        }
        #expect(code == .success)
        let header = try NodeAsker(node.address, .tcp).resolve(Array("88.118/pump-2".utf8)).header
        #expect(header.siteInfoSerial == 3)
        // A start that changes nothing leaves the serial.
        #expect(node.stop() == .code(0))
        node = try NodeProcess(bench.below)
        try node.awaitStatus(Self.isCurrent)
        #expect(try bench.sites(at: top).map(\.serialNumber) == [3, 3])
        #expect(try node.figure("published") == 0)
        // A join once more has a newer serial, the node's is newer again, and what else stands in the record stays.
        try bench.join()
        #expect(try bench.sites(at: top).map(\.serialNumber) == [4, 4])
        _ = try node.control.ask(.reload)
        try node.awaitStatus { Self.isCurrent($0) && $0.contains("\"published\":1,\"serial\":5,") }
        let again = try bench.sites(at: top)
        #expect(again.map(\.serialNumber) == [5, 5] && Self.ports(of: again) == [other, other])
        let types = try bench.values(at: top).map { String(decoding: $0.type, as: UTF8.self) }
        #expect(types.sorted() == ["DESC", "HS_ADMIN", "HS_PUBKEY", "HS_SITE", "HS_SITE.PREFIX"])
    }

    @Test func F2ANewerSiteThatSomebodyPutThereStays() throws {
        let bench = try Bench()
        let top = try NodeProcess(bench.above)
        var node = try NodeProcess(bench.below)
        defer { for process in [node, top] { process.stop() } }
        try bench.join()
        try node.awaitStatus(Self.isCurrent)
        var newer = try #require(try bench.sites(at: top).first)
        newer.serialNumber = 40
        newer.servers[0].interfaces[0].port = 7
        let changed = try bench.values(at: top).filter { $0.type.starts(with: Array("HS_SITE".utf8)) }.map { value in
            var value = value
            value.data = newer.wire
            return value
        }
        try OperatorClient(top.control).modify(changed, of: Self.recordName)
        _ = try node.control.ask(.reload)
        try node.awaitStatus { $0.contains("serial 40: set site.serial above it") }
        #expect(try bench.sites(at: top) == [newer, newer])
        #expect(node.stop() == .code(0))
        node = try NodeProcess(bench.below)
        try node.awaitStatus { $0.contains("serial 40: set site.serial above it") }
        #expect(try bench.sites(at: top) == [newer, newer])
        #expect(try NodeAsker(node.address, .udp).resolve(Array("88.118/pump-1".utf8)).header.responseCode == .success)
    }

    @Test func aWrongKeyIsSaidAndTheAnswersGoOn() throws {
        let bench = try Bench()
        let top = try NodeProcess(bench.above)
        let node = try NodeProcess(bench.below)
        defer { for process in [node, top] { process.stop() } }
        // The key of another node.
        let wrong = bench.above.directory.path + "/wrong.pem"
        try bench.writeKey(of: bench.above, wrong)
        try bench.join(key: wrong)
        _ = try node.control.ask(.reload)
        try node.awaitStatus { $0.contains("value 300 of 0.NA/88.118 is the key of another node") }
        #expect(Self.ports(of: try bench.sites(at: top)) == [9, 9])
        let metrics = String(decoding: try node.control.ask(.metrics), as: UTF8.self)
        #expect(metrics.contains("\nhanjiang_route_failing 1\n"), "\(metrics)")
        #expect(try bench.idctl(["status"], bench.below).contains("FAILING"))
        #expect(try NodeAsker(node.address, .udp).resolve(Array("88.118/pump-1".utf8)).header.responseCode == .success)
        try bench.join()
        _ = try node.control.ask(.reload)
        try node.awaitStatus(Self.isCurrent)
    }

    @Test func F1ALevelAboveThatIsDownAtTheStartIsAskedAgain() throws {
        let bench = try Bench()
        let node = try NodeProcess(bench.below)
        defer { node.stop() }
        try node.awaitStatus { Self.isFailing($0) && $0.contains("connection refused") }
        #expect(try NodeAsker(node.address, .udp).resolve(Array("88.118/pump-1".utf8)).header.responseCode == .success)
        // Its directory is enough to take a node in.
        try bench.join()
        let top = try NodeProcess(bench.above)
        defer { top.stop() }
        try node.awaitStatus(Self.isCurrent)
        let port = UInt32(node.address.port)
        #expect(Self.ports(of: try bench.sites(at: top)) == [port, port])
    }
}

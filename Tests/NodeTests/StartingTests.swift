import EventLoop
import Glibc
import Testing
import TransportSuite

/// What keeps a node from starting, and what it says of it (cases E4, O4).
@Suite struct StartingTests {
    private static func run(
        _ directory: NodeDirectory,
        _ language: String = "en"
    ) throws -> BuiltProgram.Outcome {
        try BuiltProgram.run(["run", "--config", directory.configuration, "--lang", language], in: directory.directory)
    }

    @Test func e4PortOfAnotherNodeIsRefusedWithAddressAndPid() throws {
        let first = try NodeDirectory()
        try first.fill(homed: [SampleRecords.prefix], records: SampleRecords.records(2))
        let node = try NodeProcess(first)
        let second = try NodeDirectory(listeners: [NodeDirectory.Listener(port: node.address.port)])
        for (language, words) in [("en", "is in use by another process"), ("zh", "已被其他进程占用")] {
            let outcome = try Self.run(second, language)
            #expect(outcome.ending == .code(1))
            for part in ["E-NODE-020", "127.0.0.1:\(node.address.port)", "pid \(node.process.processID)", words] {
                #expect(outcome.text.contains(part), "no \(part) in \(outcome.text)")
            }
        }
        // None of the queries go elsewhere.
        for carrier in NodeAsker.Carrier.allCases {
            for _ in 0..<20 { try NodeAsker(node.address, carrier).askHonestly() }
        }
    }

    @Test(arguments: [false, true])
    func e4PortOfAForeignSocketIsRefusedWithAddressAndPid(isTCP: Bool) throws {
        let foreign = ClientSocket(isTCP: isTCP)
        foreign.bind(to: Loopback.ipv4)
        if isTCP { #expect(listen(foreign.descriptor, 1) == 0) }
        let directory = try NodeDirectory(listeners: [NodeDirectory.Listener(port: foreign.localPort)])
        let outcome = try Self.run(directory)
        #expect(outcome.ending == .code(1))
        for part in ["\(isTCP ? "TCP" : "UDP") address 127.0.0.1:\(foreign.localPort)", "pid \(getpid())"] {
            #expect(outcome.text.contains(part), "no \(part) in \(outcome.text)")
        }
    }

    /// An address that this machine does not have: of IPv4, and of IPv6 as where IPv6 is off.
    @Test(arguments: ["192.0.2.1", "2001:db8::1"])
    func e4MissingAddressIsNamed(host: String) throws {
        let directory = try NodeDirectory(
            listeners: [NodeDirectory.Listener(), NodeDirectory.Listener(host: host, port: 2_641)]
        )
        for language in ["en", "zh"] {
            let outcome = try Self.run(directory, language)
            #expect(outcome.ending == .code(1))
            for part in ["E-NODE-021", host, "[[listen]]"] {
                #expect(outcome.text.contains(part), "no \(part) in \(outcome.text)")
            }
            #expect(!outcome.text.contains("message=ready"))
        }
    }

    @Test(arguments: [("en", "unknown key", "did you mean"), ("zh", "未知的配置项", "是否想写")])
    func o4MisspeltKeyIsNamedWithPlaceAndSuggestion(language: String, what: String, advice: String) throws {
        let directory = try NodeDirectory()
        var lines = try TestFile.text(directory.configuration).split(separator: "\n", omittingEmptySubsequences: false)
        let index = try #require(lines.firstIndex { $0.hasPrefix("prefix_slots") })
        lines[index] = "  prefix_slotz = 64"
        try TestFile.write(directory.configuration, Array(lines.joined(separator: "\n").utf8))
        for command in ["run", "check-config"] {
            let outcome = try BuiltProgram.run(
                [command, "--config", directory.configuration, "--lang", language],
                in: directory.directory
            )
            #expect(outcome.ending == .code(1))
            let place = "\(directory.configuration):\(index + 1):3:"
            for part in [place, what, "prefix_slotz", advice, "prefix_slots"] {
                #expect(outcome.text.contains(part), "no \(part) in \(outcome.text)")
            }
        }
    }

    @Test func initDoesNotOverwrite() throws {
        let directory = try NodeDirectory()
        let before = try TestDirectory.snapshot(directory.directory.path)
        let arguments = ["init", "--prefix", "88.119", "--data", directory.data, "--config"]
        for configuration in [directory.configuration, directory.directory.path + "/other.toml"] {
            let outcome = try BuiltProgram.run(arguments + [configuration], in: directory.directory)
            #expect(outcome.ending == .code(1), "\(outcome)")
        }
        let after = try TestDirectory.snapshot(directory.directory.path).filter { !$0.key.hasPrefix("output-") }
        #expect(after == before.filter { !$0.key.hasPrefix("output-") })
    }

    @Test func controlSocketThatCannotBeOpenedIsAFailure() throws {
        let directory = try NodeDirectory(settings: [("socket", "\"/nonexistent/control.sock\"")])
        let outcome = try Self.run(directory)
        #expect(outcome.ending == .code(1))
        #expect(outcome.text.contains("E-NODE-023"), "\(outcome.text)")
    }
}

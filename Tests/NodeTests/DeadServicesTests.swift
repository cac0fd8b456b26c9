import EventLoop
import FakeServer
import Glibc
import ResolutionProtocol
import Synchronization
import Testing

/// The name service and the time service are dead (case E9).
///
/// A node asks neither: its peers are named by address, and of its clock it needs no more than the day of a count and
/// the ends of certificates. Only `idctl` asks a name server, where a code's own system has it so.
struct DeadServicesTests {
    @Test func E9ADeadNameServiceTouchesNoLocalAnswer() throws {
        // It takes every question and answers none, by UDP and TCP.
        let dead = try FakeServer(datagram: { _, _ in [] }, connection: { $0.waitForEnd() })
        let directory = try NodeDirectory()
        try directory.fill(records: [FederatedNodes.record("88.118/own")])
        let node = try NodeProcess(directory)
        let resolver = ["--dns-resolver", "\(dead.address)", "--lang", "en"]
        let log = open(directory.directory.path + "/question", O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard log >= 0 else { throw NodeFailure("no file: errno \(errno)") }
        defer { close(log) }
        let idctl = "\(BuiltProgram.directory)/idctl"
        let question = try ChildProcess(idctl, ["resolve", "1.2.156.3088"] + resolver, output: log, error: log)
        let asker = try NodeAsker(node.address, .udp)
        var answered = 0
        repeat {
            #expect(try asker.resolve(Array("88.118/own".utf8)).header.responseCode == .success)
            answered += 1
            usleep(5_000)
        } while question.poll() == nil
        // Three sendings, and the connection's ten seconds: it ends by itself, as one that nobody answered.
        #expect(question.wait(seconds: 60) == .code(7))
        #expect(answered > 100)
        let text = try TestFile.text(directory.directory.path + "/question")
        #expect(text.contains("E-RESOLVE-002") && text.contains("\(dead.address)"), "\(text)")
        #expect(dead.received.withLock { $0.count } == 3, "nobody but idctl has asked")
        // What the node holds is not looked for there, and neither is what another system resolves without it.
        let server = ["--server", "\(node.address)"] + resolver
        let own = try BuiltProgram.run(["resolve", "88.118/own"] + server, program: "idctl", in: directory.directory)
        #expect(own.ending == .code(0), "\(own.text)")
        let link = try BuiltProgram.run(
            ["resolve", "https://example.cn/pump", "--explain"] + server,
            program: "idctl",
            in: directory.directory
        )
        #expect(link.text.contains("a web address with no identifier in it (W-SCHEME-046"), "\(link.text)")
        #expect(dead.received.withLock { $0.count } == 3)
        dead.stop()
        #expect(node.stop() == .code(0))
    }

    /// Nothing that a node must reach may be named: its configuration refuses names, and it has no socket for datagrams
    /// but those that it listens on.
    @Test func E9ANodeAsksNeitherNamesNorTheTime() throws {
        let directory = try NodeDirectory(above: [SocketAddress(ipv4: 0x7F00_0001, port: 9)])
        try directory.fill(records: [FederatedNodes.record("88.118/own")])
        let node = try NodeProcess(directory)
        let asker = try NodeAsker(node.address, .udp)
        for _ in 0..<200 {
            #expect(try asker.resolve(Array("88.118/own".utf8)).header.responseCode == .success)
        }
        let ports = try Self.datagramPorts(of: node)
        #expect(ports == [node.address.port], "\(ports)")
        #expect(node.stop() == .code(0))
        let text = try TestFile.text(directory.configuration)
        let named = text.replacing("above = [\"127.0.0.1:9\"]", with: "above = [\"top.example:2641\"]")
        #expect(named != text)
        try TestFile.write(directory.configuration, Array(named.utf8))
        let outcome = try BuiltProgram.run(
            ["check-config", "--config", directory.configuration, "--lang", "en"],
            in: directory.directory
        )
        #expect(outcome.ending == .code(1) && outcome.text.contains("federation.above"), "\(outcome.text)")
    }

    /// The local ports of the process's UDP sockets: name and time services are asked over UDP.
    private static func datagramPorts(of node: NodeProcess) throws -> Set<UInt16> {
        let files = "/proc/\(node.process.processID)/fd"
        var inodes: Set<String> = []
        for name in try TestFile.names(in: files) {
            var buffer = [CChar](repeating: 0, count: 256)
            let count = readlink("\(files)/\(name)", &buffer, buffer.count)
            let text = String(decoding: buffer.prefix(max(0, count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
            if text.hasPrefix("socket:[") { inodes.insert(String(text.dropFirst(8).dropLast())) }
        }
        var ports: Set<UInt16> = []
        for table in ["udp", "udp6"] {
            for line in try TestFile.text("/proc/net/\(table)").split(separator: "\n").dropFirst() {
                let fields = line.split(separator: " ")
                guard fields.count > 9, inodes.contains(String(fields[9])) else { continue }
                ports.insert(UInt16(fields[1].split(separator: ":")[1], radix: 16) ?? 0)
            }
        }
        return ports
    }
}

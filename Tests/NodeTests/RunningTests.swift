import EventLoop
import Glibc
import ResolutionClient
import ResolutionProtocol
import Synchronization
import Testing
import TransportSuite

/// A node that is told to end, to read its configuration again, or whose log nobody reads (cases E5, E6, E7).
@Suite struct RunningTests {
    private static let recordCount = 40

    private static func directory() throws -> NodeDirectory {
        let directory = try NodeDirectory(settings: [("workers", "2")])
        try directory.fill(homed: [SampleRecords.prefix], records: SampleRecords.records(recordCount))
        return directory
    }

    /// Everything that had been sent whole when the signal came is answered, and the node ends in time.
    @Test func e7SigtermUnderLoadAnswersWhatCameBefore() throws {
        let directory = try Self.directory()
        for round in 1...5 {
            let node = try NodeProcess(directory)
            let clients = try [NodeAsker.Carrier.tcp, .udp, .tcp, .tcp, .udp].map {
                try LoadClient(node.address, $0, recordCount: Self.recordCount)
            }
            // However late its thread begins, each has sent something.
            for _ in 0..<6_000 where clients.contains(where: { $0.current.sent == 0 }) { usleep(5_000) }
            usleep(UInt32.random(in: 50_000...200_000))
            let sentBefore = clients.map { $0.current.sent }
            let began = SystemClock.monotonicNanoseconds()
            #expect(node.stop(seconds: 12) == .code(0), "round \(round)")
            #expect(SystemClock.monotonicNanoseconds() - began < 10_500_000_000, "round \(round)")
            for (client, sent) in zip(clients, sentBefore) {
                let tally = client.finish()
                #expect(tally.fault == nil && sent > 0, "round \(round)")
                let missing = tally.isAnswered[..<sent].indices.filter { !tally.isAnswered[$0] }
                #expect(missing.isEmpty, "round \(round): of \(sent) sent before the signal unanswered: \(missing)")
            }
            #expect(node.errorText.contains("message=ended"))
        }
    }

    /// A burst that lies unread in the kernel when the signal comes is answered to its last request.
    @Test(arguments: [(NodeAsker.Carrier.tcp, 3_000), (.udp, 200)])
    func e7BurstJustBeforeSigtermIsAnswered(carrier: NodeAsker.Carrier, count: Int) throws {
        let node = try NodeProcess(try Self.directory())
        let asker = try NodeAsker(node.address, carrier)
        try asker.askHonestly()
        var wanted: [UInt32: Int] = [:]
        var burst: [[UInt8]] = []
        for number in 0..<count {
            let request = asker.request(SampleRecords.name(number % Self.recordCount))
            wanted[request.envelope.requestID] = number % Self.recordCount
            burst.append(request.wire)
        }
        if carrier == .tcp { burst = [burst.flatMap { $0 }] }
        // Stopped, so that the node can have read none of it.
        node.process.send(SIGSTOP)
        for wire in burst { try asker.sendBytes(wire) }
        node.process.send(SIGTERM)
        node.process.send(SIGCONT)
        while !wanted.isEmpty {
            let answer = try #require(asker.receive(), "\(wanted.count) of \(count) are unanswered")
            let id = try Asking.requestID(of: answer)
            let asked = wanted.removeValue(forKey: id)
            let number = try #require(asked)
            let name = SampleRecords.name(number)
            try Asking.check(answer, gives: SampleRecords.values(number), of: name, requestID: id)
        }
        #expect(node.process.wait(seconds: 12) == .code(0))
    }

    @Test func e7SecondSigtermEndsAtOnce() throws {
        let node = try NodeProcess(try Self.directory())
        let asker = try NodeAsker(node.address, .tcp)
        // An unfinished request keeps the drain waiting.
        let wire = asker.request(SampleRecords.name(1)).wire
        try asker.send(Array(wire.dropLast()))
        try NodeAsker(node.address, .tcp).askHonestly()
        node.process.send(SIGTERM)
        let limit = SystemClock.monotonicNanoseconds() + 60_000_000_000
        while !node.errorText.contains("message=draining"), SystemClock.monotonicNanoseconds() < limit { usleep(2_000) }
        node.process.send(SIGTERM)
        let ending = node.process.wait(seconds: 8)
        #expect(ending == .signal(SIGTERM))
    }

    @Test func metricsSayWhatWasAsked() throws {
        let node = try NodeProcess(try Self.directory())
        for _ in 0..<3 { try NodeAsker(node.address, .udp).askHonestly() }
        for _ in 0..<2 { try NodeAsker(node.address, .tcp).askHonestly() }
        let text = String(decoding: try node.control.ask(.metrics), as: UTF8.self)
        for line in ["storage_readable 1", "storage_writable 1", "counts_readable 1"] {
            #expect(text.contains("\nhanjiang_\(line)\n"), "no \(line) in \(text)")
        }
        for (name, atLeast) in [("requests_udp_total", 3), ("requests_tcp_total", 2), ("answers_success_total", 5)] {
            #expect(Self.sum(of: name, in: text) >= atLeast, "\(name) in \(text)")
        }
        #expect(node.stop() == .code(0))
    }

    /// The values of a metric, over all workers.
    private static func sum(of name: String, in metrics: String) -> Int {
        let lines = metrics.split(separator: "\n").filter { $0.hasPrefix("hanjiang_\(name){") }
        return lines.compactMap { $0.split(separator: " ").last.flatMap { Int($0) } }.reduce(0, +)
    }

    @Test func e5ReloadWithAWrongConfigurationKeepsTheNodeRunning() throws {
        let directory = try Self.directory()
        let node = try NodeProcess(directory)
        let right = try TestFile.read(directory.configuration)
        try TestFile.write(directory.configuration, right + Array("\n[nod]\nworkers = \"two\"\n".utf8))
        let refusal = try #require(throws: ControlError.self) { try node.control.ask(.reload) }
        guard case .refused(_, .error, let text) = refusal else { throw NodeFailure("\(refusal)") }
        #expect(text.contains("node.toml:") && text.contains("nod"), "\(text)")
        node.process.send(SIGHUP)
        try Self.wait(for: "message=reload", in: node)
        #expect(node.errorText.contains("node.toml:"), "\(node.errorText)")
        try NodeAsker(node.address, .udp).askHonestly()
        try NodeAsker(node.address, .tcp).askHonestly()
        try TestFile.write(directory.configuration, right)
        #expect(String(decoding: try node.control.ask(.reload), as: UTF8.self) == "unchanged")
        unlink(directory.configuration)
        node.process.send(SIGHUP)
        try NodeAsker(node.address, .tcp).askHonestly()
        #expect(node.stop() == .code(0))
    }

    private static func wait(for text: String, in node: NodeProcess) throws {
        let limit = SystemClock.monotonicNanoseconds() + 60_000_000_000
        while !node.errorText.contains(text) {
            guard SystemClock.monotonicNanoseconds() < limit else {
                throw NodeFailure("no \(text) in \(node.errorText)")
            }
            usleep(2_000)
        }
    }

    /// Standard error is a pipe that nobody reads: answers and the control socket go on, lost lines are counted.
    @Test func e6FullLogPipeHoldsNoAnswerUp() throws {
        let directory = try Self.directory()
        var ends: [Int32] = [-1, -1]
        try #require(pipe(&ends) == 0)
        defer { for end in ends { close(end) } }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        let process = try ChildProcess(
            BuiltProgram.path,
            ["run", "--config", directory.configuration],
            output: ends[1],
            error: ends[1]
        )
        let address = try Self.readyLine(from: ends[0])
        // Each signal logs a line that tells every problem of the configuration.
        try TestFile.write(directory.configuration, Array("[nod]\n[cont]\n[lgo]\n".utf8))
        let control = ControlClient(path: directory.controlSocket)
        let askers = try NodeAsker.Carrier.allCases.map { try NodeAsker(address, $0) }
        var lost: UInt64 = 0
        let limit = SystemClock.monotonicNanoseconds() + 120_000_000_000
        while lost == 0, SystemClock.monotonicNanoseconds() < limit {
            for _ in 0..<200 {
                process.send(SIGHUP)
                usleep(500)
            }
            // What waited for the log would wait for ever; each is answered within the client's five seconds.
            for asker in askers { try asker.askHonestly() }
            lost = try Self.lostLines(control)
        }
        #expect(lost > 0)
        process.send(SIGTERM)
        #expect(process.wait(seconds: 12) == .code(0))
    }

    private static func lostLines(_ control: ControlClient) throws -> UInt64 {
        let text = String(decoding: try control.ask(.status), as: UTF8.self)
        let key = "\"log_lines_lost\":"
        let start = try #require(text.firstRange(of: key)?.upperBound)
        return try #require(UInt64(text[start...].drop { $0 == " " }.prefix { $0.isNumber }))
    }

    private static func readyLine(from pipe: Int32) throws -> SocketAddress {
        var text: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 4_096)
        while true {
            var entry = pollfd(fd: pipe, events: Int16(POLLIN), revents: 0)
            guard poll(&entry, 1, 20_000) > 0 else { throw NodeFailure("the node is not ready") }
            let count = read(pipe, &part, part.count)
            guard count > 0 else { throw NodeFailure("the node ended: \(String(decoding: text, as: UTF8.self))") }
            text += part[..<count]
            let log = String(decoding: text, as: UTF8.self)
            if let addresses = try NodeProcess.listenedAddresses(of: log) { return addresses[0] }
        }
    }
}

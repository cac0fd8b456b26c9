import EventLoop
import Glibc
import ResolutionProtocol
import Synchronization
import Testing
import TransportSuite

/// A whole node with too little of everything (cases R3, R6, R7, R11, E2, E8).
@Suite(.serialized) struct OverloadTests {
    /// Nothing is warmed: that thread takes a descriptor and memory, and logs, at a time of its own.
    private static func directory(_ settings: [(key: String, value: String)] = []) throws -> NodeDirectory {
        let directory = try NodeDirectory(settings: [("workers", "2"), ("warm", "\"off\"")] + settings)
        try directory.fill(homed: [SampleRecords.prefix], records: SampleRecords.records(40))
        return directory
    }

    private static func eventually(_ text: Comment, _ claim: () throws -> Bool) rethrows {
        for _ in 0..<6_000 {
            if try claim() { return }
            usleep(10_000)
        }
        Issue.record(text)
    }

    /// A number of the node's `/proc/PID/status`, in KiB where it is one of memory.
    private static func processFigure(_ name: String, _ node: NodeProcess) throws -> Int {
        let text = try TestFile.text("/proc/\(node.process.processID)/status")
        let line = text.split(separator: "\n").first { $0.hasPrefix("\(name):") }
        return try #require(line.flatMap { Int($0.filter(\.isNumber)) })
    }

    /// KiB of its own memory once that has not changed for two seconds: what a start leaves to be done, as the first
    /// sweep of the index, takes some too.
    private static func settledMemory(_ node: NodeProcess) throws -> Int {
        var (last, sameCount) = (try processFigure("RssAnon", node), 0)
        for _ in 0..<600 where sameCount < 20 {
            usleep(100_000)
            let now = try processFigure("RssAnon", node)
            (last, sameCount) = (now, now == last ? sameCount + 1 : 0)
        }
        return last
    }

    private static func openFileCount(_ node: NodeProcess) throws -> Int {
        let directory = try #require(opendir("/proc/\(node.process.processID)/fd"))
        defer { closedir(directory) }
        var count = -2
        while readdir(directory) != nil { count += 1 }
        return count
    }

    /// Changes how many files the running node may open, as far as it was allowed at its start.
    private static func setFileLimit(_ count: Int, _ node: NodeProcess) throws {
        let nothing = open("/dev/null", O_RDWR | O_CLOEXEC)
        defer { close(nothing) }
        let arguments = ["--pid", "\(node.process.processID)", "--nofile=\(count):"]
        let process = try ChildProcess("/usr/bin/prlimit", arguments, output: nothing, error: nothing)
        #expect(process.wait() == .code(0))
    }

    /// Hundredths of a second of CPU that the node has taken.
    private static func cpu(_ node: NodeProcess) throws -> Int {
        let text = try TestFile.text("/proc/\(node.process.processID)/stat")
        let fields = text[(text.lastIndex(of: ")") ?? text.startIndex)...].split(separator: " ")
        return try #require(Int(fields[12])) + #require(Int(fields[13]))
    }

    @Test func E2AFileLimitOf256ScalesTheLimitsAndIsWarnedOf() throws {
        let node = try NodeProcess(try Self.directory(), fileLimit: 256)
        #expect(node.errorText.contains("file limit low"), "\(node.errorText)")
        #expect(try node.figure("connections_limit") == 128)
        for carrier in NodeAsker.Carrier.allCases { try NodeAsker(node.address, carrier).askHonestly() }
        #expect(node.stop() == .code(0))
    }

    @Test func E2WithTooFewFilesTheNodeSaysHowManyItNeeds() throws {
        let directory = try Self.directory()
        // 64, two workers with one listener each, sixteen connections.
        let needed = 64 + 2 * 7 + 16
        #expect(try NodeProcess(directory, fileLimit: needed).stop() == .code(0))
        let error = #expect(throws: NodeFailure.self) { try NodeProcess(directory, fileLimit: needed - 1) }
        let text = error.map { "\($0)" } ?? ""
        #expect(text.contains("E-NODE-028") && text.contains("\(needed)"), "\(text)")
    }

    @Test func R6WithoutDescriptorsConnectionsWaitAndAreTakenAfterwards() throws {
        let node = try NodeProcess(try Self.directory())
        let datagrams = try NodeAsker(node.address, .udp)
        try datagrams.askHonestly()
        try Self.setFileLimit(try Self.openFileCount(node), node)
        let waiting = try (0..<4).map { _ in try ClientSocket(node.address, isTCP: true) }
        for socket in waiting { socket.send(Asking.resolve(SampleRecords.name(1), requestID: 5)) }
        let before = try Self.cpu(node)
        let began = SystemClock.monotonicNanoseconds()
        for _ in 0..<10 {
            usleep(100_000)
            try datagrams.askHonestly()
        }
        // A loop that spins takes all of a core.
        let seconds = Double(SystemClock.monotonicNanoseconds() - began) / 1e9
        #expect(Double(try Self.cpu(node) - before) / 100 <= seconds / 2)
        try Self.setFileLimit(512, node)
        for socket in waiting { #expect(socket.receiveMessage() != nil) }
        #expect(try node.figure("accept_failures") >= 1)
        let told = node.errorText.split(separator: "\n").count { $0.contains("no file descriptor for a connection") }
        #expect(told >= 1 && told <= 2)
        #expect(node.stop() == .code(0))
    }

    @Test func R3IdleConnectionsFromFortyAddressesTakeLittleAndHinderNobody() throws {
        let node = try NodeProcess(try Self.directory([("connections", "500"), ("idle_unasked", "\"60 s\"")]))
        let honest = try NodeAsker(node.address, .tcp)
        try honest.askHonestly()
        let before = try Self.settledMemory(node)
        let sockets = try (0..<400).map { number in
            let source = SocketAddress(ipv4: 0x7F00_0102 + UInt32(number % 40), port: 0)
            return try ClientSocket(node.address, isTCP: true, from: source)
        }
        try Self.eventually("all are open") { try node.figure("connections_open") == 401 }
        let kibibytes = try Self.processFigure("RssAnon", node) - before
        #expect(kibibytes <= 8 * sockets.count, "\(kibibytes) KiB for \(sockets.count)")
        for _ in 0..<20 { try honest.askHonestly() }
        try NodeAsker(node.address, .tcp).askHonestly()
        #expect(try node.figure("connections_refused_by_limit") == 0)
        #expect(node.stop() == .code(0))
    }

    @Test func R7ConnectionsThatAreResetLeaveNothingBehind() throws {
        let node = try NodeProcess(try Self.directory())
        let honest = try NodeAsker(node.address, .tcp)
        try honest.askHonestly()
        func resetThousand() throws {
            for number in 0..<1_000 {
                let source = SocketAddress(ipv4: 0x7F00_0102 + UInt32(number % 40), port: 0)
                let socket = try ClientSocket(node.address, isTCP: true, from: source)
                if number.isMultiple(of: 2) { socket.send(Asking.resolve(SampleRecords.name(1), requestID: 5)) }
                socket.resetWhenClosed()
            }
            try Self.eventually("all are gone") { try node.figure("connections_open") == 1 }
            // The connection that was asked over closes, too.
            usleep(200_000)
        }
        // A listener keeps a descriptor in reserve from its first connection on, and memory what it needed at a time.
        try resetThousand()
        let files = try Self.openFileCount(node)
        let first = try Self.settledMemory(node)
        for _ in 0..<3 { try resetThousand() }
        try Self.eventually("descriptors are back") { try Self.openFileCount(node) <= files }
        let last = try Self.processFigure("RssAnon", node)
        #expect(last <= first + first / 20, "\(first) to \(last) KiB")
        #expect(try node.figure("connections_accepted") > 1_000)
        #expect(try node.figure("connections_refused_by_address") + node.figure("connections_refused_by_limit") == 0)
        try honest.askHonestly()
        #expect(node.stop() == .code(0))
    }

    @Test func R11BadPacketsAreCountedExactlyAndLogNothing() throws {
        let node = try NodeProcess(try Self.directory())
        let linesBefore = node.errorText.split(separator: "\n").count
        let socket = try ClientSocket(node.address, isTCP: false)
        let good = Asking.resolve(SampleRecords.name(1), requestID: 9)
        var overLimit = good
        overLimit.replaceSubrange(16..<20, with: [0x7F, 0xFF, 0xFF, 0xFF])
        // A response code in the header says that it is a response.
        var response = good
        response.replaceSubrange(24..<28, with: [0, 0, 0, 1])
        let kinds: [(name: String, bytes: [UInt8])] = [
            ("datagrams_too_short", Array(good.prefix(11))), ("datagrams_too_short", []),
            ("datagrams_too_long", [UInt8](repeating: 7, count: 3_000)), ("messages_over_limit", overLimit),
            ("datagrams_of_responses", response),
        ]
        let rounds = 400
        for round in 1...rounds {
            for kind in kinds { socket.sendDatagram(kind.bytes) }
            guard round % 20 == 0 else { continue }
            try Self.eventually("taken") { try node.figure("datagrams_received") == UInt64(round * kinds.count) }
        }
        for name in Set(kinds.map(\.name)) {
            let expected = kinds.count { $0.name == name } * rounds
            #expect(try node.figure(name) == UInt64(expected), "\(name)")
        }
        #expect(try node.figure("datagrams_dropped_by_kernel") == 0 && node.figure("datagrams_sent") == 0)
        #expect(node.errorText.split(separator: "\n").count == linesBefore)
        try NodeAsker(node.address, .udp).askHonestly()
        #expect(node.stop() == .code(0))
    }

    @Test func E8WithAllCoresBusyEveryQuestionIsAnswered() throws {
        let node = try NodeProcess(try Self.directory())
        let burning = Burning()
        do {
            let threads = try (0..<(2 * max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))))).map { number in
                try NamedThread(name: "burn-\(number)") { burning.burn() }
            }
            defer {
                burning.stop()
                for thread in threads { thread.join() }
            }
            for carrier in NodeAsker.Carrier.allCases {
                let asker = try NodeAsker(node.address, carrier)
                for _ in 0..<100 { try asker.askHonestly() }
            }
        }
        #expect(node.process.poll() == nil)
        #expect(node.stop() == .code(0))
    }

    /// Work for nothing, until it is stopped.
    private final class Burning: Sendable {
        private let isOn = Atomic<Bool>(true)

        func burn() { while isOn.load(ordering: .relaxed) {} }
        func stop() { isOn.store(false, ordering: .relaxed) }
    }
}

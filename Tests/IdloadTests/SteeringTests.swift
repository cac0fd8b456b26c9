import ArgumentParser
import Console
import EventLoop
import Foundation
import Glibc
import Synchronization
import Testing

@testable import idload

/// Keys and the control socket of a run.
struct SteeringTests {
    @Test func L5_commandsAreRead() {
        #expect(RunCommand("rate 50k") == .rate(.perSecond(50_000)))
        #expect(RunCommand("  rate   0.5 ") == .rate(.perSecond(0.5)))
        #expect(RunCommand("rate +10%") == .rate(.percent(10)))
        #expect(RunCommand("rate -2.5%") == .rate(.percent(-2.5)))
        #expect(RunCommand("status") == .status)
        #expect(RunCommand("stop") == .stop)
        for text in [
            "", " ", "rate", "rate x", "rate 10%", "rate +k%", "rate +1k%", "rate +%", "rate %", "rate 1 2", "stop now",
            "STATUS", "rate -5", "rate +-5%", "rate nan",
        ] { #expect(RunCommand(text) == nil, "\(text)") }
    }

    private func steering(stop: @escaping @Sendable () -> Void = {}) -> (RunSteering, RateChanges) {
        let changes = RateChanges(of: Schedule(.constant(1_000), seconds: 60), bounds: 0.1...5_000)
        changes.begin(atNanoseconds: 0)
        return (RunSteering(changes, clock: { 3_000_000_000 }, stop: stop), changes)
    }

    private func text(_ line: [UInt8]) -> String { String(decoding: line, as: UTF8.self) }

    @Test func L5_eachCommandHasOneAnswer() throws {
        let count = Counter()
        let (steering, changes) = steering { count.value.add(1, ordering: .relaxed) }
        #expect(
            text(steering.answer("rate 2k", .english))
                == #"{"ok":true,"rate":2000.0,"rate_before":1000.0,"second":3.02}"#
        )
        #expect(changes.schedule.ratePerSecond(atNanoseconds: 4_000_000_000) == 2_000)
        #expect(text(steering.answer("rate 6k", .english)).contains(#""ok":false,"code":"E-LOAD-083""#))
        #expect(text(steering.answer("hello", .chinese)).contains("不是命令"))
        #expect(text(steering.answer("stop", .english)) == #"{"ok":true}"#)
        #expect(count.value.load(ordering: .relaxed) == 1)
        let unpaced = RunSteering(nil)
        #expect(text(unpaced.answer("rate 5", .english)).contains("E-LOAD-082"))
        var totals = RunningTotals(warmupSeconds: 0)
        var second = LoadSecond()
        second.elapsedSeconds = 1
        second.seconds = 1
        second.targetPerSecond = 2_000
        second.sent = 1_998
        second.answered = 1_990
        second.lost = 7
        for _ in 0..<1_990 { second.response.note(nanoseconds: 150_000) }
        totals.add(second)
        steering.note(second, totals)
        let status = text(steering.answer("status", .english))
        #expect(status.contains(#""ok":true,"second":1.0,"target":2000.0,"sent_per_second":1998.0"#))
        #expect(status.contains(#""sent":1998,"answered":1990,"lost":7,"wrong":0"#))
        #expect(status.contains(#""p50_us":150"#))
    }

    @Test func L5_keysChangeTheRateByATenth() {
        let count = Counter()
        let (steering, changes) = steering { count.value.add(1, ordering: .relaxed) }
        for key in "+=-_xq".utf8 { steering.press(key) }
        #expect(changes.all.map { $0.perSecond.rounded() } == [1_100, 1_210, 1_089, 980])
        #expect(count.value.load(ordering: .relaxed) == 1)
        for _ in 0..<30 { steering.press(UInt8(ascii: "+")) }
        #expect(changes.all.last.map { $0.perSecond <= 5_000 && $0.perSecond > 4_500 } == true)
        #expect(KeyReading.help(hasRate: false).english == "keys: q ends the run")
    }

    @Test func L5_aSocketTakesCommandsLineByLine() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "idload-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "run.sock").path
        let (steering, changes) = steering()
        let socket = try RunSocket(path: path, steering, .english)
        var status = stat()
        #expect(lstat(path, &status) == 0)
        #expect(status.st_mode & 0o777 == 0o600)
        let client = try #require(Client(path))
        #expect(client.ask("rate +10%\r\nsta") == [#"{"ok":true,"rate":1100.0,"rate_before":1000.0,"second":3.02}"#])
        #expect(client.ask("tus\n").first?.hasPrefix(#"{"ok":true,"second":0"#) == true)
        #expect(client.ask("rate +10%\nrate +10%\n", lineCount: 2).count == 2)
        #expect(changes.count == 3)
        // A line without end is none, and ends the connection.
        let endless = client.ask(String(repeating: "x", count: 5_000), lineCount: 2)
        #expect(endless.count == 1 && endless[0].contains("E-LOAD-081"))
        // A bounded number of connections is served, and their places are given back.
        var clients = (0..<RunSocket.connectionCountMax).compactMap { _ in Client(path) }
        #expect(clients.allSatisfy { $0.ask("status\n").count == 1 })
        #expect(Client(path)?.ask("status\n").isEmpty == true)
        clients = []
        let error = #expect(throws: LoadError.self) { try RunSocket(path: path, steering, .english) }
        #expect(error?.message.code == "E-LOAD-080")
        socket.close()
        #expect(lstat(path, &status) != 0)
        #expect(throws: LoadError.self) { try RunSocket(path: "/nonexistent/run.sock", steering, .english) }
    }

    @Test(arguments: [
        ["--closed", "5", "--control-socket", "x"], ["--burst", "5:1s", "--control-socket", "x"],
        ["--find-max", "--control-socket", "x"],
    ])
    func L5_aControlSocketWithoutARateIsAUsageError(_ arguments: [String]) throws {
        let options = try LoadOptions.parse(["127.0.0.1:2641"] + arguments)
        let error = #expect(throws: LoadError.self) { try options.plan() }
        #expect(error?.exitCode == .usage)
        #expect(error?.message.code == "E-LOAD-008")
    }

    @Test func L18_aChangedRateKeepsToTheBoundsOfTheFirst() throws {
        func bounds(_ arguments: String...) throws -> ClosedRange<Double>? {
            let options = try LoadOptions.parse(arguments)
            return options.rateChanges(for: try options.plan())?.bounds
        }
        #expect(try bounds("127.0.0.1:2641")?.upperBound == 1_048_575)
        #expect(try bounds("127.0.0.1:2641", "--timeout", "60000")?.upperBound == 17_475)
        #expect(try bounds("192.0.2.1:2641") == 0.1...1_000)
        #expect(try bounds("192.0.2.1:2641", "--i-own-this-target")?.upperBound == 1_048_575)
        #expect(try bounds("127.0.0.1:2641", "--count", "5M", "--rate", "10k") != nil)
        #expect(try bounds("127.0.0.1:2641", "--closed", "5") == nil)
        #expect(try bounds("127.0.0.1:2641", "--burst", "5:1s") == nil)
    }
}

private final class Counter: Sendable {
    let value = Synchronization.Atomic<Int>(0)
}

/// A client of a control socket.
private final class Client {
    private let descriptor: Int32

    init?(_ path: String) {
        descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { room in
            for (index, byte) in path.utf8.enumerated() where index < room.count { room[index] = byte }
        }
        let connected = withUnsafePointer(to: &address) { address in
            connect(
                descriptor,
                UnsafeRawPointer(address).assumingMemoryBound(to: sockaddr.self),
                socklen_t(MemoryLayout<sockaddr_un>.size)
            )
        }
        guard connected == 0 else { return nil }
    }

    deinit { close(descriptor) }

    /// Sends, and reads lines until there are so many or the connection ends.
    func ask(_ text: String, lineCount: Int = 1) -> [String] {
        let bytes = Array(text.utf8)
        guard send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count else { return [] }
        var answer: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 4_096)
        while answer.count(where: { $0 == UInt8(ascii: "\n") }) < lineCount {
            let count = read(descriptor, &part, part.count)
            guard count > 0 else { break }
            answer += part[..<count]
        }
        return String(decoding: answer, as: UTF8.self).split(separator: "\n").map(String.init)
    }
}

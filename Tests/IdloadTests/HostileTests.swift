import ArgumentParser
import Console
import EventLoop
import FakeServer
import Foundation
import ResolutionProtocol
import Testing

@testable import idload

/// Hostile clients: what they send, whom they may hurt, and what is told of it.
struct HostileTests {
    private func plan(_ arguments: String...) throws -> HostilePlan { try HostileOptions.parse(arguments).plan() }

    @Test func L15_aSeedRepeatsWhatIsMalformed() {
        var first = QuestionMutator(identifier: Array("88.118.8/a".utf8), seed: 7)
        var second = QuestionMutator(identifier: Array("88.118.8/a".utf8), seed: 7)
        var third = QuestionMutator(identifier: Array("88.118.8/a".utf8), seed: 8)
        let made = (0..<500).map { _ in first.next() }
        #expect(made == (0..<500).map { _ in second.next() })
        #expect(made != (0..<500).map { _ in third.next() })
        // Lengths, counts, versions, cut ones: hardly any can still be read, and none is a mere repetition.
        #expect(made.count { (try? Message(wire: $0)) == nil } > 250)
        #expect(Set(made).count > 450)
        #expect((try? Message(wire: first.whole())) != nil)
        #expect((1...4_096).contains(first.random(byteCountMax: 4_096).count))
    }

    @Test func L15_onlyLoopbackAndWhatIsNamedTwiceIsHurt() throws {
        #expect(try plan("[::1]:2641", "--mode", "idle").connections == 100)
        let own = ["--allow", "192.0.2.1", "--i-own-this-target"]
        let claimed = try HostileOptions.parse(["192.0.2.1", "--mode", "slow"] + own).plan()
        #expect(claimed.target.address.host == "192.0.2.1")
        for flags in [[], ["--allow", "192.0.2.1"], ["--i-own-this-target"], ["--allow", "192.0.2.2", own[2]]] {
            let options = try HostileOptions.parse(["192.0.2.1", "--mode", "slow"] + flags)
            let error = #expect(throws: LoadError.self) { try options.plan() }
            #expect(error?.message.code == "E-LOAD-045")
            #expect(error?.exitCode == .usage)
        }
    }

    @Test(arguments: [
        ("E-LOAD-008", ["--mode", "idle", "--protocol", "udp"]), ("E-LOAD-008", ["--mode", "idle", "--seed", "1"]),
        ("E-LOAD-008", ["--mode", "random", "--protocol", "udp", "--connections", "2"]),
        ("E-LOAD-008", ["--mode", "slow", "--probe", "127.0.0.1"]), ("E-USAGE-001", ["--mode", "slow", "--rate", "x"]),
        ("E-LOAD-008", ["--mode", "idle", "--byte-every", "1"]),
        ("E-USAGE-001", ["--mode", "slow", "--connections", "10001"]),
        ("E-USAGE-001", ["--mode", "slow", "--byte-every", "0"]),
        ("E-USAGE-001", ["--mode", "slow", "--protocol", "tls"]),
        ("E-USAGE-001", ["--mode", "slow", "--seconds", "0"]),
    ])
    func L15_flagsThatMakeNoSenseAreUsageErrors(_ code: String, _ flags: [String]) throws {
        let options = try HostileOptions.parse(["127.0.0.1:2641"] + flags)
        let error = #expect(throws: LoadError.self) { try options.plan() }
        #expect(error?.message.code == MessageCode(code))
        #expect(error?.exitCode == .usage)
    }

    @Test func L15_whoIsClosedByTheTargetIsCounted() throws {
        let server = try FakeServer(connection: { _ in })
        defer { server.stop() }
        var plan = try plan("\(server.address)", "--mode", "idle", "--seconds", "0.5", "--rate", "100")
        plan.connections = 5
        // Half a second may be too short for a busy machine: then another one.
        var openedMax: UInt64 = 0
        for _ in 0..<60 where openedMax <= 5 {
            let tally = HostileRun(plan).run()
            openedMax = max(openedMax, UInt64(tally.opened))
            #expect(tally.opened == tally.closedByTarget + tally.openAtEnd)
            #expect(tally.closedAfter.count == tally.closedByTarget)
            #expect(tally.bytesSent + tally.refused + tally.notBegun == 0)
        }
        #expect(openedMax > 5)
    }

    @Test func L15_whoIsNotTakenIsCounted() throws {
        let server = try FakeServer()
        let tally = HostileRun(try plan("\(server.address)", "--mode", "random", "--seconds", "0.3")).run()
        #expect(tally.refused > 0)
        #expect(tally.opened == 0)
    }

    @Test func L15_bothFormsHaveTheSameFigures() throws {
        var tally = HostileTally()
        tally.opened = 1_234
        tally.closedByTarget = 1_000
        tally.closedAfter.note(nanoseconds: 5_000_000)
        tally.noteAnswer(question().wire.span.bytes)
        var probe = ProbeTally(asked: 3, answered: 2)
        probe.failure = LocalizedText(english: "gone\u{1B}", chinese: "没有")
        let facts = RunFacts(commandLine: ["idload"], version: "v", host: .ofThisMachine(), seed: 1)
        let plan = try plan("127.0.0.1", "--mode", "never-read", "--id", "88.118.8/a")
        let report = HostileReport(plan: plan, tally: tally, probe: probe, facts: facts, wasInterrupted: false)
        #expect(report.exitCode == .thresholdNotMet)
        let object = try JSONSerialization.jsonObject(with: Data(report.json)) as? [String: Any]
        let json = try #require(object)
        #expect(json["mode"] as? String == "never-read")
        #expect(json["opened"] as? Int == 1_234)
        #expect(json["closed_after_max_us"] as? Int == 5_000)
        #expect(json["codes"] as? [String: Int] == ["0": 1])
        #expect((json["probe"] as? [String: Any])?["answered"] as? Int == 2)
        let text = report.lines(.english).joined(separator: "\n")
        for part in ["1,234", "after p50 5 ms", "by code 0: 1", "2 of 3 answered"] { #expect(text.contains(part)) }
        #expect(!text.contains("\u{1B}"))
        #expect(report.lines(.chinese).joined().contains("被目标关闭"))
    }
}

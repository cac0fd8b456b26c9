import ArgumentParser
import Console
import EventLoop
import FakeServer
import ResolutionProtocol
import Testing

@testable import idload

/// Questions to name servers.
struct NameLoadTests {
    /// What a server does with a question, by the first byte of its name.
    private static func answers(to query: [UInt8]) -> [[UInt8]] {
        guard query.count > 12, let behaviour = query.dropFirst(13).first else { return [] }
        switch behaviour {
        case UInt8(ascii: "m"): return [answer(to: query, code: 3, recordCount: 0)]
        case UInt8(ascii: "s"): return [answer(to: query, code: 2, recordCount: 0)]
        case UInt8(ascii: "e"): return [answer(to: query, recordCount: 0)]
        case UInt8(ascii: "c"): return [answer(to: query, flags: 0x82, recordCount: 0)]
        case UInt8(ascii: "t"): return [answer(to: query), answer(to: query)]
        case UInt8(ascii: "x"): return [Array(answer(to: query).dropLast(3))]
        case UInt8(ascii: "q"): return [query]
        case UInt8(ascii: "o"): return [answer(to: query).enumerated().map { $0 == 14 ? 0x7A : $1 }]
        case UInt8(ascii: "i"): return [answer(to: query).enumerated().map { $0 < 2 ? ~$1 : $1 }]
        case UInt8(ascii: "n"): return []
        // Names are the same in both cases of their letters (RFC 4343).
        default: return [answer(to: query).enumerated().map { $0 == 13 ? $1 ^ 0x20 : $1 }]
        }
    }

    /// The answer with so many records of four bytes whose owner is the question's name.
    private static func answer(to query: [UInt8], flags: UInt8 = 0x80, code: UInt8 = 0, recordCount: Int = 1) -> [UInt8]
    {
        let question = query[12..<query.count - 11]
        let record: [UInt8] = [0xC0, 0x0C, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 192, 0, 2, 1]
        let head = Array(query[..<2]) + [flags | 1, code, 0, 1, 0, UInt8(recordCount), 0, 0, 0, 0]
        return head + question + (0..<recordCount).flatMap { _ in record }
    }

    private func plan(_ server: SocketAddress, _ flags: String...) throws -> LoadPlan {
        let all = ["\(server)", "--protocol", "dns", "--once", "--closed", "1", "--id", "a"] + flags
        var plan = try LoadOptions.parse(all).plan()
        plan.timeoutNanoseconds = 300_000_000
        plan.connections = 2
        return plan
    }

    @Test func L13_eachFaultOfANameServerIsInItsColumn() throws {
        let server = try FakeServer(datagram: { query, _ in Self.answers(to: query) })
        defer { server.stop() }
        let plan = try plan(server.address, "--dns-zone", "example.")
        let questions = QuestionSet(names: plan.names)
        for name in ["a1", "s2", "e3", "c4", "t5", "x6", "q7", "o8", "i9", "n0", "b1.c2"] {
            questions.add(Array(name.utf8))
        }
        let engine = LoadEngine(plan: plan, questions: questions, carriers: try LoadEngine.open(plan))
        let tally = engine.run { _ in }.tally
        #expect(tally.sent == 11)
        // a1, c4 (cut short), t5 and b1.c2.
        #expect(tally.right == 4)
        #expect(tally.faults == [.code(2): 1, .empty: 1, .malformed: 2, .identifier: 1])
        #expect(tally.duplicate == 1)
        #expect(tally.unexpected == 1)
        #expect(tally.lost == 2)
        #expect(tally.samples.contains { $0.identifier == Array("s2.example".utf8) })
    }

    @Test func L12_missingNamesAreAskedForInTheirZone() throws {
        let server = try FakeServer(datagram: { query, _ in Self.answers(to: query) })
        defer { server.stop() }
        let plan = try plan(server.address, "--dns-zone", "example.org", "--dns-type", "NAPTR")
        let questions = QuestionSet(names: plan.names)
        questions.add(Array("a".utf8))
        var numbers = SeededNumbers(seed: 1)
        questions.addMissing(50, numbers: &numbers)
        for number in 1...50 {
            let name = String(decoding: questions.identifier(of: number), as: UTF8.self)
            #expect(name.hasPrefix("missing-") && name.hasSuffix(".a.example.org"))
            #expect(questions.isMissing(number))
        }
        var mixed = plan
        mixed.missingPercent = 50
        mixed.keys = .uniform
        mixed.loop = .open(Schedule(.constant(400), seconds: 0.5), catchesUp: true)
        mixed.timeoutNanoseconds = 60_000_000_000
        let engine = LoadEngine(plan: mixed, questions: questions, carriers: try LoadEngine.open(mixed))
        let tally = engine.run { _ in }.tally
        #expect(tally.right == 200)
    }

    @Test func L13_namesAreWrittenAsTheyGoOnTheWire() throws {
        let plain = try #require(NameQuestion(type: 16))
        let zoned = try #require(NameQuestion(type: 16, zone: "b.c"))
        let whole = try #require(plain.message(about: Array("a.b.c.".utf8)))
        #expect(whole == zoned.message(about: Array("a".utf8)))
        #expect(Array(whole[10...].prefix(11)) == [1, 97, 1, 98, 1, 99, 0, 0, 16, 0, 1])
        let longLabel = [UInt8](repeating: 97, count: 64)
        let longName = Array([[UInt8]](repeating: [97], count: 128).joined(separator: [46]))
        for name in [[], Array(".".utf8), Array("a..b".utf8), Array(".a".utf8), longLabel, longName] {
            #expect(plain.message(about: name) == nil)
        }
        #expect(plain.message(about: longName.dropLast(2)) != nil)
        #expect(NameQuestion(type: 1, zone: "a..b") == nil)
        #expect(DomainQuery.type("naptr") == 35)
        #expect(DomainQuery.type("TYPE65") == 65)
        #expect(DomainQuery.type("TYPE0") == nil && DomainQuery.type("X") == nil)
    }

    @Test func L13_anIdThatIsWaitedForIsNotGivenTwice() {
        let numbers = NameNumbers()
        var ids: [UInt16] = []
        for requestID in 1...65_536 {
            if let id = numbers.take(for: UInt32(requestID), until: 100, nowNanoseconds: 0) { ids.append(id) }
        }
        #expect(Set(ids).count == 65_536)
        #expect(numbers.take(for: 70_000, until: 100, nowNanoseconds: 99) == nil)
        #expect(numbers.answered(ids[0]) == 1)
        #expect(numbers.answered(ids[0]) == 1)
        #expect(numbers.take(for: 70_000, until: 100, nowNanoseconds: 99) == ids[0])
        #expect(numbers.answered(ids[0]) == 70_000)
        #expect(numbers.take(for: 70_001, until: 200, nowNanoseconds: 100) == ids[1])
    }

    @Test func L13_flagsOfNamesAreChecked() throws {
        for (code, flags) in [
            ("E-LOAD-008", ["--dns-type", "A"]), ("E-LOAD-008", ["--dns-zone", "example"]),
            ("E-LOAD-008", ["--protocol", "dns,udp"]), ("E-LOAD-008", ["--protocol", "dns", "--data", "x"]),
            ("E-LOAD-008", ["--protocol", "dns", "--verify", "full"]),
            ("E-LOAD-008", ["--protocol", "dns", "--per-connection", "1"]),
            ("E-USAGE-001", ["--protocol", "dns", "--dns-type", "B"]),
            ("E-LOAD-047", ["--protocol", "dns", "--dns-zone", "a..b"]),
        ] {
            let options = try LoadOptions.parse(["127.0.0.1:2641"] + flags)
            let error = #expect(throws: LoadError.self) { try options.plan() }
            #expect(error?.message.code == MessageCode(code), "\(flags)")
        }
        let options = try LoadOptions.parse(["127.0.0.1", "--protocol", "dns", "--id", "a..b"])
        let plan = try options.plan()
        #expect(plan.targets.map(\.address.port) == [53])
        #expect(try LoadOptions.parse(["dns://127.0.0.1"]).plan().targets.map(\.address.port) == [53])
        let error = #expect(throws: LoadError.self) { try options.questions(for: plan) }
        #expect(error?.message.code == "E-LOAD-047")
    }
}

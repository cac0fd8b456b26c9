import ArgumentParser
import Console
import EventLoop
import Foundation
import Testing

@testable import idload

struct CountStateTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "idload-\(UUID().uuidString)")

    private func state() -> CountState {
        var state = CountState(
            facts: [
                CountState.Fact(name: "targets", value: "tcp://[::1]:1"), CountState.Fact(name: "keys", value: "x"),
            ],
            seed: 9_000_000_000,
            count: 2_000_000_000
        )
        state.totals.sent = 1_500_000_000
        state.totals.right = 1_499_999_990
        state.adopted = 7
        state.isPartOver = false
        state.before = NodeLedger()
        state.before?.queries = 3
        return state
    }

    @Test func L16_aStateIsReadAsItWasWritten() throws {
        #expect(CountState(state().json) == state())
        var other = state()
        other.before = nil
        other.isPartOver = true
        #expect(CountState(other.json) == other)
    }

    @Test func L16_damagedStatesAreRefused() {
        let whole = state().json
        for length in [0, 1, whole.count / 2, whole.count - 3] { #expect(CountState(Array(whole[..<length])) == nil) }
        let text = String(decoding: whole, as: UTF8.self)
        for (part, wrong) in [("\"format\":1", "\"format\":2"), ("1500000000", "-5"), ("\"seed\"", "\"sead\"")] {
            #expect(CountState(Array(text.replacing(part, with: wrong).utf8)) == nil)
        }
    }

    @Test func L16_theDifferenceToAnotherRunIsNamed() {
        #expect(state().difference(to: state()) == nil)
        var other = state()
        other.facts[1] = CountState.Fact(name: "keys", value: "y")
        #expect(state().difference(to: other)?.name == "keys")
        other = state()
        other.seed = 1
        #expect(state().difference(to: other)?.name == "seed")
        other = state()
        other.count = 1
        #expect(state().difference(to: other)?.name == "count")
    }

    @Test func L16_theFileIsAlwaysWhole() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = StateFile(path: folder.appending(path: "state").path)
        #expect(try file.read() == nil)
        for number in 0..<50 as Range<UInt64> {
            var state = state()
            state.partCount = number
            file.offer(state)
            if let found = try file.read() { #expect(found.partCount <= number) }
        }
        try file.finish(state())
        #expect(try file.read() == state())
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["state"])
        try Data("no state".utf8).write(to: folder.appending(path: "state"))
        let error = #expect(throws: LoadError.self) { try file.read() }
        #expect(error?.message.code == "E-LOAD-022" && error?.exitCode == .usage)
        let nowhere = StateFile(path: folder.path + "/none/state")
        #expect(throws: LoadError.self) { try nowhere.finish(state()) }
    }

    @Test func L16_twoRunsDoNotShareAFile() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "state").path
        var first: StateFile? = StateFile(path: path)
        try first?.lock()
        let error = #expect(throws: LoadError.self) { try StateFile(path: path).lock() }
        #expect(error?.message.code == "E-LOAD-026")
        first = nil
        #expect(throws: Never.self) { try StateFile(path: path).lock() }
    }

    @Test func L16_aPartGoesOnWhereTheLastStopped() throws {
        var plan = LoadPlan(target: SocketAddress(ipv4: 0x7F00_0001, port: 1), seed: 4)
        plan.keys = .inOrder(isShuffled: false, stops: false)
        plan.askedBefore = 23
        var picker = QuestionPicker(knownCount: 10, missingCount: 0, plan: plan)
        #expect((0..<4).map { _ in picker.next() } == [3, 4, 5, 6])
        plan.keys = .uniform
        var later = QuestionPicker(knownCount: 1_000, missingCount: 0, plan: plan)
        plan.askedBefore = 0
        var first = QuestionPicker(knownCount: 1_000, missingCount: 0, plan: plan)
        #expect((0..<20).map { _ in later.next() } != (0..<20).map { _ in first.next() })
    }

    @Test(arguments: [("200k", 200_000), ("2e9", 2_000_000_000), ("5M", 5_000_000), ("1.5e3", 1_500), ("1", 1)])
    func L16_countsAreRead(_ text: String, _ count: UInt64) throws {
        let options = try LoadOptions.parse(["127.0.0.1", "--count", text])
        #expect(try options.plan().questionCountMax == count)
    }

    @Test(arguments: ["0", "1.5", "-3", "e9", "2e", "2e16", "many"])
    func L16_countsThatAreNoneAreRefused(_ text: String) throws {
        let options = try LoadOptions.parse(["127.0.0.1", "--count=\(text)"])
        let error = #expect(throws: LoadError.self) { try options.plan() }
        #expect(error?.message.code == "E-USAGE-001")
    }

    @Test(arguments: [
        ["--count", "5", "--seconds", "3"], ["--count", "5", "--warmup", "1"], ["--count", "5", "--ramp", "1:2"],
        ["--count", "5", "--find-max"], ["--count", "5", "--once"], ["--state", "x"],
        ["--control", "x", "--find-max"], ["--control", "x", "--warmup", "1"], ["127.0.0.2", "--control", "x"],
        ["--control", "x", "--protocol", "dns"],
    ])
    func L16_aFlagWithoutEffectIsAUsageError(_ arguments: [String]) throws {
        let options = try LoadOptions.parse(["127.0.0.1"] + arguments)
        let error = #expect(throws: LoadError.self) { try options.plan() }
        #expect(["E-LOAD-008", "E-LOAD-020"].contains(error?.message.code))
    }
}

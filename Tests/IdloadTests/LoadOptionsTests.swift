import ArgumentParser
import Console
import EventLoop
import Foundation
import Testing

@testable import idload

struct LoadOptionsTests {
    private func options(_ arguments: String...) throws -> LoadOptions {
        try LoadOptions.parse(["127.0.0.1:2641"] + arguments)
    }

    @Test func L2_theDefaultIsAnOpenLoopOfTenSeconds() throws {
        let plan = try options().plan()
        #expect(plan.targets.map(\.carrier) == [.udp])
        #expect(plan.loop == .open(Schedule(.constant(1_000), seconds: 10), catchesUp: false))
        #expect(plan.keys == .zipf(1))
        #expect(try options().thresholds() == [.noneWrong])
        #expect(try options("--fail", "wrong<=3").thresholds().count == 1)
        #expect(try options("--fail", "p99<5ms").thresholds().map(\.text) == ["wrong==0", "p99<5ms"])
    }

    @Test func L2_closedKeepsSoManyUnderWay() throws {
        let plan = try options("--closed", "64", "--rate", "2k", "--warmup", "3").plan()
        #expect(plan.loop == .closed(outstanding: 64, ratePerSecondMax: 2_000, seconds: 10, warmupSeconds: 3))
    }

    @Test(arguments: [
        (["--rate", "10k"], Schedule.Shape.constant(10_000)),
        (["--ramp", "0:5k"], .ramp(from: 0, to: 5_000)),
        (["--steps", "10k,50k,100k:30s"], .steps([10_000, 50_000, 100_000], secondsEach: 30)),
        (["--steps", "5:500ms"], .steps([5], secondsEach: 0.5)),
        (["--burst", "500:2"], .burst(500, everySeconds: 2)),
    ])
    func L5_shapesAreRead(_ arguments: [String], _ shape: Schedule.Shape) throws {
        let options = try LoadOptions.parse(["127.0.0.1:2641", "--warmup", "1.5"] + arguments)
        guard case .open(let schedule, catchesUp: false) = try options.plan().loop else {
            Issue.record("a shape is an open loop")
            return
        }
        #expect(schedule.shape == shape)
        #expect(schedule.warmupSeconds == 1.5)
    }

    @Test(arguments: [
        ["--ramp", "1:2", "--rate", "5"], ["--steps", "1:1s", "--burst", "1:1s"], ["--closed", "1", "--ramp", "1:2"],
        ["--closed", "1", "--catch-up"], ["--steps", "1:1s", "--seconds", "3"], ["--shuffle"], ["--stop"], ["--wrap"],
        ["--keys", "uniform", "--replay", "x", "--shuffle"], ["--once", "--keys", "uniform"], ["--once", "--wrap"],
        ["--replay", "x", "--wrap", "--stop"], ["--replay", "x", "--seed", "3"], ["--once", "--seed", "3"],
        ["--per-connection", "1"], ["--tls-insecure"], ["--tls-pin", "x", "--protocol", "tcp"],
        ["--protocol", "tls", "--tls-pin", "x", "--tls-insecure"], ["--tls-name", "x"],
        ["--protocol", "tls", "--tls-pin", "x", "--tls-name", "y"],
    ])
    func L13_aFlagWithoutEffectIsAUsageError(_ arguments: [String]) throws {
        let options = try LoadOptions.parse(["127.0.0.1:2641"] + arguments)
        let error = #expect(throws: LoadError.self) { try options.plan() }
        #expect(error?.exitCode == .usage)
        #expect(error?.message.code == "E-LOAD-008")
    }

    @Test(arguments: [
        ["--limit", "p99<5ms"], ["--trial-seconds", "1"], ["--final-seconds", "1"],
        ["--find-max", "--closed", "3"], ["--find-max", "--ramp", "1:2"], ["--find-max", "--seconds", "3"],
        ["--find-max", "--csv", "x"], ["--find-max", "--once"], ["--find-max", "--fail", "loss<1%"],
        ["--find-max", "--warmup", "1"], ["--find-max", "--catch-up"],
    ])
    func L6_aFlagThatASearchLeavesWithoutEffectIsAUsageError(_ arguments: [String]) throws {
        let options = try LoadOptions.parse(["127.0.0.1:2641"] + arguments)
        let error = #expect(throws: LoadError.self) { try options.plan() }
        #expect(error?.exitCode == .usage)
        #expect(["E-LOAD-008", "E-LOAD-020"].contains(error?.message.code))
    }

    @Test func L6_aSearchBeginsAtTheRateAndKeepsToItsBounds() throws {
        let options = try options("--find-max", "--rate", "5k", "--limit", "p99<5ms", "--timeout", "2000")
        let settings = try #require(try options.search.settings(for: options.plan()))
        #expect(settings.startRate == 5_000)
        #expect(settings.finalSeconds == 30)
        #expect(settings.rateMax < 1_048_576 / 2)
        #expect(try options.search.thresholds().map(\.text) == ["p99<5ms"])
        #expect(try self.options().search.settings(for: options.plan()) == nil)
        for wrong in ["loss<1%", "rate>5", "p99"] {
            let options = try self.options("--find-max", "--limit", wrong)
            let error = #expect(throws: LoadError.self) { try options.search.thresholds() }
            #expect(error?.message.code == "E-USAGE-001")
        }
        let stranger = try LoadOptions.parse(["192.0.2.1:2641", "--find-max"])
        #expect(throws: LoadError.self) { try stranger.plan() }
    }

    @Test func L12_aFileIsReplayedInItsOrderUnlessKeysSayOtherwise() throws {
        #expect(try options("--replay", "x").plan().keys == .inOrder(isShuffled: false, stops: false))
        #expect(
            try options("--replay", "x", "--shuffle", "--stop").plan().keys == .inOrder(isShuffled: true, stops: true)
        )
        #expect(try options("--replay", "x", "--keys", "uniform").plan().keys == .uniform)
        #expect(try options("--once").plan().keys == .inOrder(isShuffled: false, stops: true))
        #expect(try options("--replay", "x", "--missing", "5%", "--seed", "3").plan().seed == 3)
    }

    @Test func moreThanIsRememberedIsAUsageError() throws {
        let error = #expect(throws: LoadError.self) { try options("--rate", "200k", "--timeout", "10000").plan() }
        #expect(error?.message.code == "E-LOAD-007")
        #expect(try options("--rate", "1M").plan().warmupSeconds == 0)
    }

    @Test func wrongFlagsEndWith64() {
        for arguments in [["--speed"], ["127.0.0.1:1", "--verify", "sctp"], []] {
            let error = #expect(throws: (any Error).self) { try Idload.parseAsRoot(arguments) }
            #expect(error.map { Idload.exitCode(for: $0).rawValue } == 64)
        }
    }

    @Test func valuesOutOfBoundsAreUsageErrors() throws {
        for arguments in [
            ["--seconds", "0"], ["--closed", "0"], ["--closed", "65537"], ["--rate", "0"], ["--connections", "0"],
            ["--missing", "100%"], ["--missing", "x"], ["--timeout", "0"], ["--rate", "-5"], ["--rate", "fast"],
            ["--ramp", "5"], ["--ramp", "0:0"], ["--steps", "5,6"], ["--steps", ",:1s"], ["--steps", "5:0s"],
            ["--burst", "0:1s"], ["--burst", "1.5:1s"], ["--burst", "5:0"], ["--keys", "gauss"], ["--warmup", "-1"],
            ["--csv", "-"],
        ] {
            let options = try LoadOptions.parse(["127.0.0.1:2641"] + arguments.joinedByEquals)
            let error = #expect(throws: LoadError.self) { try options.plan() }
            #expect(error?.exitCode == .usage)
            #expect(error?.message.code == "E-USAGE-001")
        }
        #expect(try options("--missing", "5%").plan().missingPercent == 5)
    }

    @Test func L13_howConnectionsAreMade() throws {
        let plan = try options("--protocol", "tcp", "--per-connection", "1", "--source-addresses", "127.0.0.2").plan()
        #expect(plan.questionsPerConnection == 1)
        #expect(plan.sources.map(\.host) == ["127.0.0.2"])
        for (flags, code) in [
            (["--source-addresses", "127.0.0.2,::1"], "E-USAGE-001"), (["--source-addresses", "x"], "E-USAGE-001"),
            (["--source-addresses", "127.0.0.2:5"], "E-USAGE-001"), (["--protocol", "tls"], "E-LOAD-041"),
            (["--source-addresses", "192.0.2.1"], "E-LOAD-040"),
            (["--protocol", "tcp", "--per-connection", "0"], "E-USAGE-001"),
            (["--protocol", "tls", "--tls-pin", "/dev/null"], "E-LOAD-042"),
            (["--protocol", "tls", "--tls-ca", "/nonexistent"], "E-FILE-001"),
        ] {
            let options = try LoadOptions.parse(["127.0.0.1:2641"] + flags)
            let error = #expect(throws: LoadError.self) { try options.plan() }
            #expect(error?.message.code == MessageCode(code))
        }
    }

    @Test func anotherMachineIsAskedGentlyOrNotAtAll() throws {
        let target = "192.0.2.1:2641"
        for arguments in [
            [target, "--closed", "64"], [target, "--rate", "1001"], [target, "--catch-up"],
            [target, "--burst", "1001:5s"],
        ] {
            let options = try LoadOptions.parse(arguments)
            let error = #expect(throws: LoadError.self) { try options.plan() }
            #expect(error?.message.code == "E-LOAD-002")
            #expect(error?.exitCode == .usage)
        }
        for arguments in [
            [], ["--rate", "1000"], ["--closed", "8", "--rate", "1000"], ["--i-own-this-target", "--closed", "64"],
        ] {
            #expect(throws: Never.self) { try LoadOptions.parse([target] + arguments).plan() }
        }
        #expect(throws: LoadError.self) { try LoadOptions.parse(["example"]).plan() }
    }

    @Test func withoutIdentifiersItSaysHowToGiveThem() throws {
        let options = try options()
        let plan = try options.plan()
        let error = #expect(throws: LoadError.self) { try options.questions(for: plan) }
        #expect(error?.message.code == "E-LOAD-001")
        #expect(error?.message.advice?.chinese.contains("--replay") == true)
    }

    @Test func filesGiveIdentifiersAndValues() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "idload-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let lines = folder.appending(path: "list.txt").path
        let registry = folder.appending(path: "registry.csv").path
        let unnamed = folder.appending(path: "registry.list").path
        try Data("88.118.8/a\r\n\n88.118.8/b".utf8).write(to: URL(filePath: lines))
        let rows = "identifier,index,type,data\n88.118.8/c,1,URL,\"x,y\"\n88.118.8/c,2,DESC,d\n88.118.8/d,1,URL,z\n"
        for path in [registry, unnamed] { try Data(rows.utf8).write(to: URL(filePath: path)) }
        #expect(try names(options("--replay", lines, "--keys", "uniform")) == ["88.118.8/a", "88.118.8/b"])
        #expect(try names(options("--replay", registry)) == ["88.118.8/c", "88.118.8/d"])
        #expect(try names(options("--replay", unnamed, "--id", "88.118.8/e")).sorted().count == 3)
        let expecting = try options("--verify", "full", "--expect", registry)
        let questions = try expecting.questions(for: expecting.plan())
        #expect(questions.expectedWord(of: 0) != nil)
        #expect(questions.expectedWord(of: 0) != questions.expectedWord(of: 1))
        for wrong in [["--verify", "full"], ["--expect", registry]] {
            let options = try LoadOptions.parse(["127.0.0.1:2641"] + wrong)
            let plan = try options.plan()
            #expect(throws: LoadError.self) { try options.questions(for: plan) }
        }
    }

    private func names(_ options: LoadOptions) throws -> [String] {
        let questions = try options.questions(for: options.plan())
        return (0..<questions.knownCount).map { String(decoding: questions.identifier(of: $0), as: UTF8.self) }
    }
}

extension [String] {
    /// `--flag value` as `--flag=value`, so that a value may begin with a minus sign.
    fileprivate var joinedByEquals: [String] { [joined(separator: "=")] }
}

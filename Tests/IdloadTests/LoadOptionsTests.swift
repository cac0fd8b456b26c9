import ArgumentParser
import Console
import Foundation
import Testing

@testable import idload

struct LoadOptionsTests {
    private func options(_ arguments: String...) throws -> LoadOptions {
        try LoadOptions.parse(["127.0.0.1:2641"] + arguments)
    }

    @Test func defaultsAreAClosedLoopOfTenSeconds() throws {
        let plan = try options().plan()
        #expect(plan.carrier == .udp)
        #expect(plan.seconds == 10)
        #expect(plan.outstanding == 64)
        #expect(plan.ratePerSecond == nil)
        #expect(try options().thresholds() == [.noneWrong])
        #expect(try options("--fail", "wrong<=3").thresholds().count == 1)
        #expect(try options("--fail", "p99<5ms").thresholds().map(\.text) == ["wrong==0", "p99<5ms"])
    }

    @Test func wrongFlagsEndWith64() {
        for arguments in [["--speed"], ["127.0.0.1:1", "--protocol", "sctp"], []] {
            let error = #expect(throws: (any Error).self) { try Idload.parseAsRoot(arguments) }
            #expect(error.map { Idload.exitCode(for: $0).rawValue } == 64)
        }
    }

    @Test func valuesOutOfBoundsAreUsageErrors() throws {
        for arguments in [
            ["--seconds", "0"], ["--closed", "0"], ["--closed", "65537"], ["--rate", "0"], ["--connections", "0"],
            ["--missing", "100%"], ["--missing", "x"], ["--timeout", "0"],
        ] {
            let options = try LoadOptions.parse(["127.0.0.1:2641"] + arguments)
            let error = #expect(throws: LoadError.self) { try options.plan() }
            #expect(error?.exitCode == .usage)
            #expect(error?.message.code == "E-USAGE-001")
        }
        #expect(try options("--missing", "5%").plan().missingPercent == 5)
    }

    @Test func anotherMachineIsAskedGentlyOrNotAtAll() throws {
        let target = "192.0.2.1:2641"
        for arguments in [[target], [target, "--rate", "1001"]] {
            let options = try LoadOptions.parse(arguments)
            let error = #expect(throws: LoadError.self) { try options.plan() }
            #expect(error?.message.code == "E-LOAD-002")
            #expect(error?.exitCode == .usage)
        }
        #expect(try LoadOptions.parse([target, "--rate", "1000"]).plan().ratePerSecond == 1_000)
        #expect(try LoadOptions.parse([target, "--i-own-this-target"]).plan().ratePerSecond == nil)
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
        #expect(try names(options("--replay", lines)) == ["88.118.8/a", "88.118.8/b"])
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

import EventLoop
import Glibc
import Resolution
import ResolutionProtocol
import Testing
import TransportSuite

/// The route guardian, each node a process.
struct GuardianTests {
    @Test func F1_aDeadAddressLeavesReferralsAndComesBack() throws {
        let nodes = try GuardedNodes()
        defer { nodes.stop() }
        let ports = nodes.servers.map(\.address.port)
        #expect(try nodes.comesToRefer(to: [0, 1]))
        nodes.servers[0].kill()
        #expect(try nodes.comesToRefer(to: [1]))
        #expect(try nodes.referred("0.NA/88.118.8.5") == [ports[1]])
        // The record itself, and what the node signs, are as they are stored.
        #expect(try nodes.recorded() == ports)
        #expect(try nodes.referred(flags: .requestDefault.union(.certify)) == ports)
        #expect(try nodes.comesToKnow(deadCount: 2))
        try checkCommands(nodes)
        try nodes.restart(0)
        #expect(try nodes.comesToRefer(to: [0, 1]))
        #expect(try nodes.comesToKnow(deadCount: 0))
        let events = try nodes.events()
        #expect(events.map(\.kind.rawValue).sorted() == [1, 1, 2, 2])
        #expect(GuardianEvent.open(of: events).isEmpty)
    }

    /// What people are shown while the two addresses of one server are dead.
    private func checkCommands(_ nodes: GuardedNodes) throws {
        let directory = nodes.guardian.directory
        func idctl(_ arguments: [String]) throws -> String {
            let all = arguments + ["--config", directory.configuration, "--lang", "en"]
            let outcome = try BuiltProgram.run(all, program: "idctl", in: directory.directory)
            #expect(outcome.ending == .code(0), "\(arguments): \(outcome.text)")
            return outcome.text
        }
        let address = "127.0.0.1:\(nodes.servers[0].address.port)"
        let shown = try idctl(["guardian", "show"])
        #expect(shown.contains("alive 2  suspected 0  dead 2"))
        #expect(shown.contains("\(address) UDP  dead") && shown.contains("\(address) TCP  dead"))
        #expect(!shown.contains("\(nodes.servers[1].address.port)"))
        #expect(try idctl(["guardian", "show", "--all"]).contains("\(nodes.servers[1].address.port)"))
        #expect(try idctl(["guardian", "show", "--json"]).contains("\"addresses\":[{"))
        let events = try idctl(["guardian", "events", "--open"])
        #expect(events.contains("abnormal") && events.contains("\(address) TCP") && events.contains("88.118.8"))
        #expect(try idctl(["guardian", "events", "--json"]).contains("\"kind\":\"abnormal\""))
        #expect(try idctl(["status"]).contains("dead 2"))
        let metrics = try idctl(["status", "--metrics"])
        #expect(metrics.contains("hanjiang_guardian_addresses{state=\"dead\"} 2"))
        #expect(metrics.contains("hanjiang_guardian_events_total{kind=\"abnormal\"} 2"))
    }

    @Test func F1_theLastAddressStaysAndEventsArePairedAcrossARestart() throws {
        let nodes = try GuardedNodes()
        defer { nodes.stop() }
        nodes.servers[1].kill()
        #expect(try nodes.comesToRefer(to: [0]))
        nodes.servers[0].kill()
        #expect(try nodes.comesToKnow(deadCount: 4))
        #expect(try nodes.comesToRefer(to: [0]))
        #expect(GuardianEvent.open(of: try nodes.events()).count == 4)
        try nodes.restartGuardian()
        // It goes on from what it had recorded: nothing is recorded twice.
        #expect(try nodes.comesToKnow(deadCount: 4))
        #expect(try nodes.comesToRefer(to: [0]))
        #expect(try nodes.events().count == 4)
        for number in 0..<2 { try nodes.restart(number) }
        #expect(try nodes.comesToRefer(to: [0, 1]))
        #expect(try nodes.comesToKnow(deadCount: 0))
        let events = try nodes.events()
        #expect(events.count == 8 && GuardianEvent.open(of: events).isEmpty)
        #expect(Set(events.map(\.closes)).subtracting([0]).count == 4)
    }

    @Test func F1_recursionServesMarkedAnswersOfWhatTheGuardianFoundDead() throws {
        // One worker, so that it is the one that keeps the answers.
        let settings = [(key: "recursion.enabled", value: "\"on\""), (key: "workers", value: "1")]
        let nodes = try GuardedNodes(ttlSeconds: 2, settings: settings)
        defer { nodes.stop() }
        func ask() throws -> Header {
            let asker = try NodeAsker(nodes.guardian.address, .tcp)
            asker.socket.setTimeout(seconds: 30)
            return try asker.resolve(Array(GuardedNodes.name.utf8)).header
        }
        #expect(try ask().responseCode == .success)
        nodes.servers[0].kill()
        #expect(try nodes.comesToKnow(deadCount: 2))
        // Past the time of the answer, from the server that lives.
        usleep(2_500_000)
        let fresh = try ask()
        #expect(fresh.responseCode == .success && !fresh.flags.contains(.stale))
        nodes.servers[1].kill()
        #expect(try nodes.comesToKnow(deadCount: 4))
        usleep(2_500_000)
        let stale = try ask()
        #expect(stale.responseCode == .success && stale.flags.contains(.stale))
    }

    @Test func aFileOfEventsThatCannotBeReadIsKeptAndBegunAnew() throws {
        let directory = try NodeDirectory()
        let path = directory.data + "/" + EventJournal.fileName
        try TestFile.write(path, Array("no events".utf8))
        let node = try NodeProcess(directory)
        defer { node.stop() }
        #expect(try TestFile.read(path + ".damaged") == Array("no events".utf8))
        #expect(try TestFile.read(path) == EventJournal.mark)
        #expect(node.errorText.contains("a part of the events cannot be read"))
        #expect(try node.status().contains("\"guardian\":{\"enabled\":true"))
    }
}

import EventLoop
import Testing

/// The load tool's hostile clients at a real node (L15): it goes on answering others, and ends as it should.
@Suite struct HostileClientTests {
    @Test(arguments: ["idle", "incomplete", "never-read", "abandon-handshake", "random", "malformed", "slow", "reset"])
    func l15TheNodeGoesOnAnsweringOthers(_ mode: String) throws {
        let directory = try NodeDirectory()
        try directory.fill(homed: [SampleRecords.prefix], records: SampleRecords.records(4))
        let node = try NodeProcess(directory)
        let carriers = ["random", "malformed"].contains(mode) ? ["tcp", "udp"] : ["tcp"]
        for carrier in carriers {
            let name = String(decoding: SampleRecords.name(1), as: UTF8.self)
            let who = ["--source-addresses", "127.0.0.2", "--id", name, "--protocol", carrier]
            let outcome = try BuiltProgram.run(
                ["hostile", "\(node.address)", "--mode", mode, "--seconds", "1.5", "--rate", "200", "--json"] + who,
                program: "idload",
                in: directory.directory
            )
            // What was asked without reading keeps a slow build's worker busy for longer than the client waits.
            let endings: [ChildProcess.Ending] = mode == "never-read" ? [.code(0), .code(10)] : [.code(0)]
            #expect(endings.contains { outcome.ending == $0 }, "\(outcome.text)")
            let count = carrier == "udp" ? "datagrams" : "opened"
            #expect(outcome.text.contains("\"refused\":0,"), "\(outcome.text)")
            #expect(outcome.text.contains("\"failure\":null") == (outcome.ending == .code(0)), "\(outcome.text)")
            #expect(!outcome.text.contains("\"\(count)\":0,"), "\(outcome.text)")
        }
        try NodeAsker(node.address, .tcp).askHonestly()
        try NodeAsker(node.address, .udp).askHonestly()
        #expect(node.stop() == .code(0))
    }
}

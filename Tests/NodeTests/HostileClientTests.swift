import EventLoop
import Testing

/// The load tool's hostile clients at a real node (L15): it goes on answering others, and ends as it should.
@Suite struct HostileClientTests {
    @Test(arguments: ["idle", "incomplete", "never-read", "abandon-handshake", "random", "malformed", "slow"])
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
            #expect(outcome.ending == .code(0), "\(outcome.text)")
            let count = carrier == "udp" ? "datagrams" : "opened"
            for part in ["\"refused\":0,", "\"failure\":null"] {
                #expect(outcome.text.contains(part), "no \(part) in \(outcome.text)")
            }
            #expect(!outcome.text.contains("\"\(count)\":0,"), "\(outcome.text)")
        }
        try NodeAsker(node.address, .tcp).askHonestly()
        try NodeAsker(node.address, .udp).askHonestly()
        #expect(node.stop() == .code(0))
    }
}

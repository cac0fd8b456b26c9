import EventLoop
import Testing

/// The load tool as people run it, at a real node.
@Suite struct LoadToolTests {
    private static func load(_ arguments: [String], in directory: NodeDirectory) throws -> BuiltProgram.Outcome {
        try BuiltProgram.run(arguments + ["--lang", "en"], program: "idload", in: directory.directory)
    }

    @Test func L1_identifiersAreFoundInTheNodesDirectory() throws {
        let directory = try NodeDirectory()
        try directory.fill(homed: [SampleRecords.prefix], records: SampleRecords.records(25))
        let node = try NodeProcess(directory)
        for flags in [["--config", directory.configuration], ["--data", directory.data]] {
            let ask = ["\(node.address)", "--count", "100", "--rate", "200", "--json"] + flags
            let outcome = try Self.load(ask, in: directory)
            for part in ["\"identifiers\":25,", "\"sent\":100,", "\"wrong\":0,"] {
                #expect(outcome.text.contains(part), "no \(part) in \(outcome.text)")
            }
        }
        let none = try Self.load(["192.0.2.1"], in: directory)
        #expect(none.ending == .code(64))
        for part in ["E-LOAD-001", "--config FILE or --data DIR", "idctl export", "--id 88.118/example"] {
            #expect(none.text.contains(part), "no \(part) in \(none.text)")
        }
        let wrong = try Self.load(["\(node.address)", "--data", directory.directory.path + "/nothing"], in: directory)
        #expect(wrong.ending == .code(1))
        #expect(wrong.text.contains("E-LOAD-044"), "\(wrong.text)")
        let file = try Self.load(["\(node.address)", "--config", directory.data + "/node.toml"], in: directory)
        #expect(file.ending == .code(1))
        #expect(file.text.contains("E-CONFIG-"), "\(file.text)")
        #expect(node.stop() == .code(0))
    }
}

import Console
import EventLoop
import RecordFiles
import ResolutionProtocol
import Testing
import TransportSuite

@testable import idctl

/// Whole files are looked up at a node of the transports, with records in memory.
@Suite struct VerifyRunTests {
    enum Link: CaseIterable { case udp, tcp }

    private static func line(_ name: [UInt8], _ values: [HandleValue]) -> String {
        let texts = values.map { value in
            let (type, data) = (String(decoding: value.type, as: UTF8.self), Base64Text.standard(value.data))
            return
                "{\"index\":\(value.index),\"type\":\"\(type)\",\"data\":{\"format\":\"base64\",\"value\":\"\(data)\"}}"
        }
        return
            "{\"identifier\":\"\(String(decoding: name, as: UTF8.self))\",\"values\":[\(texts.joined(separator: ","))]}\n"
    }

    private static func verify(_ text: String, over link: Link) throws -> (tally: VerifyTally, wrong: [DifferenceLine])
    {
        let folder = try TemporaryFolder()
        let node = try SampleNode()
        defer { node.stop() }
        let terminal = Terminal(isTerminal: false, isDecorated: false)
        let run = VerifyRun(
            try ImportInput(path: try folder.write(text, as: "in.jsonl"), form: InputForm(), directory: folder.path),
            link: link == .udp ? try DatagramLookup(node.address) : try StreamLookup(node.address),
            server: node.address,
            label: "test",
            session: Session(language: .english, outputTerminal: terminal, errorTerminal: terminal)
        )
        var wrong: [DifferenceLine] = []
        try run.run { (row, name, outcome) throws(CommandFailure) in
            wrong.append(DifferenceLine(row: row, name: name, outcome: outcome, transport: "test"))
        }
        return (run.tally, wrong)
    }

    @Test(arguments: Link.allCases)
    func `every row that is answered with its own values is the same`(link: Link) throws {
        var text = (0..<SampleNode.itemCount).map { Self.line(SampleNode.item($0), SampleNode.values(of: $0)) }.joined()
        text += Self.line(SampleNode.longItem, SampleNode.longValues)
        if link == .tcp { text += Self.line(SampleNode.hugeItem, SampleNode.hugeValues) }
        text += Self.line(SampleNode.wideItem, SampleNode.wideValues)
        let (tally, wrong) = try Self.verify(text, over: link)
        #expect(wrong.isEmpty)
        #expect(tally.sameCount == SampleNode.itemCount + (link == .tcp ? 3 : 2))
        #expect(tally.exit == .done)
    }

    @Test(arguments: Link.allCases)
    func `a row that differs, is missing, is foreign or unreadable is told`(link: Link) throws {
        let text =
            Self.line(SampleNode.item(0), SampleNode.values(of: 0))
            + Self.line(SampleNode.item(1), SampleNode.values(of: 2))
            + Self.line(Array("\(SampleNode.prefix)/none".utf8), SampleNode.values(of: 0))
            + Self.line(Array("88.999/none".utf8), SampleNode.values(of: 0)) + "not json\n"
        let (tally, wrong) = try Self.verify(text, over: link)
        #expect(wrong.map(\.row) == [2, 3, 4])
        #expect(
            wrong.map(\.outcome) == [.differs([1]), .missing(.identifierNotFound), .refused(.notResponsible)]
        )
        #expect(
            tally
                == VerifyTally(readCount: 4, sameCount: 1, differentCount: 2, missingCount: 1, unreadableCount: 1)
        )
    }

    @Test func `a name longer than a datagram is asked for in several packets`() throws {
        let name = Array("\(SampleNode.prefix)/".utf8) + [UInt8](repeating: 0x78, count: 1_500)
        let (_, wrong) = try Self.verify(Self.line(name, SampleNode.values(of: 0)), over: .udp)
        #expect(wrong.map(\.outcome) == [.missing(.identifierNotFound)])
    }
}

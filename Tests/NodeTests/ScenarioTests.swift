import EventLoop
import ResolutionProtocol
import Testing

/// Whole exchanges with a node, as readable scripts, each over every transport and address family.
@Suite struct ScenarioTests {
    @Test(arguments: try Scenario.all())
    func scenario(path: String) throws {
        let scenario = try Scenario(path: path)
        let directory = try NodeDirectory(
            listeners: Loopback.hosts.map { NodeDirectory.Listener(host: $0) },
            settings: scenario.settings
        )
        try directory.fill(homed: scenario.homed, delegated: scenario.delegated, records: scenario.records)
        let node = try NodeProcess(directory)
        for address in node.addresses {
            for carrier in NodeAsker.Carrier.allCases {
                for step in scenario.steps where step.carrier ?? carrier == carrier {
                    try run(step, of: scenario.file, at: address, over: carrier)
                }
            }
        }
        #expect(node.stop() == .code(0))
    }

    private func run(
        _ step: Scenario.Step,
        of file: String,
        at address: SocketAddress,
        over carrier: NodeAsker.Carrier
    ) throws {
        let asker = try NodeAsker(address, carrier)
        var request = step.request
        request.envelope.requestID = asker.freshID()
        try asker.send(request.wire)
        guard let wire = asker.receive() else {
            Issue.record("\(file):\(step.line): no answer over \(carrier) from \(address)")
            return
        }
        let answer = try Message(wire: wire)
        if answer.envelope.requestID != request.envelope.requestID {
            Issue.record("\(file):\(step.line): the answer has another RequestId")
        }
        for expected in step.expectations {
            if let objection = expected.claim.objection(to: answer) {
                Issue.record("\(file):\(expected.line): over \(carrier) from \(address): \(objection)")
            }
        }
    }

    @Test func theFolderHoldsScenarios() throws {
        #expect(try Scenario.all().count >= 5)
    }

    @Test(arguments: [
        ("ask a/b", "test:1: nothing is expected of the answer"),
        ("\nexpect code 1", "test:2: nothing has been asked"),
        ("have a/b 1:URL", "test:1: a value is INDEX:TYPE=DATA or INDEX:TYPE:1110=DATA"),
        ("homed 88.118 88.119", "test:1: too many words: 88.119"),
        ("ask a/b colour red", "test:1: unknown option colour"),
    ])
    func aWrongScriptNamesItsLine(text: String, message: String) {
        #expect { try Scenario(text, file: "test") } throws: { "\($0)" == message }
    }

    @Test func aWrongAnswerIsNoticed() throws {
        let answer = Message(
            envelope: Envelope(requestID: 1),
            header: Header(opCode: .resolution, responseCode: .success, expiration: 0),
            body: .resolved(
                ResolutionAnswer(
                    identifier: Array("88.118.8/A".utf8),
                    values: [HandleValue(index: 1, type: Array("URL".utf8), data: Array("a".utf8))]
                )
            )
        )
        for line in ["code 100", "values 1 2", "value 1 URL b", "text no", "identifier 88.118.8/a", "referral 1"] {
            var words = try ScenarioWords(line[...])
            #expect(try ScenarioClaim(&words).objection(to: answer) != nil, "\(line)")
        }
        for line in ["code 1", "values 1", "value 1 URL a", "identifier 88.118.8/A", "operation 1"] {
            var words = try ScenarioWords(line[...])
            #expect(try ScenarioClaim(&words).objection(to: answer) == nil, "\(line)")
        }
    }
}

import ResolutionProtocol
import Testing

@testable import Resolution

/// How long administration lets a connection idle.
@Suite struct ConnectionLifeTests {
    private let url = HandleValue.text(1, "URL", "x")

    private func idleSecondsMax(_ client: Client, _ request: Message) -> UInt64?? {
        let box = AnswerBox()
        client.node.send(request.wire, as: client.place.peer, into: box)
        return box.answers.last.map(\.idleSecondsMax)
    }

    @Test func whoHasProvenNothingChangesNothing() throws {
        let client = Client(AdministeredNode())
        let creation = MessageBody.values("88.118.8/i", [url])
        #expect(idleSecondsMax(client, client.request(.createIdentifier, creation)) == .some(nil))
        try client.openSession(for: .owner, timeoutSeconds: 300)
        #expect(idleSecondsMax(client, client.request(.createIdentifier, creation)) == .some(nil))
    }

    @Test func aConnectionIdlesAsLongAsTheSessionUsedOnIt() throws {
        let client = Client(AdministeredNode())
        try client.openSession(for: .owner, timeoutSeconds: 300)
        #expect(
            client.perform(.createIdentifier, .values("88.118.8/i", [url]), as: .owner)?.header.responseCode == .success
        )
        #expect(idleSecondsMax(client, client.request(.deleteIdentifier, .name("88.118.8/a"))) == 300)
        #expect(idleSecondsMax(client, client.request(.sessionTerminate, .name(""), flags: [.certify])) == 0)
    }

    @Test func aSessionLastsNoLongerThanTheConfigurationSays() throws {
        var registry = AdministeredRegistry()
        registry.settings.sessionSecondsMax = 200
        let client = Client(AdministeredNode(registry))
        try client.openSession(for: .owner, timeoutSeconds: 300)
        client.perform(.createIdentifier, .values("88.118.8/i", [url]), as: .owner)
        #expect(idleSecondsMax(client, client.request(.deleteIdentifier, .name("88.118.8/a"))) == 200)
    }
}

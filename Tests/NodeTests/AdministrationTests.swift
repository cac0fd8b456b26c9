import Cryptography
import Resolution
import ResolutionClient
import ResolutionProtocol
import Testing

/// Administration of a whole node over TCP, by every kind of key, in a session and without.
@Suite struct AdministrationTests {
    private static let name = Array("88.118.8/JXDY2106023".utf8)
    private static let url = HandleValue(
        index: 1,
        type: Array("URL".utf8),
        data: Array("https://example.cn/2106023".utf8)
    )
    private static let mail = HandleValue(
        index: 2,
        permissions: [.adminRead, .adminWrite],
        type: Array("EMAIL".utf8),
        data: Array("quality@example.cn".utf8)
    )

    private static func values(_ answer: Message) throws -> [HandleValue] {
        guard case .resolved(let resolved) = answer.body else { throw NodeFailure("no values: \(answer.body)") }
        // Times of change are the node's; values stand in the order in which they were added.
        return resolved.values.sorted { $0.index < $1.index }.map {
            var value = $0
            value.timestamp = 0
            return value
        }
    }

    private static func code(_ body: () throws -> Void) -> ResponseCode? {
        do {
            try body()
            return nil
        } catch AdministrationError.refused(let code, _) {
            return code
        } catch {
            Issue.record("\(error)")
            return nil
        }
    }

    @Test(arguments: ["rsa", "ed25519", "sm2", "ec", "secret"], [true, false])
    func `an identifier is created, changed, listed and deleted`(kind: String, usesSession: Bool) throws {
        let kinds: [String: KeyKind] = ["rsa": .rsa, "ed25519": .ed25519, "sm2": .sm2, "ec": .ec]
        let administrator = try kinds[kind].map { try TestAdministrator($0) } ?? TestAdministrator(secret: "s3cret")
        let node = try AdministeredNode(administrator)
        let client = node.client(administrator) {
            $0.usesSession = usesSession
            $0.certifies = true
        }
        let owner = administrator.adminValue(in: Array("0.NA/88.118.8".utf8))
        #expect(try client.create(Self.name, [Self.url, owner]) == Self.name)
        #expect(Self.code { _ = try client.create(Self.name, [Self.url]) } == .identifierExists)
        try client.add([Self.mail], to: Self.name)
        // Both the private value and the public one are shown to who may read them.
        #expect(try Self.values(client.resolve(Self.name)) == [Self.url, Self.mail, owner])
        var changed = Self.url
        changed.data = Array("https://example.cn/2".utf8)
        try client.modify([changed], of: Self.name)
        try client.remove([2], from: Self.name)
        #expect(try Self.values(client.resolve(Self.name)) == [changed, owner])
        var listed: [[UInt8]] = []
        try client.list(AdministeredNode.prefix) { names in
            listed += names
            return true
        }
        #expect(listed == [Self.name])
        try client.delete(Self.name)
        #expect(Self.code { try client.delete(Self.name) } == .identifierNotFound)
        client.end()
        #expect(node.node.stop() == .code(0))
    }

    @Test(arguments: [true, false])
    func `a wrong key is 403, and who is no administrator 400`(usesSession: Bool) throws {
        let owner = TestAdministrator(secret: "right")
        let node = try AdministeredNode(owner)
        let liar = node.client(TestAdministrator(secret: "wrong")) { $0.usesSession = usesSession }
        #expect(Self.code { _ = try liar.create(Self.name, [Self.url]) } == .authenticationFailed)
        let stranger = try TestAdministrator(.ed25519)
        let other = Array("88.118.9".utf8)
        try node.home(other, for: stranger)
        let client = node.client(stranger, prefix: other) { $0.usesSession = usesSession }
        #expect(Self.code { _ = try client.create(Self.name, [Self.url]) } == .notAdministrator)
        #expect(Self.code { try client.requireValues(of: Self.name) } == .identifierNotFound)
    }
}

extension AdministrationAsking {
    fileprivate func requireValues(of name: [UInt8]) throws { try resolve(name).requireSuccess() }
}

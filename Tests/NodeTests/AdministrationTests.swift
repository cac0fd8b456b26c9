import Cryptography
import EventLoop
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

    @Test func `a server with another key than the known one is not believed`() throws {
        let owner = TestAdministrator(secret: "s3cret")
        let node = try AdministeredNode(owner)
        let stranger = try PrivateKey.generate(.rsa).publicKey
        for usesSession in [true, false] {
            let client = node.client(owner) {
                $0.usesSession = usesSession
                $0.certifies = true
                $0.trust = .known(stranger)
            }
            #expect {
                _ = try client.create(Self.name, [Self.url])
            } throws: { error in
                guard case AdministrationError.asking(let error) = error else { return false }
                return error.failure == .unproven
            }
        }
        #expect(Self.code { try node.client(owner).requireValues(of: Self.name) } == .identifierNotFound)
    }

    @Test func `a node that was killed and started again is administered on, in a new session`() throws {
        let owner = TestAdministrator(secret: "s3cret")
        let listener = NodeDirectory.Listener(port: try Loopback.steadyPort())
        let directory = try NodeDirectory(listeners: [listener])
        let first = try AdministeredNode(owner, directory)
        let client = first.client(owner)
        _ = try client.create(Self.name, [Self.url])
        first.node.kill()
        let second = try NodeProcess(directory)
        #expect(second.address.port == first.node.address.port)
        // The connection has ended, and the session is unknown: neither shows.
        #expect(try client.create(Array("88.118.8/second".utf8), [Self.url]) == Array("88.118.8/second".utf8))
        #expect(try Self.values(client.resolve(Self.name)) == [Self.url])
        #expect(second.stop() == .code(0))
    }

    @Test func `many creates are under way at once, and each is answered`() throws {
        let owner = TestAdministrator(secret: "s3cret")
        let node = try AdministeredNode(owner)
        let client = node.client(owner) { $0.inFlightMax = 256 }
        let count = 1_000
        var number = 0
        var asked: Set<UInt32> = []
        var codes: [ResponseCode: Int] = [:]
        try client.askAll(
            next: {
                guard number < count else { return nil }
                number += 1
                // Each name comes twice: the second is refused.
                return .creation(of: Array("88.118.8/\(number / 2)".utf8), [Self.url])
            },
            asked: { asked.insert($0) },
            each: { id, outcome in
                #expect(asked.remove(id) != nil)
                if let answer = try? outcome.get() { codes[answer.header.responseCode, default: 0] += 1 }
                return true
            }
        )
        #expect(asked.isEmpty)
        #expect(codes == [.success: count / 2 + 1, .identifierExists: count / 2 - 1])
    }

    @Test func `a batch is applied once, and its repetition answered the same`() throws {
        let owner = TestAdministrator(secret: "s3cret")
        let node = try AdministeredNode(owner)
        let client = node.client(owner)
        let rows = (0..<500).map { ApplyRow(.create, identifier: Array("88.118.8/\($0)".utf8), values: [Self.url]) }
        let twice = rows + [ApplyRow(.create, identifier: Array("88.118.8/0".utf8), values: [Self.url])]
        let request = ApplyRequest(batch: [UInt8](repeating: 3, count: 16), firstRow: 0, rows: twice)
        let outcomes = try client.apply(request)
        #expect(outcomes.prefix(500).allSatisfy { $0.code == .success })
        #expect(outcomes.last?.code == .identifierExists)
        #expect(try client.apply(request) == outcomes)
        var count = 0
        try client.list(AdministeredNode.prefix) { names in
            count += names.count
            return true
        }
        #expect(count == 500)
    }
}

extension AdministrationAsking {
    fileprivate func requireValues(of name: [UInt8]) throws { try resolve(name).requireSuccess() }
}

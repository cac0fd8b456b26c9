import Authentication
import Cryptography
import EventLoop
import Glibc
import Resolution
import ResolutionClient
import ResolutionProtocol
import Testing

/// Administrators and signatures of nodes that are known through the tree alone: each node is a process.
struct RemoteAdministratorTests {
    private static let administrator = Array("88.118.8/admin".utf8)
    private static let name = Array("88.200/r".utf8)
    private static let url = HandleValue(index: 1, type: Array("URL".utf8), data: Array("u".utf8))

    /// A node that homes 88.200, asks `above` and recurses for nobody, with a record whose administrator is registered
    /// at the enterprise node.
    private static func foreignNode(above: SocketAddress) throws -> NodeProcess {
        let directory = try NodeDirectory(prefix: "88.200", above: [above])
        let admin = AdminRecord(
            permissions: 0x0FF7,
            administrator: ValueReference(identifier: administrator, index: 300)
        )
        let values = [url, HandleValue(index: 100, type: ValueType.admin, data: admin.wire)]
        try directory.fill(records: [(name, values)])
        return try NodeProcess(directory)
    }

    private static func client(_ node: NodeProcess, _ key: PrivateKey) -> AdministrationClient {
        AdministrationClient(
            server: node.address,
            key: AdministratorKey(ValueReference(identifier: administrator, index: 300), .privateKey(key)),
            settings: DialogueSettings()
        )
    }

    /// Code and text of what an addition is refused with; nil: it is made.
    private static func refusal(
        _ node: NodeProcess,
        _ key: PrivateKey,
        index: UInt32
    ) throws -> (code: ResponseCode, text: String)? {
        var value = url
        value.index = index
        do {
            try client(node, key).add([value], to: name)
            return nil
        } catch AdministrationError.refused(let code, let text) {
            return (code, text)
        }
    }

    private static func register(_ key: PrivateKey, at nodes: FederatedNodes) throws {
        let value = HandleValue(
            index: 300,
            type: ValueType.publicKey,
            data: try key.publicKey.registeredForm()
        )
        _ = try OperatorClient(nodes.enterprise.control).create(administrator, [value])
    }

    @Test(arguments: [true, false])
    func anAdministratorOfAnotherNodeIsKnownThroughTheTree(isKeyPublished: Bool) throws {
        let nodes = try FederatedNodes()
        defer { nodes.stop() }
        if isKeyPublished { try nodes.publishEnterprise() }
        let (key, other) = (try PrivateKey.generate(.ed25519), try PrivateKey.generate(.ed25519))
        try Self.register(key, at: nodes)
        let foreign = try Self.foreignNode(above: nodes.top.address)
        defer { foreign.stop() }
        #expect(try Self.refusal(foreign, key, index: 2) == nil)
        #expect(try Self.refusal(foreign, other, index: 3)?.code == .authenticationFailed)
        // It asks for nobody else.
        let asker = try NodeAsker(foreign.address, .tcp)
        #expect(try asker.resolve(Self.administrator).header.responseCode == .notResponsible)
        #expect(try asker.resolve(Self.name, indexes: [2]).header.responseCode == .success)

        // Gone, or stopped so that connections are made and nothing comes: told in bounded time.
        nodes.enterprise.process.send(SIGSTOP)
        let start = SystemClock.monotonicNanoseconds()
        let silent = try Self.refusal(foreign, key, index: 4)
        #expect(
            silent?.code == .authenticationError && silent?.text.contains("does not answer") == true,
            "\(silent as Any)"
        )
        #expect(SystemClock.monotonicNanoseconds() - start < 20_000_000_000)
        nodes.enterprise.kill()
        let dead = try Self.refusal(foreign, key, index: 5)
        #expect(dead?.code == .authenticationError && dead?.text.contains("does not answer") == true, "\(dead as Any)")
    }

    @Test func aKeyThatIsNotSignedByItsNodeProvesNothing() throws {
        let nodes = try FederatedNodes()
        defer { nodes.stop() }
        let wrong = try PrivateKey.generate(.rsa, bitCount: 2_048).publicKey.registeredForm()
        try nodes.publishEnterprise(publicKey: wrong)
        let key = try PrivateKey.generate(.ed25519)
        try Self.register(key, at: nodes)
        let foreign = try Self.foreignNode(above: nodes.top.address)
        defer { foreign.stop() }
        let refusal = try Self.refusal(foreign, key, index: 2)
        #expect(
            refusal?.code == .authenticationError && refusal?.text.contains("signature") == true,
            "\(refusal as Any)"
        )
    }

    @Test func whatIsAskedForSignedIsSignedByItsOwnerAndByTheNodeThatAsked() throws {
        let nodes = try FederatedNodes()
        defer { nodes.stop() }
        let name = FederatedNodes.names.enterprise
        func ask(_ carrier: NodeAsker.Carrier, _ node: NodeProcess) throws -> (wire: [UInt8], message: Message) {
            let asker = try NodeAsker(node.address, carrier)
            var request = asker.request(Array(name.utf8))
            request.header.flags.formUnion([.certify, .requestDigest, .recursive])
            try asker.send(request.wire)
            let wire = try #require(asker.receive())
            return (wire, try Message(wire: wire))
        }
        func recursiveNode() throws -> NodeProcess {
            try NodeProcess(NodeDirectory(prefix: "", role: "recursive", above: [nodes.top.address]))
        }
        // The site has no key, or another one: nothing is proven, and nothing is given.
        let wrong = try PrivateKey.generate(.rsa, bitCount: 2_048).publicKey.registeredForm()
        for publicKey in [[], wrong] {
            try nodes.publishEnterprise(publicKey: publicKey)
            let node = try recursiveNode()
            defer { node.stop() }
            let answer = try ask(.tcp, node).message
            #expect(answer.header.responseCode == .error)
            guard case .error(let error) = answer.body else {
                Issue.record("no error: \(answer)")
                return
            }
            #expect(String(decoding: error.message, as: UTF8.self).contains("proves its answer"))
        }
        try nodes.publishEnterprise()
        let node = try recursiveNode()
        defer { node.stop() }
        let key = try PublicKey.registered(try FederatedNodes.publicKey(of: node))
        for carrier in NodeAsker.Carrier.allCases {
            let (wire, answer) = try ask(carrier, node)
            guard case .resolved(let found) = answer.body else {
                Issue.record("no values: \(answer)")
                return
            }
            #expect(found.values.first?.data == Array(name.utf8))
            #expect(try MessageSignature.isValid(of: CoveredMessage(wire: wire), key: key), "over \(carrier)")
            #expect(answer.requestDigest != nil && !answer.header.flags.contains(.authoritative))
        }
    }
}

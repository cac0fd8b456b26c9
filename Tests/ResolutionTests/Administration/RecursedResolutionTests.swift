import Authentication
import Cryptography
import ResolutionProtocol
import Testing

@testable import Resolution

/// Resolutions to be signed, or in sessions, of what other nodes keep (docs/recursion.md).
@Suite struct RecursedResolutionTests {
    /// Other nodes, as a test has them.
    private final class Elsewhere: RemoteAnswers, @unchecked Sendable {
        // Sendable: a test uses it from its own thread alone.
        var isOpen = true
        var finding: RecursionOutcome.Finding
        private(set) var asked: [RecursionQuestion] = []

        init(_ finding: RecursionOutcome.Finding) { self.finding = finding }

        func isAllowed(_ source: QuerySource) -> Bool { isOpen }

        func answer(_ question: RecursionQuestion, then: @escaping @Sendable (RecursionOutcome) -> Void) {
            asked.append(question)
            then(RecursionOutcome(question, finding, lifetimeSeconds: question.isCached ? 60 : 0))
        }
    }

    private static let url = HandleValue.text(1, "URL", "https://example.org/far")
    private static let flags: OpFlags = [.recursive, .publicOnly, .certify, .requestDigest]
    private let key: PrivateKey
    private let elsewhere: Elsewhere
    private let node: AdministeredNode

    init() throws {
        key = try PrivateKey.generate(.rsa, bitCount: 2_048)
        var writer = WireWriter(capacity: 64)
        let name = Array("12.34/far".utf8)
        StoredRecord.write(name: name, key: name, sequence: 0, values: [Self.url], to: &writer)
        elsewhere = Elsewhere(.found(record: [UInt8](writer.bytes)))
        node = AdministeredNode(answers: elsewhere, siteKey: key)
    }

    private func ask(_ place: Place = .tcp(1), _ name: String = "12.34/far", flags: OpFlags = Self.flags) -> [UInt8]? {
        let client = Client(node, place)
        return node.send(client.request(.resolution, .resolve(name), flags: flags).wire, as: place.peer).last
    }

    @Test func theOwnerIsAskedToSignAndTheNodeSignsItsAnswer() throws {
        for place in [Place.tcp(1), .udp] {
            let wire = try #require(ask(place))
            let answer = try Message(wire: wire)
            #expect(answer.resolvedValues == [Self.url])
            #expect(answer.header.flags.contains(.certify) && !answer.header.flags.contains(.authoritative))
            #expect(answer.requestDigest != nil)
            #expect(try MessageSignature.isValid(of: CoveredMessage(wire: wire), key: key.publicKey))
        }
        #expect(elsewhere.asked.map(\.flags) == [[.certify, .publicOnly], [.certify, .publicOnly]])
        #expect(node.figures.recursedCount == 2)
    }

    @Test func whatIsNotProvenIsCode2WithTheReason() throws {
        elsewhere.finding = .failed(.unproven)
        let answer = try Message(wire: try #require(ask()))
        guard case .error(let error) = answer.body else {
            Issue.record("no error: \(answer.body)")
            return
        }
        #expect(answer.code == .error)
        #expect(String(decoding: error.message, as: UTF8.self).contains("proves its answer"))
    }

    @Test func nobodyIsAskedForStrangersWithoutRECAndForOwnPrefixes() throws {
        #expect(try Message(wire: try #require(ask(.tcp(1), "88.118.8/a"))).code == .success)
        let withoutREC = Self.flags.subtracting(.recursive)
        #expect(try Message(wire: try #require(ask(flags: withoutREC))).code == .notResponsible)
        elsewhere.isOpen = false
        let refused = try Message(wire: try #require(ask()))
        #expect(refused.code == .notResponsible && refused.header.flags.contains(.authoritative))
        #expect(elsewhere.asked.isEmpty)
    }

    @Test func aSessionGetsWhatOthersKeepToo() throws {
        let client = Client(node)
        try client.logIn(.owner)
        let answer = client.ask(.resolution, .resolve("12.34/far"), flags: [.recursive, .publicOnly])
        #expect(answer?.resolvedValues == [Self.url])
        #expect(elsewhere.asked.map(\.flags) == [[.publicOnly]])
    }
}

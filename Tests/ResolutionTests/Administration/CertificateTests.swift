import Authentication
import Cryptography
import ResolutionProtocol
import Testing

@testable import Resolution

/// Who asks, as a certificate says it (security.md §8).
@Suite struct CertificateTests {
    private static let name = "88.118.8/certified"

    /// A node with an identifier that the holder of value 303 administers.
    private static func node(remoteKeys: (any RemoteKeys)? = nil) -> AdministeredNode {
        var registry = AdministeredRegistry()
        registry.set(name, [.text(1, "URL", "https://example.org/"), .admin(100, Who.ed25519.reference)])
        return AdministeredNode(registry, remoteKeys: remoteKeys)
    }

    private static func certified(
        _ who: Who,
        _ connection: UInt64 = 1,
        as reference: ValueReference? = nil
    ) throws -> Place {
        .certified(
            connection,
            CertifiedIdentity(
                reference: reference ?? who.reference,
                subjectPublicKeyInfo: try who.pair.publicKey.subjectPublicKeyInfo()
            )
        )
    }

    private static func addition(_ index: UInt32) -> MessageBody { .values(name, [.text(index, "DESC", "new")]) }

    @Test func whoHoldsTheRegisteredKeyIsNotChallenged() throws {
        let node = Self.node()
        let client = Client(node, try Self.certified(.ed25519))
        for index in 2...4 as ClosedRange<UInt32> {
            #expect(client.ask(.addValue, Self.addition(index))?.code == .success)
        }
        #expect(node.values(of: Self.name)?.count == 5)
        #expect(node.figures.certifiedCount == 1 && node.figures.challengesSentCount == 0)
        // A certificate of any of the identifier's keys.
        let any = try Self.certified(.ed25519, 2, as: .of("0.na/88.118.8", 0))
        #expect(Client(node, any).ask(.addValue, Self.addition(5))?.code == .success)
    }

    @Test func itHasNoMorePermissionsThanItsIdentity() throws {
        let client = Client(Self.node(), try Self.certified(.rsa))
        #expect(client.ask(.addValue, Self.addition(2))?.code == .notAdministrator)
    }

    @Test func whoeverElseIsChallengedAsUsual() throws {
        let node = Self.node()
        let claims: [(Who, ValueReference)] = [
            (.rsa, Who.ed25519.reference),  // another's index
            (.ed25519, .of("0.NA/88.118.8", 300)),  // a secret
            (.ed25519, .of("0.NA/88.118.8", 999)),  // nothing
            (.ed25519, .of("0.NA/88.118.9", 0)),  // another's record
            (.ed25519, .of("0.NA/12.34", 303)),  // nobody's
            (.ed25519, .of("\u{FFFD}", 1)),
        ]
        for (number, (who, reference)) in claims.enumerated() {
            let client = Client(node, try Self.certified(who, UInt64(number + 1), as: reference))
            #expect(client.ask(.addValue, Self.addition(2))?.code == .authenticationNeeded)
            let index = UInt32(10 + number)
            #expect(client.perform(.addValue, Self.addition(index), as: .ed25519)?.code == .success)
        }
        let garbage = CertifiedIdentity(reference: Who.ed25519.reference, subjectPublicKeyInfo: [0x30, 0x80])
        let client = Client(node, .certified(90, garbage))
        #expect(client.ask(.addValue, Self.addition(2))?.code == .authenticationNeeded)
        #expect(node.figures.certifiedCount == 0)
    }

    @Test func U10AKeyThatIsTakenAwayEndsItsCertificatesAuthorityAtOnce() throws {
        let node = Self.node()
        let client = Client(node, try Self.certified(.ed25519))
        #expect(client.ask(.addValue, Self.addition(2))?.code == .success)
        let owner = Client(node, .tcp(2))
        let record = "0.NA/88.118.8"
        #expect(owner.perform(.removeValue, .indexes(record, [303]), as: .owner)?.code == .success)
        #expect(client.ask(.addValue, Self.addition(3))?.code == .authenticationNeeded)
        #expect(owner.perform(.addValue, .values(record, [Who.ed25519.value]), as: .owner)?.code == .success)
        #expect(client.ask(.addValue, Self.addition(3))?.code == .success)
        #expect(node.figures.certifiedCount == 2)
    }

    @Test func aSessionIsWhoseItWasSetUpFor() throws {
        let node = Self.node()
        let client = Client(node, try Self.certified(.ed25519))
        try client.openSession(for: .rsa)
        #expect(client.ask(.addValue, Self.addition(2))?.code == .authenticationNeeded)
        try client.openSession()
        #expect(client.ask(.addValue, Self.addition(2))?.code == .success)
    }

    @Test func keysElsewhereAreAskedForOnceAndCallsWait() throws {
        let remote = WaitingKeys()
        var registry = AdministeredRegistry()
        let administrator = Who.ed25519.named("12.34/administrator", 7)
        registry.set(Self.name, [.admin(100, administrator.reference)])
        let node = AdministeredNode(registry, remoteKeys: remote)
        let client = Client(node, try Self.certified(administrator))
        let boxes = (2...4).map { index in
            let box = AnswerBox()
            let request = client.request(.addValue, Self.addition(UInt32(index)))
            node.send(request.wire, as: client.place.peer, into: box)
            return box
        }
        #expect(boxes.allSatisfy { !$0.isSettled } && remote.waiting.count == 1)
        remote.answer([administrator.value])
        node.settle()
        #expect(boxes.compactMap { $0.messages.last.flatMap(client.read)?.code } == [.success, .success, .success])

        let gone = Client(node, try Self.certified(administrator, 2))
        let box = AnswerBox()
        node.send(gone.request(.addValue, Self.addition(9)).wire, as: gone.place.peer, into: box)
        node.close(2)
        remote.answer([administrator.value])
        node.settle()
        #expect(!box.isSettled && node.values(of: Self.name)?.contains { $0.index == 9 } == false)
    }

    /// Another node that takes its time.
    private final class WaitingKeys: RemoteKeys, @unchecked Sendable {
        // Sendable: a test uses it from its own thread alone.
        private(set) var waiting: [@Sendable (Result<[HandleValue], RemoteKeyFailure>) -> Void] = []

        func values(
            of reference: ValueReference,
            then: @escaping @Sendable (Result<[HandleValue], RemoteKeyFailure>) -> Void
        ) {
            waiting.append(then)
        }

        func answer(_ values: [HandleValue]) {
            let due = waiting
            waiting = []
            for then in due { then(.success(values)) }
        }
    }
}

import ResolutionProtocol
import Testing

@testable import Resolution

/// Resolutions of what not everyone may read (operations.md §3).
@Suite struct AdministeredResolutionTests {
    private func resolve(
        _ client: Client,
        indexes: [UInt32] = [],
        flags: OpFlags = .administrator,
        as who: Who? = nil
    ) -> Message? {
        let body = MessageBody.resolve("88.118.8/a", indexes: indexes)
        guard let who else { return client.ask(.resolution, body, flags: flags) }
        return client.perform(.resolution, body, flags: flags, as: who)
    }

    @Test func withPOEveryoneSeesWhatEveryoneMay() {
        let client = Client(AdministeredNode())
        let answer = resolve(client, flags: .requestDefault)
        #expect(answer?.resolvedValues?.map(\.index).sorted() == [1, 4, 5, 100])
        #expect(resolve(client, indexes: [2], flags: .requestDefault)?.code == .valuesNotFound)
    }

    @Test func withoutPOWhoIsAskedForMoreMustSayWho() {
        let client = Client(AdministeredNode())
        #expect(resolve(client)?.code == .authenticationNeeded)
        #expect(resolve(client, indexes: [1])?.resolvedValues?.map(\.index) == [1])
        #expect(resolve(client, as: .owner)?.resolvedValues?.map(\.index).sorted() == [1, 2, 4, 5, 100])
        #expect(resolve(client, indexes: [2], as: .owner)?.resolvedValues?.map(\.index) == [2])
        #expect(resolve(client, as: .neighbour)?.code == .notAdministrator)
    }

    @Test func readingTakesTheRightToRead() {
        var registry = AdministeredRegistry()
        let rights = AdminPermission.all.subtracting(.readValue)
        registry.set(
            "88.118.8/a",
            [.text(2, "EMAIL", "secret", [.adminRead]), .admin(100, Who.owner.reference, rights)]
        )
        #expect(resolve(Client(AdministeredNode(registry)), as: .owner)?.code == .notAdministrator)
    }

    @Test func whatNobodyMayReadIsCode401() {
        var registry = AdministeredRegistry()
        registry.set("88.118.8/a", [.text(2, "EMAIL", "x", []), .admin(100, Who.owner.reference)])
        let client = Client(AdministeredNode(registry))
        #expect(resolve(client, indexes: [2])?.code == .insufficientPermission)
    }

    @Test func U6SecretKeysAreShownToNobody() throws {
        var registry = AdministeredRegistry()
        registry.settings.haveServerAdministratorsFullAccess = true
        let secrets: [HandleValue] = [
            .text(3, "HS_SECKEY", "never shown"), .text(6, "hs_seckey", "never shown", [.publicRead, .adminRead]),
            .text(7, "HS_SECKEY.x", "never shown", [.publicRead, .adminRead]), .text(1, "URL", "shown"),
            .admin(100, Who.owner.reference),
        ]
        registry.set("88.118.8/a", secrets)
        for place in [Place.tcp(1), .udp] {
            let client = Client(AdministeredNode(registry), place)
            for indexes in [[], [3], [6], [7], [3, 6, 7]] as [[UInt32]] {
                for flags in [OpFlags.administrator, .requestDefault, [.certify], [.certify, .requestDigest]] {
                    let answers = client.perform(
                        client.request(.resolution, .resolve("88.118.8/a", indexes: indexes), flags: flags),
                        as: .owner
                    )
                    for answer in answers {
                        #expect(answer.wire.firstRange(of: Array("never shown".utf8)) == nil)
                        #expect(answer.resolvedValues?.contains { [3, 6, 7].contains($0.index) } != true)
                    }
                }
            }
        }
        let client = Client(AdministeredNode(registry))
        try client.logIn(.owner)
        #expect(resolve(client)?.resolvedValues?.map(\.index).sorted() == [1, 100])
    }

    @Test func U6WhatIsNotEveryonesIsEncryptedInASessionWithoutBeingAsked() throws {
        let node = AdministeredNode()
        let client = Client(node)
        try client.logIn(.owner)
        let request = client.request(.resolution, .resolve("88.118.8/a"), flags: .administrator)
        let bytes = try #require(node.send(request.wire, as: client.place.peer).first)
        #expect(bytes.firstRange(of: Array("secret@example.org".utf8)) == nil)
        #expect(client.read(bytes)?.resolvedValues?.map(\.index).contains(2) == true)
        let plain = client.request(.resolution, .resolve("88.118.8/a", indexes: [1]), flags: .administrator)
        let open = try #require(node.send(plain.wire, as: client.place.peer).first)
        #expect(open[2] & 0x40 == 0)
    }

    @Test func U6AnAnswerForASessionThatEndedMeanwhileIsNotSentInClear() throws {
        let node = AdministeredNode()
        let client = Client(node)
        try client.openSession(for: .owner)
        let request = client.request(.resolution, .resolve("88.118.8/a"), flags: .administrator)
        let challenge = try #require(client.send(request).last)
        let proof = try #require(client.answer(to: challenge, as: .owner))
        node.keyWork.isHeld = true
        let box = AnswerBox()
        node.send(proof.wire, as: client.place.peer, into: box)
        _ = client.ask(.sessionTerminate, .name("/"))
        node.keyWork.release()
        node.settle()
        #expect(box.isSettled)
        for message in box.messages {
            #expect(message.firstRange(of: Array("secret@example.org".utf8)) == nil)
            #expect((try? Message(wire: message))?.code == .sessionUnknown)
        }
    }

    @Test func P13SelectionsBeyondTheBoundsAreRefusedHereToo() throws {
        var registry = AdministeredRegistry()
        let values = (1...2_000).map { HandleValue.text(UInt32($0), "T\($0)", "", [.adminRead]) }
        registry.set("88.118.8/a", values)
        let client = Client(AdministeredNode(registry))
        let many = (0..<60_000).map { UInt32($0) }
        let body = MessageBody.resolve("88.118.8/a", indexes: many)
        #expect(client.ask(.resolution, body, flags: [.certify])?.code == .protocolError)
        let types = MessageBody.resolve(
            "88.118.8/a",
            types: Array(repeating: String(repeating: "x", count: 100), count: 2_000)
        )
        #expect(client.ask(.resolution, types, flags: [.certify])?.code == .protocolError)
        try client.openSession()
        #expect(client.ask(.resolution, body, flags: .administrator)?.code == .protocolError)
    }

    @Test func everyResolutionCountsOnce() throws {
        let registry = AdministeredRegistry()
        let client = Client(AdministeredNode(registry))
        _ = resolve(client, as: .owner)
        _ = resolve(client, as: .neighbour)
        _ = resolve(client, indexes: [1], flags: [.certify])
        let day = CountDay(unixSeconds: 1_700_000_000)
        let totals = try registry.ledger.totals(of: day).byPrefix[1]
        #expect(totals?.received(.external) == 3)
    }
}

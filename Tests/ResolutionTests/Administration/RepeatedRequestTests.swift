import ResolutionProtocol
import Testing

@testable import Resolution

/// Requests that come more than once.
@Suite struct RepeatedRequestTests {
    private let url = HandleValue.text(1, "URL", "x")

    @Test func theSameRequestOfTheSameIdentityIsCarriedOutOnceAndAnsweredTheSame() {
        let node = AdministeredNode()
        let client = Client(node)
        let request = client.request(
            .createIdentifier,
            .values("88.118.8/i-", [url]),
            flags: [.mintSuffix],
            requestID: 7
        )
        let first = client.perform(request, as: .owner).last
        node.pass(seconds: 500)
        let second = client.perform(request, as: .owner).last
        #expect(first?.createdName != nil)
        #expect(first?.createdName == second?.createdName)
        #expect(node.changes.sets.count == 1)
        #expect(node.figures.repeatCount == 1)
    }

    @Test func aRepeatedCreationIsNoConflictWithItself() {
        let node = AdministeredNode()
        let client = Client(node)
        let request = client.request(.createIdentifier, .values("88.118.8/i", [url]), requestID: 7)
        #expect(client.perform(request, as: .owner).last?.code == .success)
        #expect(client.perform(request, as: .owner).last?.code == .success)
        // Another's request with the same number and content is its own.
        #expect(client.perform(request, as: .neighbour).last?.code == .identifierExists)
        // And one with another number is another.
        #expect(client.ask(.createIdentifier, .values("88.118.8/i", [url]))?.code == .identifierExists)
    }

    @Test func afterTenMinutesARepeatIsANewRequest() {
        let node = AdministeredNode()
        let client = Client(node)
        let request = client.request(.deleteIdentifier, .name("88.118.8/a"), requestID: 7)
        #expect(client.perform(request, as: .owner).last?.code == .success)
        node.pass(seconds: 599)
        #expect(client.perform(request, as: .owner).last?.code == .success)
        node.pass(seconds: 1)
        #expect(client.perform(request, as: .owner).last?.code == .identifierNotFound)
    }

    @Test func aRepeatWhileTheFirstIsUnderWayIsCarriedOutOnce() {
        let node = AdministeredNode()
        let client = Client(node)
        let request = client.request(.addValue, .values("88.118.8/a", [.text(9, "URL", "x")]), requestID: 7)
        let boxes = [AnswerBox(), AnswerBox()]
        let challenges = boxes.compactMap { _ in client.send(request).last }
        node.changes.isHeld = true
        for (box, challenge) in zip(boxes, challenges) {
            guard let proof = client.answer(to: challenge, as: .owner) else { continue }
            node.send(proof.wire, as: client.place.peer, into: box)
        }
        node.changes.release()
        node.settle()
        #expect(boxes.map { $0.answers.last?.code } == [1, 1])
        #expect(node.values(of: "88.118.8/a")?.count { $0.index == 9 } == 1)
        #expect(node.changes.sets.count == 1)
    }

    @Test func P14TheSameDatagramThreeTimesIsCarriedOutOnceAndAnsweredTheSame() throws {
        var registry = AdministeredRegistry()
        registry.responderSettings.isAdministeredOverUDP = true
        let node = AdministeredNode(registry)
        let client = Client(node, .udp)
        let request = client.request(.createIdentifier, .values("88.118.8/i-", [url]), flags: [.mintSuffix])
        let challenges = (0..<3).map { _ in node.send(request.wire, as: client.place.peer) }
        #expect(Set(challenges).count == 1)
        let challenge = try #require(challenges.first?.first.flatMap { client.read($0) })
        let proof = try #require(client.answer(to: challenge, as: .owner)).wire
        let answers = (0..<3).map { _ in node.send(proof, as: client.place.peer) }
        #expect(Set(answers).count == 1)
        #expect(answers.first?.first.flatMap { client.read($0) }?.createdName != nil)
        #expect(node.changes.sets.count == 1)
    }

    @Test func P14CopiesThatComeWhileTheFirstIsUnderWayAreAnsweredWithIt() throws {
        var registry = AdministeredRegistry()
        registry.responderSettings.isAdministeredOverUDP = true
        let node = AdministeredNode(registry)
        let client = Client(node, .udp)
        let challenge = try #require(client.ask(.deleteIdentifier, .name("88.118.8/a")))
        let proof = try #require(client.answer(to: challenge, as: .owner)).wire
        node.changes.isHeld = true
        let boxes = (0..<3).map { _ in AnswerBox() }
        for box in boxes { node.send(proof, as: client.place.peer, into: box) }
        #expect(boxes.allSatisfy { !$0.isSettled })
        node.changes.release()
        node.settle()
        #expect(Set(boxes.map(\.messages)).count == 1)
        #expect(boxes.allSatisfy { $0.answers.map(\.code) == [1] })
        #expect(node.changes.sets.count == 1)
    }

    @Test func P14CopiesOfAnotherDatagramUnderTheSameNumberGetItsAnswer() throws {
        var registry = AdministeredRegistry()
        registry.responderSettings.isAdministeredOverUDP = true
        let node = AdministeredNode(registry)
        let client = Client(node, .udp)
        let proofs = try ["88.118.8/i", "88.118.8/j"].map { name in
            let challenge = try #require(client.ask(.createIdentifier, .values(name, [url])))
            var proof = try #require(client.answer(to: challenge, as: .owner))
            proof.envelope.requestID = 7
            return proof.wire
        }
        node.changes.isHeld = true
        let boxes = (0..<3).map { _ in AnswerBox() }
        // The second one takes the first one's place, and is repeated.
        for (box, proof) in zip(boxes, proofs + proofs.suffix(1)) {
            node.send(proof, as: client.place.peer, into: box)
        }
        node.changes.release()
        node.settle()
        let names = boxes.map { $0.messages.last.flatMap { client.read($0) }?.createdName }
        #expect(names == ["88.118.8/i", "88.118.8/j", "88.118.8/j"])
        #expect(node.changes.sets.count == 2)
    }

    @Test func P14AnotherDatagramUnderTheSameNumberIsAnotherRequest() throws {
        var registry = AdministeredRegistry()
        registry.responderSettings.isAdministeredOverUDP = true
        let node = AdministeredNode(registry)
        let client = Client(node, .udp)
        let first = client.request(.deleteIdentifier, .name("88.118.8/a"), requestID: 9)
        let second = client.request(.deleteIdentifier, .name("88.118.8/b"), requestID: 9)
        let answers = [first, second].compactMap { client.send($0).last }
        #expect(answers.map(\.code) == [.authenticationNeeded, .authenticationNeeded])
        #expect(answers.first?.body != answers.last?.body)
        node.pass(seconds: 11)
        #expect(client.send(second).last?.code == .authenticationNeeded)
    }
}

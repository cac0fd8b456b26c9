import ResolutionProtocol
import Testing

@testable import Resolution

/// What administration holds and sends is bounded whatever it is asked.
@Suite struct BoundedAdministrationTests {
    @Test func R9TenThousandThatWaitForOneIdentifierBeginOneAfterTheOther() throws {
        let node = AdministeredNode()
        let client = Client(node)
        try client.logIn(.owner)
        node.changes.isHeld = true
        let held = AnswerBox()
        let change = client.request(.addValue, .values("88.118.8/a", [.text(9, "U", "")]))
        node.send(change.wire, as: client.place.peer, into: held)
        let stranger = Client(node, .tcp(2))
        let boxes = (0..<10_050).map { _ in
            let box = AnswerBox()
            let request = stranger.request(.deleteIdentifier, .name("88.118.8/a"))
            node.send(request.wire, as: stranger.place.peer, into: box)
            return box
        }
        #expect(boxes.count { $0.isSettled } == 51)
        #expect(boxes.last?.answers.last?.code == ResponseCode.serverBusy.rawValue)
        node.changes.release()
        node.settle()
        #expect(held.answers.last?.code == ResponseCode.success.rawValue)
        #expect(boxes.allSatisfy { $0.isSettled })
        #expect(node.figures.waitingCount == 0)
    }

    @Test func R9TheBytesOfWhatWaitsAreBounded() throws {
        var registry = AdministeredRegistry()
        registry.settings.waitingByteCountMax = 1 << 20
        let node = AdministeredNode(registry)
        let client = Client(node)
        try client.logIn(.owner)
        node.changes.isHeld = true
        let large = HandleValue.text(9, "U", String(repeating: "x", count: 200_000))
        let boxes = (0..<10).map { _ in
            let box = AnswerBox()
            let request = client.request(.addValue, .values("88.118.8/a", [large]))
            node.send(request.wire, as: client.place.peer, into: box)
            return box
        }
        #expect(boxes.count { $0.answers.last?.code == ResponseCode.serverBusy.rawValue } == 5)
        node.changes.release()
        node.settle()
        #expect(boxes.allSatisfy { $0.isSettled })
    }

    @Test func errorsToDatagramsAreNeverLargerThanTheirRequests() {
        let node = AdministeredNode()
        let client = Client(node, .udp)
        let bodies: [(OpCode, MessageBody)] = [
            (.challengeResponse, .bytes([])), (.challengeResponse, .bytes([1, 2, 3])), (.verifyChallenge, .bytes([])),
            (.verifyChallenge, .bytes([UInt8](repeating: 0, count: 20))), (.resolution, .resolve("12.34/x")),
            (.resolution, .resolve("88.118.8/gone")), (.resolution, .bytes([])),
        ]
        for (opCode, body) in bodies {
            for flags in [OpFlags.requestDefault, [.requestDigest], [.certify], [.certify, .requestDigest]] {
                for sessionID in [0, 0x7000_0000] as [UInt32] {
                    var bytes = client.request(opCode, body, flags: flags, sessionID: sessionID).wire
                    for _ in 0..<2 {
                        for answer in node.send(bytes, as: client.place.peer) { #expect(answer.count <= bytes.count) }
                        bytes.removeLast(4)
                        bytes[19] -= 4
                    }
                }
            }
        }
    }

    @Test func longNamesAreNotRememberedWhereProofsFail() throws {
        let node = AdministeredNode()
        let client = Client(node)
        let who = Who("88.118.8/" + String(repeating: "n", count: 200_000), 300, secret: "x")
        #expect(client.perform(.deleteIdentifier, .name("88.118.8/a"), as: who)?.code == .protocolError)
    }

    @Test func theOperatorMayDoEverythingAndIsNeverChallenged() throws {
        var registry = AdministeredRegistry()
        registry.settings.requiresSecuredTransport = true
        registry.settings.requiresSessions = true
        let node = AdministeredNode(registry)
        let client = Client(node)
        let requests: [(OpCode, MessageBody)] = [
            (.createIdentifier, .values("88.118.8/new", [.text(1, "URL", "x")])),
            (.deleteIdentifier, .name("88.118.9/b")),
            (.homePrefix, .name("0.NA/88.118.10")), (.listHomedPrefixes, .name("/")), (.backupServer, .name("/")),
            (.resolution, .resolve("88.118.8/a")),
        ]
        for (opCode, body) in requests {
            let answer = try Message(wire: node.control(client.request(opCode, body, flags: .administrator).wire))
            #expect(answer.code == .success, "\(opCode)")
        }
        #expect(node.control([1, 2, 3]).isEmpty)
    }
}

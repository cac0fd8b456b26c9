import EventLoop
import ResolutionProtocol
import Testing
import TransportSuite

@testable import ResolutionClient

/// The asker's side against the answering side.
struct AskingANodeTests {
    @Test func everyRecordIsItsOwnOverUDPAndOverTCP() throws {
        let node = try SampleNode()
        defer { node.stop() }
        for transport in [AskTransport.udp, .tcp] {
            let client = BlockingClient(server: node.address, transport: transport)
            for (name, values) in [
                (SampleNode.item(7), SampleNode.values(of: 7)), (SampleNode.longItem, SampleNode.longValues),
                (SampleNode.wideItem, SampleNode.wideValues),
            ] {
                let request = Message.resolution(of: name, flags: [.publicOnly, .requestDigest])
                let (answer, carrier) = try client.askWithCarrier(request)
                #expect(carrier == (transport == .udp ? .udp : .tcp))
                #expect(answer.body == .resolved(ResolutionAnswer(identifier: name, values: values)))
            }
        }
    }

    @Test func theLargestRecordComesOverTCP() throws {
        let node = try SampleNode()
        defer { node.stop() }
        let client = BlockingClient(server: node.address, transport: .tcp)
        let answer = try client.ask(Message.resolution(of: SampleNode.hugeItem))
        #expect(
            answer.body == .resolved(ResolutionAnswer(identifier: SampleNode.hugeItem, values: SampleNode.hugeValues))
        )
    }

    @Test func anAnswerThatSaysNoIsAnAnswer() throws {
        let node = try SampleNode()
        defer { node.stop() }
        let client = BlockingClient(server: node.address)
        let absent = try client.ask(Message.resolution(of: Array("\(SampleNode.prefix)/absent".utf8)))
        #expect(absent.header.responseCode == .identifierNotFound)
        let foreign = try client.ask(Message.resolution(of: Array("10.1/x".utf8)))
        #expect(foreign.header.responseCode == .notResponsible)
        let operation = try client.ask(.request(.backupServer, body: .bytes([])))
        #expect(operation.header.responseCode == .operationNotSupported)
    }

    @Test func allRecordsAreAskedForOverOneConnection() throws {
        let node = try SampleNode()
        defer { node.stop() }
        var asked = 0
        var rightCount = 0
        let count = try BlockingClient(server: node.address).askAll(inFlight: 512) {
            defer { asked += 1 }
            return asked < SampleNode.itemCount ? Message.resolution(of: SampleNode.item(asked)) : nil
        } each: { request, outcome in
            guard case .resolve(let question) = request.body, case .success(let answer) = outcome,
                let number = Int(String(decoding: question.identifier, as: UTF8.self).split(separator: "-")[1])
            else { return false }
            let due = ResolutionAnswer(identifier: question.identifier, values: SampleNode.values(of: number))
            if answer.body == .resolved(due) { rightCount += 1 }
            return true
        }
        #expect(count == SampleNode.itemCount)
        #expect(rightCount == SampleNode.itemCount)
    }
}

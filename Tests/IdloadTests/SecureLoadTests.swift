import ArgumentParser
import Console
import Cryptography
import EventLoop
import Foundation
import ResolutionClient
import ResolutionProtocol
import SampleCertificates
import Testing
import Transport
import TransportSuite

@testable import idload

/// Questions over TLS.
struct SecureLoadTests {
    private let certificate: SampleCertificate
    private let node: SampleNode

    init() throws {
        certificate = try SampleCertificate(key: SampleKey(.p256))
        let now = Int64(SystemClock.coarseRealtimeSeconds())
        let context = ReplaceableTLSContext(try TLSContext(server: certificate.identity(), unixSeconds: now))
        var settings = TransportSettings()
        settings.listeners = [ListenerPlan(address: SampleNode.loopback, isUDP: false, tls: context)]
        node = try SampleNode(settings)
    }

    private func plan(_ trust: TLSServerTrust, perConnection: Int? = nil) throws -> LoadPlan {
        var plan = LoadPlan(target: node.address, carrier: .tls, seed: 1)
        let now = Int64(SystemClock.coarseRealtimeSeconds())
        plan.security[node.address] = try TLSContext(client: trust, unixSeconds: now)
        plan.loop = .closed(outstanding: 32, ratePerSecondMax: nil, seconds: 600, warmupSeconds: 0)
        plan.questionsPerConnection = perConnection
        plan.keys = .inOrder(isShuffled: false, stops: true)
        plan.timeoutNanoseconds = 60_000_000_000
        return plan
    }

    @Test(arguments: [nil, 1, 40])
    func L13_everyRecordIsItsOwnOverTLS(_ perConnection: Int?) throws {
        defer { node.stop() }
        let questions = QuestionSet()
        let count = perConnection == 1 ? 100 : SampleNode.itemCount
        for number in 0..<count { questions.add(SampleNode.item(number)) }
        questions.add(SampleNode.hugeItem)
        let plan = try plan(.certificate(certificate.file()), perConnection: perConnection)
        let tally = LoadEngine(plan: plan, questions: questions, carriers: try LoadEngine.open(plan)).run { _ in }.tally
        #expect(tally.right == UInt64(count + 1))
        #expect(tally.sent == tally.right)
        #expect(tally.unsent + tally.disconnected + tally.unconnected == 0)
        #expect(tally.connected >= (perConnection == 1 ? 101 : 4))
    }

    @Test func L12_recordedMessagesGoOverTLS() throws {
        defer { node.stop() }
        let recorded = (0..<200).flatMap { number in
            Message(
                envelope: Envelope(sessionID: 9, requestID: 1),
                header: Header(opCode: .resolution, flags: [.requestDefault, .requestDigest], expiration: 1),
                body: .resolve(ResolutionRequest(identifier: SampleNode.item(number % SampleNode.itemCount)))
            ).wire
        }
        let file = FileManager.default.temporaryDirectory.appending(path: "idload-\(UUID().uuidString).bin").path
        try Data(recorded).write(to: URL(filePath: file))
        defer { try? FileManager.default.removeItem(atPath: file) }
        let questions = QuestionSet()
        questions.areRecorded = true
        let stream = try QuestionStream.open(ReplayFile(path: file, wraps: false))
        defer { stream.close() }
        questions.stream = stream
        let plan = try plan(.certificate(certificate.file()))
        let tally = LoadEngine(plan: plan, questions: questions, carriers: try LoadEngine.open(plan)).run { _ in }.tally
        #expect(tally.right == 200)
        #expect(tally.sent == 200)
    }

    @Test func L13_whoeverAnswersIsTrustedWhereThatIsAskedFor() throws {
        defer { node.stop() }
        #expect(try LoadEngine.open(plan(.anyone)).map(\.connectionCount) == [4])
    }

    @Test func L13_aStrangersCertificateIsRefusedAtOnce() throws {
        defer { node.stop() }
        let other = try SampleCertificate(key: SampleKey(.p256))
        let plan = try plan(.certificate(other.file()))
        let failure = #expect(throws: UnreachableTarget.self) { try LoadEngine.open(plan) }?.failure
        guard case .notSecured(.certificateRefused)? = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
        let message = UserMessage.notSecured(node.address, try #require(failure))
        #expect(message.code == "E-LOAD-043")
        #expect(message.text.chinese.contains("证书"))
    }

    @Test func L13_trustIsReadFromTheFlags() throws {
        defer { node.stop() }
        let file = FileManager.default.temporaryDirectory.appending(path: "idload-\(UUID().uuidString).pem").path
        try Data(certificate.pem()).write(to: URL(filePath: file))
        defer { try? FileManager.default.removeItem(atPath: file) }
        for flags in [["--tls-pin", file], ["--tls-ca", file], ["--tls-ca", file, "--tls-name", "node.test"]] {
            let options = try LoadOptions.parse(["\(node.address)", "--protocol", "tls"] + flags)
            #expect(try LoadEngine.open(options.plan()).map(\.connectionCount) == [4])
        }
        let named = ["--tls-ca", file, "--tls-name", "other.test"]
        let wrong = try LoadOptions.parse(["\(node.address)", "--protocol", "tls"] + named)
        #expect(throws: UnreachableTarget.self) { try LoadEngine.open(wrong.plan()) }
    }
}

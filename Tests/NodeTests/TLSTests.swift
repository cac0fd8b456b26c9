import Cryptography
import EventLoop
import Glibc
import ResolutionClient
import ResolutionProtocol
import SampleCertificates
import Testing
import TransportSuite

/// A node that speaks TLS on a second port.
@Suite struct TLSTests {
    private static func client(_ sample: SampleCertificate) throws -> TLSContext {
        try TLSContext(client: .certificate(sample.file()), unixSeconds: Int64(time(nil)))
    }

    private static func resolves(_ node: NodeProcess, trusting sample: SampleCertificate) throws -> Bool {
        guard let socket = try? SecureClientSocket(node.addresses[1], context: client(sample)) else { return false }
        let name = SampleRecords.name(1)
        let answer = try #require(socket.ask(Asking.resolve(name, requestID: 7)))
        let expected = ResolutionAnswer(identifier: name, values: SampleRecords.values(1))
        return try Message(wire: answer).body == .resolved(expected)
    }

    @Test func identifiersAreResolvedAndAReloadTakesTheNewCertificate() throws {
        let (old, new) = (try SampleCertificate(key: SampleKey(.p256)), try SampleCertificate(key: SampleKey(.ed25519)))
        let place = try TLSDirectory(old)
        let node = try NodeProcess(place.directory)
        #expect(try Self.resolves(node, trusting: old))
        try NodeAsker(node.address, .tcp).askHonestly()
        try place.put(new)
        #expect(String(decoding: try node.control.ask(.reload), as: UTF8.self) == "unchanged")
        #expect(try Self.resolves(node, trusting: new))
        #expect(try !Self.resolves(node, trusting: old))
        let metrics = String(decoding: try node.control.ask(.metrics), as: UTF8.self)
        #expect(metrics.contains("\nhanjiang_tls_certificate_end_seconds "))
        #expect(node.stop() == .code(0))
    }

    @Test func e5AReloadWithAWrongKeyKeepsTheOldCertificate() throws {
        let (old, new) = (try SampleCertificate(key: SampleKey(.p256)), try SampleCertificate(key: SampleKey(.p256)))
        let place = try TLSDirectory(old)
        let node = try NodeProcess(place.directory)
        try TestFile.write(place.key, new.key.pem())
        let refusal = try #require(throws: ControlError.self) { try node.control.ask(.reload) }
        guard case .refused(_, .error, let text) = refusal else { throw NodeFailure("\(refusal)") }
        #expect(text.contains(place.key) && text.contains(place.certificate), "\(text)")
        unlink(place.certificate)
        let missing = try #require(throws: ControlError.self) { try node.control.ask(.reload) }
        #expect("\(missing)".contains("node.pem"), "\(missing)")
        #expect(try Self.resolves(node, trusting: old))
        #expect(node.stop() == .code(0))
    }

    @Test func anExpiredCertificateIsNamedWithItsFileAndLine() throws {
        var content = SampleCertificate.Content()
        content.lifetime = -7_200 ... -3_600
        let place = try TLSDirectory(SampleCertificate(content, key: SampleKey(.p256)))
        for arguments in [["run", "--lang", "en"], ["check-config", "--lang", "en"]] {
            let outcome = try BuiltProgram.run(
                arguments + ["--config", place.directory.configuration],
                in: place.directory.directory
            )
            #expect(outcome.ending == .code(1))
            for part in ["E-NODE-024", "node.pem:1: the certificate has expired"] {
                #expect(outcome.text.contains(part), "no \(part) in \(outcome.text)")
            }
        }
    }
}

import Cryptography
import SampleCertificates
import Testing

/// Who is let in, and as whom.
@Suite struct TLSCertificateTests {
    /// An authority of the same name has signed nothing of the other (alert decrypt_error), and one of another name is
    /// unknown (alert unknown_ca).
    @Test(arguments: [("authority.test", 51), ("another.test", 48)])
    func aServerOfAnotherAuthorityIsRefused(_ name: String, _ alert: UInt8) throws {
        let (samples, others) = (try TLSSamples(), try TLSSamples(authority: name))
        var pair = try TLSPair(client: others.clientContext(), server: samples.serverContext())
        pair.exchange()
        let failures = (pair.client.failure, pair.server.failure)
        guard case .certificateRefused? = failures.0, case .alert(alert, _)? = failures.1 else {
            Issue.record("\(failures)")
            return
        }
    }

    @Test(arguments: [("node.test", true), ("127.0.0.1", true), ("other.test", false), ("127.0.0.2", false)])
    func theServersNameIsChecked(_ name: String, _ isRight: Bool) throws {
        let samples = try TLSSamples()
        var pair = try TLSPair(client: samples.clientContext(name: name), server: samples.serverContext())
        pair.exchange()
        let isOpen = pair.client.state == .open
        #expect(isOpen == isRight)
    }

    /// The server's clock was wrong when it read the certificate; its client's is right.
    @Test func anExpiredServerIsRefusedByItsClient() throws {
        var content = SampleCertificate.Content()
        content.lifetime = -7_200 ... -3_600
        let samples = try TLSSamples(.p256, content)
        let server = try TLSContext(server: samples.server.identity(), unixSeconds: TLSSamples.now - 5_000)
        var pair = try TLSPair(client: samples.clientContext(), server: server)
        pair.exchange()
        guard case .certificateRefused(10, _, .expired)? = pair.client.failure else {
            Issue.record("an expired certificate was taken")
            return
        }
    }

    @Test func aPinnedServerNeedsNoAuthorityAndNoName() throws {
        let (samples, others) = (try TLSSamples(), try TLSSamples())
        let key = try samples.server.key.subjectPublicKeyInfo()
        let trusts: [TLSServerTrust] = [.certificate(try samples.server.file()), .publicKey(subjectPublicKeyInfo: key)]
        for trust in trusts {
            let client = try TLSContext(client: trust, unixSeconds: TLSSamples.now)
            var right = try TLSPair(client: client, server: samples.serverContext())
            right.exchange()
            let isOpen = right.client.state == .open && right.server.state == .open
            #expect(isOpen)
            var wrong = try TLSPair(client: client, server: others.serverContext())
            wrong.exchange()
            let failure = wrong.client.failure
            guard case .certificateRefused(50, _, .other)? = failure else {
                Issue.record("\(String(describing: failure))")
                continue
            }
        }
    }

    @Test func anOptionalClientCertificateMayBeMissing() throws {
        let samples = try TLSSamples()
        let pair = try samples.pair(.optional(authorities: samples.authority.file()))
        let isOpen = pair.server.state == .open
        #expect(isOpen)
        let shown = pair.server.peerCertificate
        #expect(shown == nil)
    }

    @Test func aClientIsKnownByItsCertificate() throws {
        let samples = try TLSSamples()
        let client = try samples.client(userIDs: ["300:0.NA/88.118"])
        for isRequired in [false, true] {
            let authorities = try samples.authority.file()
            let pair = try samples.pair(
                isRequired ? .required(authorities: authorities) : .optional(authorities: authorities),
                identity: client
            )
            let certificate = pair.server.peerCertificate
            let shown = try #require(certificate)
            #expect(shown.identity == TLSPeerIdentity(Array("300:0.NA/88.118".utf8)))
            #expect(shown.commonName == Array("client".utf8))
            #expect(shown.subjectPublicKeyInfo == (try client.key.subjectPublicKeyInfo()))
            #expect(shown.der == (try client.der()))
        }
    }

    @Test func aClientWithoutTheRequiredCertificateIsRefused() throws {
        let samples = try TLSSamples()
        var pair = try samples.pair(.required(authorities: samples.authority.file()))
        let failure = pair.server.failure
        #expect(failure == .certificateMissing)
        _ = pair.client.allPlaintext()
        guard case .alert(116, _)? = pair.client.failure else {
            Issue.record("the client was not told")
            return
        }
    }

    @Test func aClientOfAnotherAuthorityIsRefusedEvenWhereNoneIsNeeded() throws {
        let (samples, others) = (try TLSSamples(), try TLSSamples())
        let stranger = try others.client(userIDs: ["300:0.NA/88.118"])
        let pair = try samples.pair(.optional(authorities: samples.authority.file()), identity: stranger)
        guard case .certificateRefused? = pair.server.failure else {
            Issue.record("a stranger was let in")
            return
        }
    }

    @Test func twoUserIDsAreNobodysName() throws {
        let samples = try TLSSamples()
        let client = try samples.client(userIDs: ["300:0.NA/88.118", "300:0.NA/88.119"], name: "nobody")
        let pair = try samples.pair(.required(authorities: samples.authority.file()), identity: client)
        let certificate = pair.server.peerCertificate
        let shown = try #require(certificate)
        #expect(shown.userID == nil)
        #expect(shown.identity == nil)
    }
}

import Cryptography
import SampleCertificates
import Testing

/// Certificates that were taken back, and lists of them that are no good.
@Suite struct TLSRevocationTests {
    private func failure(
        _ bench: SampleFault.Bench,
        among authorities: [UInt8] = [],
        revoked: [UInt8]? = nil,
        now: Int64 = TLSSamples.now
    ) throws -> TLSFailure? {
        let file = TLSFile(name: "authorities.pem", bytes: try bench.authority.pem() + authorities)
        let list = revoked.map { TLSFile(name: "revoked.pem", bytes: $0) }
        let client = try TLSContext(
            client: .authorities(file, serverName: "127.0.0.1", revoked: list),
            unixSeconds: TLSSamples.now
        )
        var pair = try TLSPair(client: client, server: bench.bad.serverContext(), unixSeconds: now)
        pair.exchange()
        let isOpen = pair.client.state == .open
        let failure = pair.client.failure
        #expect(isOpen == (failure == nil))
        return failure
    }

    private func fault(_ failure: TLSFailure?) -> TLSCertificateFault? {
        guard case .certificateRefused(_, _, let fault)? = failure else { return nil }
        return fault
    }

    @Test func U8ARevokedCertificateIsRefusedWhereverTheListStands() throws {
        let bench = try SampleFault.revoked.bench()
        #expect(try fault(failure(bench, revoked: bench.revoked)) == .revoked)
        #expect(try fault(failure(bench, among: bench.revoked)) == .revoked)
        #expect(try failure(bench) == nil, "without a list nothing is known")
        let other = try bench.authority.revocationList([bench.good])
        #expect(try failure(bench, revoked: other) == nil)
    }

    @Test func whatCannotBeCheckedIsRefused() throws {
        let bench = try SampleFault.revoked.bench()
        let stranger = try SampleCertificate.authority("another.test")
        #expect(try fault(failure(bench, revoked: stranger.revocationList([]))) == .noRevocationList)
        let old = try bench.authority.revocationList([], lifetime: -7_200 ... -3_600)
        #expect(try fault(failure(bench, revoked: old)) == .revocationListExpired(now: TLSSamples.now))
        let early = try bench.authority.revocationList([], lifetime: 3_600...7_200)
        #expect(try fault(failure(bench, revoked: early)) == .revocationListNotYetValid(now: TLSSamples.now))
    }

    @Test func U9TheGivenTimeIsGoneBy() throws {
        let bench = try SampleFault.revoked.bench()
        let (early, late) = (TLSSamples.now - 90_000, TLSSamples.now + 90_000)
        guard case .expired(let since, late)? = fault(try failure(bench, now: late)),
            case .notYetValid(let from, early)? = fault(try failure(bench, now: early))
        else {
            Issue.record("a certificate was taken outside its time")
            return
        }
        #expect((1...4_000).contains(late - since))
        #expect((86_000...90_000).contains(from - early))
    }

    @Test func aFileOfListsHasSome() throws {
        let bench = try SampleFault.revoked.bench()
        let empty = #expect(throws: TLSContextError.self) { try failure(bench, revoked: bench.authority.pem()) }
        #expect(empty?.reason == .missing(label: "X509 CRL"))
        #expect(empty?.file == "revoked.pem")
        let broken = Array("-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----\n".utf8)
        let unreadable = #expect(throws: TLSContextError.self) { try failure(bench, revoked: broken) }
        #expect(unreadable?.reason == .unreadable(line: 1))
    }
}

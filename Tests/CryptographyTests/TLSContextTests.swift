import Cryptography
import SampleCertificates
import Testing

@Suite struct TLSContextTests {
    private func reason(_ identity: TLSIdentity) -> (file: String, reason: TLSContextError.Reason)? {
        do {
            _ = try TLSContext(server: identity, unixSeconds: TLSSamples.now)
            return nil
        } catch {
            return (error.file, error.reason)
        }
    }

    private func identity(_ certificates: [UInt8], _ key: [UInt8]) -> TLSIdentity {
        TLSIdentity(
            certificates: TLSFile(name: "a.pem", bytes: certificates),
            privateKey: TLSFile(name: "a.key", bytes: key)
        )
    }

    @Test func expiredAndNotYetValidAreToldApart() throws {
        var content = SampleCertificate.Content()
        content.lifetime = -7_200 ... -3_600
        let old = try SampleCertificate(content, key: SampleKey(.p256))
        guard case .expired(1, let end)? = reason(try old.identity())?.reason else {
            Issue.record("an expired certificate was taken")
            return
        }
        #expect(abs(end - (TLSSamples.now - 3_600)) < 60)
        content.lifetime = 3_600...7_200
        let early = try SampleCertificate(content, key: SampleKey(.p256))
        guard case .notYetValid(1, let begin)? = reason(try early.identity())?.reason else {
            Issue.record("a certificate of the future was taken")
            return
        }
        #expect(abs(begin - (TLSSamples.now + 3_600)) < 60)
    }

    @Test func theFirstEndOfTheChainIsTold() throws {
        let samples = try TLSSamples()
        let chain = try samples.server.pem() + samples.authority.pem()
        let context = try TLSContext(
            server: identity(chain, samples.server.key.pem()),
            unixSeconds: TLSSamples.now
        )
        let end = try #require(context.notAfter)
        #expect(abs(end - (TLSSamples.now + 86_400)) < 60)
    }

    @Test func anotherCertificatesKeyIsRefused() throws {
        let (one, other) = (try TLSSamples().server, try TLSSamples().server)
        let found = reason(identity(try one.pem(), try other.key.pem()))
        #expect(found?.file == "a.key")
        #expect(found?.reason == .keyDoesNotMatch(certificates: "a.pem"))
    }

    @Test func anEncryptedKeyIsNamedAsSuch() throws {
        let server = try TLSSamples().server
        let found = reason(identity(try server.pem(), Array("\n\n".utf8) + (try server.key.pem(passphrase: "secret"))))
        #expect(found?.file == "a.key")
        #expect(found?.reason == .keyIsEncrypted(line: 3))
    }

    @Test func aWeakKeyIsRefused() throws {
        let weak = try SampleCertificate(key: SampleKey(.rsa(bitCount: 1_024)))
        guard case .refused? = reason(try weak.identity())?.reason else {
            Issue.record("1024 bits were taken")
            return
        }
    }

    @Test func linesEndInAnyWayAndTextBetweenIsSkipped() throws {
        let samples = try TLSSamples()
        let pem = try samples.server.pem() + Array("# the authority\n".utf8) + samples.authority.pem()
        let crlf = pem.flatMap { $0 == 10 ? [13, 10] : [$0] }
        #expect(reason(identity(crlf, try samples.server.key.pem())) == nil)
    }

    @Test func unreadableFilesAreNamedWithThePlace() throws {
        let server = try TLSSamples().server
        let (pem, key) = (try server.pem(), try server.key.pem())
        #expect(reason(identity([], key))?.reason == .missing(label: "CERTIFICATE"))
        #expect(reason(identity(key, key))?.reason == .missing(label: "CERTIFICATE"))
        #expect(reason(identity(pem, pem))?.reason == .missing(label: "PRIVATE KEY"))
        #expect(reason(identity(pem + pem.dropLast(20), key))?.reason == .unreadable(line: lineCount(pem) + 1))
        var damaged = pem
        damaged[60] = UInt8(ascii: "!")
        #expect(reason(identity(pem + damaged, key))?.reason == .unreadable(line: lineCount(pem) + 1))
        let long = [UInt8](repeating: 10, count: 5 << 20)
        #expect(reason(identity(long, key))?.reason == .tooLong(byteCount: 5 << 20))
    }

    @Test(arguments: ["", "a\u{0}b", String(repeating: "a", count: 254)])
    func anEmptyOrImpossibleServerNameIsRefused(_ name: String) throws {
        let samples = try TLSSamples()
        let error = #expect(throws: TLSContextError.self) { try samples.clientContext(name: name) }
        #expect(error?.reason == .serverName(name))
    }

    /// A thousand damaged files: each is read or refused, and nothing else happens.
    @Test func damagedFilesEndNothing() throws {
        let server = try TLSSamples().server
        let (pem, key) = (try server.pem(), try server.key.pem())
        var generator = TLSDamage(seed: 0x5EED)
        var refusedCount = 0
        for _ in 0..<1_000 {
            if reason(identity(generator.damaged(pem), generator.damaged(key))) != nil { refusedCount += 1 }
        }
        #expect(refusedCount > 900, "seed 0x5EED")
    }

    private func lineCount(_ bytes: [UInt8]) -> Int { bytes.count { $0 == 10 } }
}

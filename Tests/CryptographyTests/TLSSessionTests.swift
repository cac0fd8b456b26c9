import Cryptography
import SampleCertificates
import Testing

@Suite struct TLSSessionTests {
    @Test(arguments: [SampleKey.Kind.p256, .rsa(bitCount: 2_048), .ed25519])
    func sidesAgreeByteByByte(_ kind: SampleKey.Kind) throws {
        let samples = try TLSSamples(kind)
        var pair = try TLSPair(client: samples.clientContext(), server: samples.serverContext())
        let isWaiting = pair.server.state == .handshaking && pair.client.state == .handshaking
        #expect(isWaiting)
        pair.exchange(step: 1)
        let states = [pair.client.state, pair.server.state]
        #expect(states == [.open, .open])
        let shown = pair.client.peerCertificate
        #expect(try shown?.der == samples.server.der())
        #expect(try shown?.subjectPublicKeyInfo == samples.server.key.subjectPublicKeyInfo())
        let none = pair.server.peerCertificate
        #expect(none == nil)
    }

    @Test(arguments: [1, 7, 16_384, 65_536])
    func whatGoesInComesOutBothWays(_ step: Int) throws {
        var pair = try TLSSamples().pair()
        let count = step == 1 ? 40_000 : 3_000_000
        let question = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
        let answer = Array(question.reversed())
        let asked = pair.client.send(question, to: &pair.server, step: step)
        #expect(asked == question)
        let answered = pair.server.send(answer, to: &pair.client, step: step)
        #expect(answered == answer)
    }

    @Test func bothSidesMayCloseAndWhatTheOtherEndedIsStillAnswered() throws {
        var pair = try TLSSamples().pair()
        pair.client.close()
        let late = pair.client.write([1])
        #expect(late == 0)
        pair.exchange()
        let nothing = pair.server.allPlaintext()
        #expect(nothing.isEmpty)
        let isEnded = pair.server.peerHasClosed && pair.server.state == .closing && !pair.server.hasClosed
        #expect(isEnded)
        pair.server.receiveEnd()
        let answer = pair.server.send(Array("answer".utf8), to: &pair.client, step: 100)
        #expect(answer == Array("answer".utf8))
        pair.server.close()
        pair.exchange()
        _ = pair.client.allPlaintext()
        pair.client.receiveEnd()
        let states = [pair.client.state, pair.server.state]
        #expect(states == [.closing, .closing])
    }

    @Test func plaintextIsNotTakenBeforeTheSidesAgree() throws {
        let samples = try TLSSamples()
        var client = try TLSSession(samples.clientContext())
        let count = client.write([1, 2, 3])
        #expect(count == 0)
        #expect(client.allPlaintext().isEmpty)
    }

    @Test func whatASessionHoldsIsBounded() throws {
        var pair = try TLSSamples().pair()
        let plenty = [UInt8](repeating: 7, count: 1 << 20)
        let taken = pair.client.write(plenty)
        #expect(taken > 0 && taken <= 64 << 10)
        let more = pair.client.write(plenty)
        #expect(more == 0)
        let waiting = pair.client.ciphertextByteCount
        #expect(waiting <= 64 << 10)
        let ciphertext = pair.client.allCiphertext()
        var accepted = 0
        for _ in 0..<3 { accepted += pair.server.receive(ciphertext) }
        #expect(accepted == 64 << 10)
        let isOpen = pair.server.state == .open
        #expect(isOpen)
    }
}

extension TLSSession {
    /// Sends all of `plaintext` to `other`, in parts of `step` bytes; returns what comes out there.
    mutating func send(_ plaintext: [UInt8], to other: inout TLSSession, step: Int) -> [UInt8] {
        var (sent, received) = (0, [UInt8]())
        while sent < plaintext.count {
            let taken = write(Array(plaintext[sent..<min(plaintext.count, sent + step * 3)]))
            sent += taken
            let carried = carry(to: &other, step: step)
            received += other.allPlaintext()
            guard taken > 0 || carried > 0 else { break }
        }
        return received
    }
}

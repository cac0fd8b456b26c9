import Authentication
import Cryptography
import ResolutionProtocol
import Testing

@testable import Resolution

/// Each bit of a signed request and of an answer to a challenge, flipped in turn: every one is refused, none is
/// executed.
///
/// Skipped are only bits that the protocol's own definition leaves uncovered (wire.md §3, security.md §5): in the
/// envelope the sequence number (bytes 12-15), which is a UDP packet's; TC (bit 0x20 of byte 2), which on TCP says
/// nothing; and the three bits of byte 2 that version 2 does not read (0x1C).
///
/// An answer to a challenge outside a session covers nothing but what it says: there the bits of its body are flipped,
/// of its operation and of its session id, but for the case of ASCII letters in the administrator's name, which names
/// the same one.
@Suite struct FlippedBitTests {
    private static let uncovered: [Int: UInt8] = [2: 0x3C, 12: 0xFF, 13: 0xFF, 14: 0xFF, 15: 0xFF]

    private func node() -> AdministeredNode {
        var registry = AdministeredRegistry()
        // Refusals are what is looked at here, not their delay.
        registry.settings.failedProofsPerMinute = 1_000_000
        return AdministeredNode(registry)
    }

    /// Bits of `bytes` that are flipped one at a time.
    private func flips(_ bytes: [UInt8], in range: Range<Int>, skipping skipped: [Int: UInt8]) -> [[UInt8]] {
        range.flatMap { position in
            (0..<8).compactMap { bit -> [UInt8]? in
                let mask = UInt8(1) << UInt8(bit)
                guard skipped[position, default: 0] & mask == 0 else { return nil }
                var flipped = bytes
                flipped[position] ^= mask
                return flipped
            }
        }
    }

    private func expectRefused(_ node: AdministeredNode, _ client: Client, _ bytes: [UInt8], at number: Int) {
        for answer in node.send(bytes, as: client.place.peer) {
            let code = (try? Envelope(wire: Array(answer.prefix(20))))
                .flatMap {
                    $0.flags.contains(.encrypted) ? nil : try? Header(wire: Array(answer.dropFirst(20).prefix(24)))
                }?
                .responseCode
            #expect(code != .success && code != nil, "bit \(number)")
        }
        #expect(node.changes.sets.isEmpty, "bit \(number)")
    }

    @Test func everyBitOfASignedRequest() throws {
        let node = node()
        let client = Client(node)
        try client.logIn(.owner)
        let request = client.request(.deleteIdentifier, .name("88.118.8/a")).wire
        let flipped = flips(request, in: 0..<request.count, skipping: Self.uncovered)
        #expect(flipped.count == request.count * 8 - 36)
        for (number, bytes) in flipped.enumerated() { expectRefused(node, client, bytes, at: number) }
        #expect(client.send(request).last?.code == .success)
        #expect(node.changes.sets.count == 1)
    }

    @Test func everyBitOfAnEncryptedSignedRequest() throws {
        let node = node()
        let client = Client(node)
        try client.logIn(.owner)
        let session = try #require(client.session)
        let request = session.encrypted(client.request(.deleteIdentifier, .name("88.118.8/a")))
        let flipped = flips(request, in: 0..<request.count, skipping: Self.uncovered)
        for (number, bytes) in flipped.enumerated() { expectRefused(node, client, bytes, at: number) }
        #expect(client.send(request).last?.code == .success)
    }

    @Test func everyBitOfAnAnswerToAChallengeInASession() throws {
        for who in [Who.owner, .ed25519, .sm2] {
            let node = node()
            let client = Client(node)
            try client.openSession(for: who)
            let first = try #require(client.ask(.addValue, .values("88.118.9/b", [.text(9, "U", "")])))
            let answer = try #require(client.answer(to: first, as: who)).wire
            let flipped = flips(answer, in: 0..<answer.count, skipping: Self.uncovered)
            for (number, bytes) in flipped.enumerated() { expectRefused(node, client, bytes, at: number) }
            #expect(node.figures.provenCount == 0)
            #expect(client.send(answer).last?.code == .notAdministrator)
            #expect(node.figures.provenCount == 1)
        }
    }

    @Test func everyBitThatAnAnswerToAChallengeCoversByItself() throws {
        for who in [Who.owner, .ed25519, .sm2] {
            let node = node()
            let client = Client(node)
            let request = client.request(.deleteIdentifier, .name("88.118.8/a"))
            let sampled = try #require(client.send(request).last)
            let sample = try #require(client.answer(to: sampled, as: who)).wire
            let name = who.reference.identifier
            let start = try #require(sample.firstRange(of: name)).lowerBound
            var skipped: [Int: UInt8] = [:]
            for (offset, byte) in name.enumerated()
            where ASCIIFolding.uppercased(byte) != byte || byte >= 0x41 && byte <= 0x5A {
                skipped[start + offset] = 0x20
            }
            // The credential's length closes the message, and announces nothing that could be believed.
            let places = [4..<8, 20..<24, 44..<sample.count]
            for place in places {
                for (position, _) in flips(sample, in: place, skipping: skipped).enumerated() {
                    let challenge = try #require(client.send(request).last)
                    let answer = try #require(client.answer(to: challenge, as: who)).wire
                    guard answer.count == sample.count else { continue }
                    let flipped = flips(answer, in: place, skipping: skipped)[position]
                    expectRefused(node, client, flipped, at: position)
                }
            }
            #expect(node.figures.provenCount == 0)
        }
    }
}

import ResolutionProtocol
import Testing

@testable import ResolutionClient

struct MessageCutterTests {
    /// A message of zeros behind its envelope.
    private func message(_ id: UInt32, byteCount: Int) -> [UInt8] {
        var writer = WireWriter(capacity: 64)
        Envelope(requestID: id, messageLength: UInt32(byteCount)).write(to: &writer)
        return [UInt8](writer.bytes) + [UInt8](repeating: 0, count: byteCount)
    }

    @Test("What is lent is what is handed out, however the stream is cut", arguments: [1, 7, 20, 21, 64, 1_000])
    func pieces(_ size: Int) throws {
        let messages = (1...9).map { message(UInt32($0), byteCount: 24 + $0 * 13) }
        let stream = messages.flatMap { $0 }
        var (lending, handing) = (MessageCutter(), MessageCutter())
        var (lent, handed): ([[UInt8]], [[UInt8]]) = ([], [])
        var count = 0
        for start in stride(from: 0, to: stream.count, by: size) {
            let piece = stream[start..<min(stream.count, start + size)]
            lending.append(piece)
            count += try lending.lendAll { lent.append([UInt8]($0)) }
            handing.append(piece)
            while let message = try handing.next() { handed.append(message) }
        }
        #expect(lent == messages)
        #expect(handed == messages)
        #expect(count == messages.count)
    }

    @Test("A length out of range is told after the messages before it")
    func bounds() throws {
        var wrong = message(2, byteCount: 24)
        wrong.replaceSubrange(16..<20, with: [0xFF, 0xFF, 0xFF, 0xFF])
        var cutter = MessageCutter()
        cutter.append((message(1, byteCount: 24) + wrong)[...])
        var lentCount = 0
        #expect(throws: WireError.self) { _ = try cutter.lendAll { _ in lentCount += 1 } }
        #expect(lentCount == 1)
    }
}

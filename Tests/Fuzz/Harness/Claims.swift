import Glibc
import ResolutionProtocol

/// Ends the run as a crash does, so that the input is kept, where `holds` is false.
func claim(_ holds: Bool, _ text: @autoclosure () -> String) {
    guard !holds else { return }
    // To the run's log.
    let line = Array("claim: \(text())\n".utf8)
    _ = write(2, line, line.count)
    abort()
}

/// What is read can be written and is the same when it is read again; it takes exactly its bytes, and no fewer than its
/// type says.
func claimStable<Value: WireCodable & Equatable>(_ type: Value.Type, _ bytes: [UInt8]) {
    guard let value = try? Value(wire: bytes) else { return }
    let wire = value.wire
    claim(wire.count >= Value.byteCountMin, "\(type) is shorter than its least")
    guard let again = try? Value(wire: wire) else { return claim(false, "\(type) cannot be read again") }
    claim(again == value, "\(type) is another when written")
    claim(again.wire == wire, "\(type) is written in two ways")
    claimLeavesRest(value, wire)
}

/// Whoever reads `value` out of a longer message leaves what is behind it; a layout that goes to the end reads another
/// value there, or none.
private func claimLeavesRest<Value: WireCodable & Equatable>(_ value: Value, _ wire: [UInt8]) {
    let longer = wire + [0xAA, 0x55, 0xFF]
    var reader = WireReader(longer.span.bytes)
    guard let first = try? Value(from: &reader), first == value else { return }
    let offset = reader.offset
    claim(offset == wire.count, "\(Value.self) takes \(offset) of its \(wire.count) bytes")
}

extension [UInt8] {
    /// Whether `part` occurs in it.
    func contains(part: [UInt8]) -> Bool {
        guard let first = part.first, count >= part.count else { return false }
        return indices.dropLast(part.count - 1).contains { self[$0] == first && self[$0...].starts(with: part) }
    }

    /// The same with `value` in the four octets at `offset`, where there are so many.
    func setting(_ value: UInt32, at offset: Int) -> [UInt8] {
        guard offset + 4 <= count else { return self }
        var bytes = self
        bytes.replaceSubrange(offset..<(offset + 4), with: value.wire)
        return bytes
    }

    /// The same as a message whose envelope and header announce as much as there is: all behind the header is its body,
    /// and four octets of no credential follow.
    var asMessage: [UInt8] {
        let bodyByteCount = Swift.max(0, count - Envelope.byteCount - Header.byteCount)
        let message = self + [0, 0, 0, 0]
        return message.setting(UInt32(truncatingIfNeeded: message.count - Envelope.byteCount), at: 16)
            .setting(UInt32(truncatingIfNeeded: bodyByteCount), at: 40)
    }
}

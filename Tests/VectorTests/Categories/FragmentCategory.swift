import ResolutionProtocol
import VectorFiles

/// Messages cut into UDP packets: `hex` is the message without its envelope.
struct FragmentCategory: VectorCategory {
    let name = "udp-fragments"
    let kinds: Set<String> = ["fragments"]

    func differences(in vector: Vector) throws -> [String] {
        let members = JSONValue.object(vector.members)
        let message = try members.octets("hex")
        let wanted = try members.texts("datagramsHex").map { text in
            guard let bytes = Hexadecimal.bytes(String(decoding: text, as: UTF8.self)) else {
                throw FieldError("datagramsHex holds what is not whole octets")
            }
            return bytes
        }
        var differences = FieldDifferences.between(vector.fields, try Self.fields(of: wanted))
        let envelope = Envelope(requestID: try vector.fields.number("requestId"))
        let cut = Packets.datagrams(of: message, envelope: envelope)
        if cut != wanted { differences.append("the message is cut into other datagrams (\(cut.count))") }
        if try Self.joined(wanted) != message { differences.append("the datagrams join to another message") }
        return differences
    }

    private static func fields(of datagrams: [[UInt8]]) throws -> JSONValue {
        guard let first = datagrams.first else { throw FieldError("datagramsHex is empty") }
        let envelope = try Self.split(first).envelope
        return .object([
            "messageLength": .number(envelope.messageLength), "requestId": .number(envelope.requestID),
            "datagrams": .number(datagrams.count),
        ])
    }

    /// Joins the datagrams, last first, and drops the envelope; nil when they give no whole message.
    private static func joined(_ datagrams: [[UInt8]]) throws -> [UInt8]? {
        var joiner = PacketJoiner()
        for datagram in datagrams.reversed() {
            let (envelope, payload) = try split(datagram)
            let outcome = joiner.take(
                envelope: envelope,
                payload: payload.span.bytes,
                from: [127, 0, 0, 1],
                nowNanoseconds: 0
            )
            if case .complete(let whole) = outcome { return Array(whole.dropFirst(Envelope.byteCount)) }
        }
        return nil
    }

    private static func split(_ datagram: [UInt8]) throws -> (envelope: Envelope, payload: [UInt8]) {
        (
            try Envelope(wire: Array(datagram.prefix(Envelope.byteCount))),
            Array(datagram.dropFirst(Envelope.byteCount))
        )
    }
}

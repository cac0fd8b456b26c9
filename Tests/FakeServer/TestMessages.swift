internal import Cryptography
package import ResolutionProtocol

/// A question about `name`.
package func question(_ name: String = "88.118.8/pump-7", flags: OpFlags = .requestDefault, requestID: UInt32 = 7)
    -> Message
{
    Message(
        envelope: Envelope(requestID: requestID),
        // As far from 1970 as 32 signed bits go: it does not expire.
        header: Header(opCode: .resolution, flags: flags, expiration: 0x7FFF_FFFF),
        body: .resolve(ResolutionRequest(identifier: Array(name.utf8)))
    )
}

/// The true answer to `request`, with one value of `byteCount` bytes.
package func answer(to request: Message, byteCount: Int = 20) throws -> Message {
    guard case .resolve(let asked) = request.body else { throw WireError.invalidField }
    var answer = request
    answer.header.responseCode = .success
    answer.body = .resolved(
        ResolutionAnswer(
            identifier: asked.identifier,
            values: [HandleValue(index: 1, type: Array("URL".utf8), data: [UInt8](repeating: 65, count: byteCount))]
        )
    )
    if request.header.flags.contains(.requestDigest) {
        let digested = Array(request.wire[20..<request.wire.count - 4])
        answer.requestDigest = RequestDigest(algorithm: .sha256, bytes: try Digest.sha256.digest(of: digested))
    }
    return answer
}

/// The true answer to a request on the wire, as one message.
package func answerWire(to request: [UInt8], byteCount: Int = 20) -> [UInt8] {
    guard let message = try? Message(wire: request), let answer = try? answer(to: message, byteCount: byteCount) else {
        return []
    }
    return answer.wire
}

/// A message cut as servers do: TC clear in all packets (wire.md §9).
package func datagramsWithoutFlag(_ wire: [UInt8]) throws -> [[UInt8]] {
    var reader = WireReader(wire.span.bytes)
    let envelope = try Envelope(from: &reader)
    return Packets.datagrams(of: Array(wire[20...]), envelope: envelope).map { datagram in
        var datagram = datagram
        datagram[2] &= ~0x20
        return datagram
    }
}

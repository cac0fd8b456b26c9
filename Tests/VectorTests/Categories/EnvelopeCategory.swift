import ResolutionProtocol
import VectorFiles

/// The envelope alone.
struct EnvelopeCategory: VectorCategory {
    let name = "envelope"
    let kinds: Set<String> = ["envelope"]

    func differences(in vector: Vector) throws -> [String] {
        try differences(
            in: vector,
            decode: { try Envelope(wire: $0).fields },
            encode: { try Envelope(fields: $0).wire }
        )
    }
}

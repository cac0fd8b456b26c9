import ResolutionProtocol
import VectorFiles

/// Values of identifiers.
struct ValueCategory: VectorCategory {
    let name = "values"
    let kinds: Set<String> = ["permissions", "numbers", "types", "data-length", "references"]

    func differences(in vector: Vector) throws -> [String] {
        try differences(
            in: vector,
            decode: { try HandleValue(wire: $0).fields },
            encode: { try HandleValue(fields: $0).wire }
        )
    }
}

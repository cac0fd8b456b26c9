import VectorFiles

/// One category of vectors: which groups it has, and how a vector of them is judged.
///
/// A new category is one file in this folder and one line in `VectorCategories.all`.
protocol VectorCategory: Sendable {
    /// As it stands in the files.
    var name: String { get }
    /// The groups of vectors it has.
    var kinds: Set<String> { get }
    /// What is wrong with our reading and writing of `vector`, whose kind is one of `kinds`; nothing when it passes.
    ///
    /// Throws when the vector's fields cannot be taken, or its bytes not be read.
    func differences(in vector: Vector) throws -> [String]
}

/// The categories whose part of the product exists, and those that wait for theirs.
enum VectorCategories {
    static let all: [any VectorCategory] = [
        EnvelopeCategory(), ResolutionRequestCategory(), AdminRequestCategory(), ResponseCategory(), ValueCategory(),
        ValueDataCategory(), FragmentCategory(), CaseFoldingCategory(), HashingCategory(), KeyFileCategory(),
        ChallengeCategory(), CredentialCategory(), SessionCategory(), NationalCategory(), JSONFormCategory(),
    ]

    static let waiting: Set<String> = ["rest-http"]
}

extension VectorCategory {
    /// Judges a vector that has bytes in both directions: `hex` to fields, and fields to exactly `hex`.
    func differences(
        in vector: Vector,
        decode: ([UInt8]) throws -> JSONValue,
        encode: (JSONValue) throws -> [UInt8]
    ) throws -> [String] {
        guard case .string? = vector.members["hex"] else { throw FieldError("hex is absent") }
        let bytes = try JSONValue.object(vector.members).octets("hex")
        var differences = FieldDifferences.between(vector.fields, try decode(bytes))
        if vector.isDeterministic, try encode(vector.fields) != bytes {
            differences.append("the fields give other bytes: \(Self.place(try encode(vector.fields), bytes))")
        }
        return differences
    }

    /// Where two byte strings part.
    private static func place(_ found: [UInt8], _ wanted: [UInt8]) -> String {
        let offset = zip(found, wanted).enumerated().first { $0.element.0 != $0.element.1 }?.offset
        guard let offset else { return "\(found.count) of them, not \(wanted.count)" }
        return "from byte \(offset) on \(Hexadecimal.text(found[offset...].prefix(8))), "
            + "not \(Hexadecimal.text(wanted[offset...].prefix(8)))"
    }
}

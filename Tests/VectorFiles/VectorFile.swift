internal import Foundation

/// One file of vectors.
package struct VectorFile: Sendable {
    /// The file's name in its folder.
    package let name: String
    /// What the vectors are of.
    package let category: String
    /// In the order of the file.
    package let vectors: [Vector]

    /// The only format there is.
    package static let format = "do-irp-vectors/1"

    /// Reads the file at `url`.
    init(at url: URL) throws(VectorFileError) {
        name = url.lastPathComponent
        let file: JSONValue
        do {
            file = try JSONDecoder().decode(JSONValue.self, from: Data(contentsOf: url))
        } catch {
            throw VectorFileError(file: name, reason: "cannot be read as JSON: \(error)")
        }
        guard file["format"] == .string(Self.format) else {
            throw VectorFileError(file: name, reason: "is not of format \(Self.format)")
        }
        guard case .string(let category)? = file["category"], case .array(let items)? = file["vectors"] else {
            throw VectorFileError(file: name, reason: "has no category or no vectors")
        }
        guard file["count"] == .integer(Int64(items.count)) else {
            throw VectorFileError(file: name, reason: "announces another count than its \(items.count) vectors")
        }
        self.category = category
        vectors = try Self.vectors(items, file: name)
    }

    private static func vectors(_ items: [JSONValue], file: String) throws(VectorFileError) -> [Vector] {
        var names: Set<String> = []
        var vectors: [Vector] = []
        for (position, item) in items.enumerated() {
            guard let vector = Vector(item) else {
                throw VectorFileError(file: file, reason: "vector \(position) lacks name, kind or fields")
            }
            guard names.insert(vector.name).inserted else {
                throw VectorFileError(file: file, reason: "has two vectors called \(vector.name)")
            }
            vectors.append(vector)
        }
        return vectors
    }
}

/// Why a file of vectors could not be read.
package struct VectorFileError: Error, Sendable {
    /// The file's name in its folder.
    package let file: String
    /// What is wrong with it.
    package let reason: String
}

internal import Foundation

/// One file of vectors.
package struct VectorFile: Sendable {
    /// The file's name in its folder.
    package let name: String
    /// What the vectors are of.
    package let category: String
    /// The vectors as they stand in the file; those of a category that is skipped may have any form.
    package let items: [JSONValue]

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
        self.items = items
    }

    /// The vectors, in the order of the file; what is none is an error in its place.
    package var vectors: [Result<Vector, VectorError>] {
        var names: Set<String> = []
        return items.enumerated().map { position, item in
            guard let vector = Vector(item) else {
                return .failure(VectorError(vector: "vector \(position)", reason: "lacks name, kind or fields"))
            }
            guard names.insert(vector.name).inserted else {
                return .failure(VectorError(vector: vector.name, reason: "has the name of a vector before"))
            }
            return .success(vector)
        }
    }
}

/// Why a vector could not be read.
package struct VectorError: Error, Sendable {
    /// The vector's name, or its place in the file.
    package let vector: String
    /// What is wrong with it.
    package let reason: String
}

/// Why a file of vectors could not be read.
package struct VectorFileError: Error, Sendable {
    /// The file's name in its folder.
    package let file: String
    /// What is wrong with it.
    package let reason: String
}

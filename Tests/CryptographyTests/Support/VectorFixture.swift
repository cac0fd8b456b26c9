import Testing
import VectorFiles

/// A vector of one of the vector files, by name, for tests that need keys and bytes made by other software.
func vector(_ name: String, in file: String) throws -> Vector {
    for case .success(let found) in try VectorFolder.files(in: VectorFolder.copiesPath) where found.name == file {
        for case .success(let vector) in found.vectors where vector.name == name { return vector }
    }
    throw MissingFixture(text: "no \(name) in \(file)")
}

/// A fixture that the vector files do not have.
struct MissingFixture: Error {
    let text: String
}

extension Vector {
    /// The text of a field; a path goes down into objects, and a member of the vector itself will do as well.
    func text(_ path: String...) throws -> String {
        let found = path.reduce(fields) { $0[$1] ?? .null }
        if case .string(let text) = found { return text }
        let member = path.reduce(JSONValue.object(members)) { $0[$1] ?? .null }
        if case .string(let text) = member { return text }
        throw MissingFixture(text: "no text \(path) in \(name)")
    }
}

internal import Foundation

/// A folder of vector files.
package enum VectorFolder {
    /// The variable that names another folder than the copies.
    package static let variable = "HANJIANG_VECTORS"

    /// The folder that `HANJIANG_VECTORS` names, or the copies that lie beside this library.
    package static var path: String {
        if let named = ProcessInfo.processInfo.environment[variable], !named.isEmpty { return named }
        return copiesPath
    }

    /// The copies in Tests/Vectors.
    package static var copiesPath: String {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Vectors").path
    }

    /// Every `.json` file of the folder at `path`, by name; a file that cannot be read is an error among the files.
    ///
    /// Throws when the folder itself cannot be read.
    package static func files(in path: String) throws -> [Result<VectorFile, VectorFileError>] {
        let names = try FileManager.default.contentsOfDirectory(atPath: path).filter { $0.hasSuffix(".json") }.sorted()
        let folder = URL(fileURLWithPath: path)
        return names.map { name in
            do throws(VectorFileError) {
                return .success(try VectorFile(at: folder.appendingPathComponent(name)))
            } catch {
                return .failure(error)
            }
        }
    }
}

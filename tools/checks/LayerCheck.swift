import Foundation

/// Keeps the layers of docs/architecture.md: a module imports modules of lower rows only.
struct LayerCheck {
    /// The table. A new target enters here, in the manifest and in docs/architecture.md.
    static let rows: [[String]] = [
        ["CLibUV", "CLMDB", "COpenSSL", "CXXHash", "CZstd", "CZip", "CExpat"],
        ["ResolutionProtocol", "Cryptography", "EventLoop", "NodeConfiguration", "Console", "RecordFiles"],
        ["Authentication"],
        ["Resolution", "ResolutionClient"],
        ["StorageLMDB", "Transport", "HTTPAPI", "Docking"],
        ["idnode", "idctl", "idload"],
    ]
    static let foundationRows = 4...5

    static let anywhere: Set<String> = ["Swift", "Synchronization", "Glibc"]
    static let foundation: Set<String> = ["Foundation", "FoundationEssentials", "Dispatch"]
    static let tests: Set<String> = ["Testing", "FoundationXML"]

    private let root: URL
    private let manifest: Manifest
    private let rowOf: [String: Int]
    private let testTargets: Set<String>

    init(root: URL, manifest: Manifest) {
        self.root = root
        self.manifest = manifest
        rowOf = Dictionary(
            uniqueKeysWithValues: Self.rows.enumerated().flatMap { row, names in names.map { ($0, row) } }
        )
        testTargets = Set(manifest.targets.filter(\.isForTests).map(\.name))
    }

    func violations() throws -> [Violation] {
        var found = strayFolders()
        var importers: [String: Set<String>] = [:]
        for target in manifest.targets where !target.isPlugin {
            let imports = try self.imports(of: target)
            if target.isForTests {
                found += declarationViolations(of: imports, in: target)
                continue
            }
            guard let row = rowOf[target.name] else {
                found.append(
                    violation(target, "unknown-target", "is in no row of the table in tools/checks/LayerCheck.swift")
                )
                continue
            }
            found += kindViolations(of: target, row: row)
            found += dependencyViolations(of: target, row: row)
            found += imports.compactMap { violation(of: $0, in: target, row: row) }
            for name in Set(imports.map(\.module)).union(target.dependencies.map(\.name)) where rowOf[name] == 0 {
                importers[name, default: []].insert(target.name)
            }
        }
        return found + importerViolations(importers)
    }

    private func violation(_ target: Manifest.Target, _ rule: String, _ message: String) -> Violation {
        Violation(path: target.folder, line: 0, rule: rule, message: "\(target.name) \(message)")
    }

    // MARK: the manifest

    private func kindViolations(of target: Manifest.Target, row: Int) -> [Violation] {
        let expected = row == 0 ? "system" : row == Self.rows.count - 1 ? "executable" : "regular"
        guard target.type != expected else { return [] }
        return [violation(target, "wrong-kind", "is of row \(row), so it must be \(expected), not \(target.type)")]
    }

    private func dependencyViolations(of target: Manifest.Target, row: Int) -> [Violation] {
        target.dependencies.filter { !$0.isProduct }.compactMap { dependency in
            if testTargets.contains(dependency.name) {
                return violation(target, "test-dependency", "depends on \(dependency.name), which is for tests")
            }
            guard let other = rowOf[dependency.name], other >= row else { return nil }
            return violation(target, "layer", "(row \(row)) depends on \(dependency.name) (row \(other))")
        }
    }

    private func importerViolations(_ importers: [String: Set<String>]) -> [Violation] {
        manifest.targets.filter { rowOf[$0.name] == 0 }.compactMap { library in
            let names = (importers[library.name] ?? []).sorted()
            guard names.count != 1 else { return nil }
            let who = names.isEmpty ? "nobody" : names.joined(separator: ", ")
            return violation(library, "one-importer", "must have exactly one importer and has: \(who)")
        }
    }

    /// A folder under Sources that no target owns would be read by nobody, compiler and checks included.
    private func strayFolders() -> [Violation] {
        let owned = Set(manifest.targets.map(\.folder))
        let folders =
            (try? FileManager.default.contentsOfDirectory(atPath: root.appendingPathComponent("Sources").path)) ?? []
        return folders.map { "Sources/\($0)" }.filter { !owned.contains($0) }.map {
            Violation(path: $0, line: 0, rule: "stray-folder", message: "belongs to no target of the manifest")
        }
    }

    // MARK: imports

    struct Import {
        let module: String
        let path: String
        let line: Int
        /// Passed on to whoever imports us, which would hide a dependency.
        let isExported: Bool
    }

    private func imports(of target: Manifest.Target) throws -> [Import] {
        guard let walker = FileManager.default.enumerator(atPath: root.appendingPathComponent(target.folder).path)
        else {
            return []
        }
        let files = walker.compactMap { $0 as? String }.filter { $0.hasSuffix(".swift") }.sorted()
        return try files.flatMap { file in
            let path = "\(target.folder)/\(file)"
            let source = SwiftSource([UInt8](try Data(contentsOf: root.appendingPathComponent(path))))
            return Self.imports(in: source, path: path)
        }
    }

    static func imports(in source: SwiftSource, path: String) -> [Import] {
        let pattern =
            #/
            (?:^|;)\s*
            ((?:@\w+(?:\([^)]*\))?\s+)*)
            (?:(?:public|package|internal|fileprivate|private)\s+)?
            import\s+
            (?:(?:struct|class|enum|protocol|typealias|func|let|var)\s+)?
            (\w+)
            /#
        return source.code.enumerated().flatMap { number, line in
            line.matches(of: pattern).map { match in
                Import(
                    module: String(match.2),
                    path: path,
                    line: number + 1,
                    isExported: line.contains("@_exported")
                        || number > 0 && source.code[number - 1].contains("@_exported")
                )
            }
        }
    }

    private func violation(of found: Import, in target: Manifest.Target, row: Int) -> Violation? {
        let module = found.module
        func violation(_ rule: String, _ message: String) -> Violation {
            Violation(path: found.path, line: found.line, rule: rule, message: message)
        }
        if found.isExported {
            return violation("exported-import", "passes \(module) on to every importer of \(target.name)")
        }
        if Self.anywhere.contains(module) { return nil }
        if Self.foundation.contains(module) {
            guard !Self.foundationRows.contains(row) else { return nil }
            return violation("foundation", "\(target.name) (row \(row)) imports \(module); only rows 4 and 5 may")
        }
        if testTargets.contains(module) || Self.tests.contains(module) {
            return violation("test-dependency", "\(target.name) imports \(module), which is for tests")
        }
        if let other = rowOf[module], other >= row {
            return violation("layer", "\(target.name) (row \(row)) imports \(module) (row \(other))")
        }
        guard target.dependencies.contains(where: { $0.name == module }) else {
            return violation("undeclared-import", "\(target.name) imports \(module) without depending on it directly")
        }
        return nil
    }

    private func declarationViolations(of imports: [Import], in target: Manifest.Target) -> [Violation] {
        let allowed = Self.anywhere.union(Self.foundation).union(Self.tests).union(target.dependencies.map(\.name))
        return imports.filter { !allowed.contains($0.module) }.map {
            Violation(
                path: $0.path,
                line: $0.line,
                rule: "undeclared-import",
                message: "\(target.name) imports \($0.module) without depending on it directly"
            )
        }
    }
}

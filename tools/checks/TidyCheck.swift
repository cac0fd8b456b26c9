import Foundation

/// Our own rules on text, size and names, over the files that git tracks (or would track).
struct TidyCheck {
    static let columnMax = 120
    static let fileLineMax = 500
    static let functionLineMax = 70
    static let blobByteMax = 512 << 10

    private let root: URL
    private let paths: [String]

    init(root: URL, paths: [String]) {
        self.root = root
        self.paths = paths
    }

    func violations() throws -> [Violation] {
        var found: [Violation] = []
        for path in paths {
            found += nameViolations(path)
            // Listed but gone from the work tree, or a folder of another repository: nothing to read.
            guard let bytes = try? Data(contentsOf: root.appendingPathComponent(path)) else { continue }
            found += try contentViolations(path, [UInt8](bytes))
        }
        found += MessageCheck(root: root, paths: paths).violations()
        let list = root.appendingPathComponent(TidyExceptions.path)
        guard paths.contains(TidyExceptions.path) else { return found }
        return TidyExceptions(try String(contentsOf: list, encoding: .utf8)).applied(to: found)
    }

    private func contentViolations(_ path: String, _ bytes: [UInt8]) throws -> [Violation] {
        // Foreign text, kept as it came.
        if path.hasPrefix("Tests/Vectors/") || path == "LICENSE" { return [] }
        var found: [Violation] = []
        if bytes.count > Self.blobByteMax {
            found.append(
                Violation(
                    path: path,
                    line: 0,
                    rule: "blob",
                    message: "\(bytes.count) bytes; at most \(Self.blobByteMax)"
                )
            )
        }
        if bytes.prefix(8_192).contains(0) { return found }
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        for (number, line) in lines.enumerated() {
            found += lineViolations(path, number + 1, line)
        }
        if path.hasPrefix("Sources/") && path.hasSuffix(".swift") {
            found += sourceViolations(path, SwiftSource(bytes))
        }
        return found
    }

    // MARK: names

    private func nameViolations(_ path: String) -> [Violation] {
        let parts = path.split(separator: "/")
        let name = parts.last ?? ""
        var found: [Violation] = []
        if let word = ["Util", "Helper", "Manager", "Common", "Misc"].first(where: name.contains) {
            found.append(Violation(path: path, line: 0, rule: "file-name", message: "'\(word)' names nothing"))
        }
        if parts.contains(".build") || name == "Package.resolved" {
            found.append(
                Violation(path: path, line: 0, rule: "build-product", message: "is made by the build; do not track it")
            )
        }
        return found
    }

    // MARK: any text

    private func lineViolations(_ path: String, _ number: Int, _ line: Substring) -> [Violation] {
        func violation(_ rule: String, _ message: String) -> Violation {
            Violation(path: path, line: number, rule: rule, message: message)
        }
        var found: [Violation] = []
        if line.count > Self.columnMax && !Self.mayBeLong(line, path) {
            found.append(violation("line-length", "\(line.count) columns; at most \(Self.columnMax)"))
        }
        // In two halves, or this file would break its own rule.
        let marker = #/\b(?:TO(?:DO)|FIX(?:ME)|X(?:XX)|HA(?:CK))\b/#
        if let match = line.firstMatch(of: marker) {
            found.append(violation("marker", "'\(match.output)': do it, or open an issue"))
        }
        let machinePath = #/(?:^|[^\w.\/})~*-])(\/(?:tmp|work|root|home|opt|mnt|Users)\/\S*)/#
        if let match = line.firstMatch(of: machinePath) {
            found.append(violation("machine-path", "'\(match.1)' is a path of one machine"))
        }
        return found
    }

    /// The limit is for code that the formatter lays out, which leaves comments and strings alone; elsewhere lines
    /// break where the meaning does. Data in a test's string stays in one piece.
    private static func mayBeLong(_ line: Substring, _ path: String) -> Bool {
        !path.hasSuffix(".swift") || (path.hasPrefix("Tests/") && line.contains("\""))
    }

    // MARK: Swift under Sources

    private func sourceViolations(_ path: String, _ source: SwiftSource) -> [Violation] {
        var found: [Violation] = []
        let lineCount = source.code.last?.isEmpty == true ? source.code.count - 1 : source.code.count
        if lineCount > Self.fileLineMax {
            found.append(
                Violation(
                    path: path,
                    line: 0,
                    rule: "long-file",
                    message: "\(lineCount) lines; at most \(Self.fileLineMax)"
                )
            )
        }
        for function in FunctionLengths(source).functions() where function.lineCount > Self.functionLineMax {
            found.append(
                Violation(
                    path: path,
                    line: function.line,
                    rule: "long-function",
                    message: "\(function.name) has \(function.lineCount) lines; at most \(Self.functionLineMax)",
                    function: function.name
                )
            )
        }
        for number in source.code.indices {
            found += wordViolations(path, number, source)
        }
        return found
    }

    private func wordViolations(_ path: String, _ number: Int, _ source: SwiftSource) -> [Violation] {
        let code = source.code[number]
        var found: [Violation] = []
        let isExplained = source.hasComment[number] || number > 0 && source.hasComment[number - 1]
        for (word, rule) in [
            ("try!", "unexplained-trap"), ("as!", "unexplained-trap"), ("fatalError(", "unexplained-trap"),
            ("@unchecked Sendable", "unexplained-unchecked"),
        ] where code.contains(word) && !isExplained {
            found.append(
                Violation(
                    path: path,
                    line: number + 1,
                    rule: rule,
                    message: "'\(word)' without a comment that says why"
                )
            )
        }
        if let word = [".lowercased()", ".uppercased()"].first(where: code.contains) {
            found.append(
                Violation(
                    path: path,
                    line: number + 1,
                    rule: "case-folding",
                    message: "'\(word)' folds more than ASCII; identifiers fold as bytes"
                )
            )
        }
        return found
    }
}

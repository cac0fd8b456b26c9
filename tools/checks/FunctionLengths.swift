/// Where each function of a file begins and how many lines it has, from its `func`, `init`, `deinit` or `subscript`
/// to its closing brace. A nested function counts for itself and in the one around it.
struct FunctionLengths {
    struct Function {
        let name: String
        /// Counted from 1.
        let line: Int
        let lineCount: Int
    }

    private struct Token {
        let text: Substring
        let line: Int
        let startsLine: Bool
    }

    private let tokens: [Token]

    init(_ source: SwiftSource) {
        let pattern = #/[A-Za-z_]\w*|[{}()\[\].]/#
        tokens = source.code.enumerated().flatMap { number, line in
            line.matches(of: pattern).enumerated().map { index, match in
                Token(text: match.output, line: number + 1, startsLine: index == 0)
            }
        }
    }

    func functions() -> [Function] {
        tokens.indices.compactMap { index in
            guard let name = declaredName(at: index), let open = body(after: index), let close = closing(open) else {
                return nil
            }
            return Function(
                name: name,
                line: tokens[index].line,
                lineCount: tokens[close].line - tokens[index].line + 1
            )
        }
    }

    private func declaredName(at index: Int) -> String? {
        let follows = index > 0 ? tokens[index - 1].text : ""
        guard follows != "." else { return nil }
        switch tokens[index].text {
        case "func": return index + 1 < tokens.count ? String(tokens[index + 1].text) : nil
        case "init", "deinit", "subscript": return String(tokens[index].text)
        default: return nil
        }
    }

    /// What ends a signature that has no body, as in a protocol.
    private static let nextDeclaration: Set<Substring> = [
        "func", "init", "deinit", "subscript", "var", "let", "case", "struct", "class", "enum", "extension", "protocol",
        "typealias", "associatedtype", "import", "public", "package", "internal", "private", "fileprivate", "static",
    ]

    private func body(after index: Int) -> Int? {
        var depth = 0
        for next in tokens.indices[(index + 1)...] {
            let token = tokens[next]
            switch token.text {
            case "(", "[": depth += 1
            case ")", "]": depth -= 1
            case "{" where depth == 0: return next
            case "}" where depth == 0: return nil
            default:
                if depth < 0 || depth == 0 && token.startsLine && Self.nextDeclaration.contains(token.text) {
                    return nil
                }
            }
        }
        return nil
    }

    private func closing(_ open: Int) -> Int? {
        var depth = 0
        for next in tokens.indices[open...] {
            if tokens[next].text == "{" { depth += 1 }
            if tokens[next].text == "}" { depth -= 1 }
            if depth == 0 { return next }
        }
        return nil
    }
}

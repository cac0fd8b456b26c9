internal import ResolutionProtocol

/// The words of a command as they may be shown (C5). A secret has no place in them; where there is one all the same, it
/// is not repeated.
struct ShownWords {
    /// Stands for what is not shown.
    static let mask = "***"

    /// What is left out from here on.
    private enum Hiding {
        case nothing
        case untilNextFlag
        case everything
    }

    private var flag = ""
    private var hiding = Hiding.nothing

    private init() {}

    /// `words`, with `mask` in the place of what may be a secret: a value of type HS_SECKEY or a type below it, and
    /// what follows a flag that is named for a secret and not for a file. Too much is left out rather than too little.
    static func of(_ words: [String]) -> [String] {
        var shown = ShownWords()
        return words.map { shown.next($0) }
    }

    /// The words of one line, quoted where they must be, so that `CommandWords` reads the same words again.
    static func line(_ words: [String]) -> String { of(words).map(quoted).joined(separator: " ") }

    /// Whether `text` has the name of the type of secret keys in it, in any case of its ASCII letters.
    static func namesSecretType(_ text: String) -> Bool {
        ASCIIFolding.uppercased(text).utf8.firstRange(of: "HS_SECKEY".utf8) != nil
    }

    /// Whether the parser's sentence about `words` could repeat a secret key.
    static func holdsSecretKey(_ words: [String]) -> Bool {
        zip(words, of(words)).contains { namesSecretType($0) && $0 != $1 }
    }

    private mutating func next(_ word: String) -> String {
        guard hiding != .everything else { return Self.mask }
        guard word.hasPrefix("--"), word != "--" else { return shown(word) }
        let sign = word.firstIndex(of: "=")
        flag = ASCIIFolding.uppercased(String(word[..<(sign ?? word.endIndex)]))
        hiding = Self.isNamedForSecret(flag) ? .untilNextFlag : .nothing
        guard let sign else { return word }
        return word[...sign] + shown(String(word[word.index(after: sign)...]))
    }

    private mutating func shown(_ text: String) -> String {
        if Self.namesSecretType(text), flag != "--TYPE" {
            // Where the type comes last its data stands in the words behind it, whatever they look like.
            let last = text.split(separator: " ").last.map(String.init) ?? ""
            hiding = Self.namesSecretType(last) ? .everything : .untilNextFlag
        }
        return hiding == .nothing ? text : Self.mask
    }

    private static func isNamedForSecret(_ flag: String) -> Bool {
        !flag.hasSuffix("-FILE") && ["SECRET", "PASS", "TOKEN"].contains { flag.contains($0) }
    }

    private static func quoted(_ word: String) -> String {
        let special: [Unicode.Scalar] = [" ", "\t", "'", "\"", "\\"]
        let isPlain = !word.isEmpty && !word.hasPrefix("#") && !word.unicodeScalars.contains { special.contains($0) }
        if isPlain { return word }
        guard word.utf8.contains(UInt8(ascii: "'")) else { return "'" + word + "'" }
        return "\"" + word.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }
}

/// What swift-argument-parser says by itself, in our two languages; it speaks English alone.
///
/// Its sentences are known by their fixed parts, so that one of a later release that is worded otherwise stays English
/// and nothing is lost.
package enum ParserWording {
    /// Why a command line cannot be read.
    package static func reason(_ text: String) -> LocalizedText {
        let english = inOneLine(text)
        for (pattern, chinese) in reasons {
            guard let parts = gaps(of: pattern, in: english) else { continue }
            return LocalizedText(english: english, chinese: filled(chinese, with: parts))
        }
        return LocalizedText(english: english, chinese: english)
    }

    /// The parser puts many values one to a line.
    private static func inOneLine(_ text: String) -> String {
        guard let list = text.firstRange(of: " the following:\n  - ") else { return text }
        return text[..<list.lowerBound] + " " + text[list.upperBound...].replacing("\n  - ", with: ", ") + "."
    }

    /// A command's help, `text`, with the parser's headings and its own options in `language`.
    package static func help(_ text: String, language: Language) -> String {
        guard language == .chinese else { return text }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        return lines.map(helpLine).joined(separator: "\n")
    }

    private static func helpLine(_ line: String) -> String {
        for (english, chinese) in headings where line.hasPrefix(english) {
            return chinese + line.dropFirst(english.count)
        }
        for (english, chinese) in endings where line.hasSuffix(english) {
            return line.dropLast(english.count) + chinese
        }
        if let parts = gaps(of: "  See '%' for detailed help.", in: line) { return filled("  详见“%”。", with: parts) }
        return remarks.reduce(line) { $0.replacing($1.0, with: $1.1) }
    }

    /// What the parser adds to an option's description; the last where it goes on in a line of its own.
    private static let remarks = [
        ("(default: ", "(默认："), ("(values: ", "(可取："), ("; default: ", "；默认："), ("   default: ", "   默认："),
    ]

    /// The beginnings of lines of a help text.
    private static let headings = [
        ("OVERVIEW: ", "概述："), ("USAGE: ", "用法："), ("ARGUMENTS:", "参数："), ("OPTIONS:", "选项："),
        ("SUBCOMMANDS:", "子命令："),
    ]

    /// The ends of lines of a help text.
    private static let endings = [
        ("Show help information.", "显示帮助信息。"), ("Show the version.", "显示版本。"),
        ("Show subcommand help information.", "显示子命令的帮助信息。"),
    ]

    /// Sentences with `%` for what varies; the first that fits counts.
    private static let reasons = [
        ("Unknown option '%'. Did you mean '%'?", "未知选项“%”，是否想输入“%”？"),
        ("Unknown option '%'", "未知选项“%”"),
        ("Missing value for '%'", "“%”缺少取值"),
        ("Missing expected argument '%'", "缺少参数“%”"),
        ("Missing one of: '%'", "缺少以下之一：“%”"),
        ("Unexpected argument '%'", "多余的参数“%”"),
        ("% unexpected arguments: '%'", "有 % 个多余的参数：“%”"),
        ("The value '%' is invalid for '%'. Please provide one of %.", "“%”不能用于“%”，请给出以下之一：%"),
        ("The value '%' is invalid for '%': %", "“%”不能用于“%”：%"),
        ("The value '%' is invalid for '%'", "“%”不能用于“%”"),
        ("The option '%' does not take any value, but '%' was specified.", "选项“%”不带取值，却给出了“%”"),
        ("Value to be set with flag '%' had already been set with flag '%'", "选项“%”与已给出的选项“%”冲突"),
        ("Invalid option: %", "选项无效：%"),
        ("Missing required subcommand.", "缺少子命令"),
    ]

    /// What stands in `text` for each `%` of `pattern`; `nil` where it does not fit.
    private static func gaps(of pattern: String, in text: String) -> [String]? {
        let fixed = pattern.split(separator: "%", omittingEmptySubsequences: false)
        guard let first = fixed.first, text.hasPrefix(first) else { return nil }
        var rest = text.dropFirst(first.count)
        var gaps: [String] = []
        for (number, part) in fixed.enumerated().dropFirst() {
            if number == fixed.count - 1 {
                guard rest.hasSuffix(part) else { return nil }
                gaps.append(String(rest.dropLast(part.count)))
                rest = ""
            } else {
                guard let range = rest.firstRange(of: part) else { return nil }
                gaps.append(String(rest[..<range.lowerBound]))
                rest = rest[range.upperBound...]
            }
        }
        return rest.isEmpty ? gaps : nil
    }

    private static func filled(_ pattern: String, with gaps: [String]) -> String {
        let fixed = pattern.split(separator: "%", omittingEmptySubsequences: false)
        return zip(fixed, gaps + [""]).map { $0 + $1 }.joined()
    }
}

/// `--lang` of a command line, which may stand anywhere before a `--` and is taken out before the rest is parsed: it
/// decides how the parser's own complaints are worded.
package struct LanguageArgument: Sendable {
    /// What it names; `nil` where it is not given or names no language we speak.
    package private(set) var language: Language?
    /// The value that names no such language.
    package private(set) var unknown: String?
    /// The other arguments.
    package private(set) var rest: [String] = []

    /// Takes it out of `arguments`; of several the last counts.
    package init(takingFrom arguments: [String]) {
        var position = arguments.startIndex
        while position < arguments.endIndex {
            let argument = arguments[position]
            position += 1
            if argument == "--" {
                rest += arguments[(position - 1)...]
                break
            } else if argument == "--lang", position < arguments.endIndex {
                set(arguments[position])
                position += 1
            } else if argument.hasPrefix("--lang=") {
                set(String(argument.dropFirst("--lang=".count)))
            } else {
                rest.append(argument)
            }
        }
    }

    /// What the command line of this process says of it.
    package static func ofThisProcess() -> LanguageArgument {
        LanguageArgument(takingFrom: Array(CommandLine.arguments.dropFirst()))
    }

    /// What to say of a value that names no language we speak.
    package var complaint: UserMessage? {
        unknown.map {
            .unusableArgument("--lang", value: $0, expected: LocalizedText(english: "zh or en", chinese: "zh 或 en"))
        }
    }

    private mutating func set(_ tag: String) {
        language = Language(tag: tag)
        unknown = language == nil ? tag : nil
    }
}

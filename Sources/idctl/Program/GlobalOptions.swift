internal import Console

/// The options that may stand anywhere on the command line, before the command too.
struct GlobalOptions {
    /// What `--lang` names; `nil` where it is not given or names no language we speak.
    private(set) var language: Language?
    /// The value of a `--lang` that names no such language.
    private(set) var unknownLanguage: String?
    /// Whether `--no-color` was given.
    private(set) var noColour = false
    /// The other arguments.
    private(set) var rest: [String] = []

    /// Takes these options out of `arguments`, up to a `--`.
    static func take(from arguments: [String]) -> GlobalOptions {
        var options = GlobalOptions()
        var position = arguments.startIndex
        while position < arguments.endIndex {
            let argument = arguments[position]
            position += 1
            if argument == "--" {
                options.rest += arguments[(position - 1)...]
                break
            } else if argument == "--lang", position < arguments.endIndex {
                options.setLanguage(arguments[position])
                position += 1
            } else if argument.hasPrefix("--lang=") {
                options.setLanguage(String(argument.dropFirst("--lang=".count)))
            } else if argument == "--no-color" {
                options.noColour = true
            } else {
                options.rest.append(wordsWithValue[argument] ?? argument)
            }
        }
        return options
    }

    /// Flags that may have a value, which the parser does not know: each as the flag that means it.
    private static let wordsWithValue = ["--dry-run=server": "--dry-run-server", "--dry-run=local": "--dry-run"]

    private mutating func setLanguage(_ tag: String) {
        language = Language(tag: tag)
        unknownLanguage = language == nil ? tag : nil
    }
}

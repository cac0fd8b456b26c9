internal import Console

/// The options that may stand anywhere on the command line, before the command too.
struct GlobalOptions {
    /// What `--lang` names; `nil` where it is not given or names no language we speak.
    private(set) var language: Language?
    /// The value of a `--lang` that names no such language.
    private(set) var unknownLanguage: String?
    /// Whether `--no-color` was given.
    private(set) var noColour = false
    /// Whether only results, warnings and errors are told (`-q`, `--quiet`).
    private(set) var isQuiet = false
    /// Whether nobody is asked anything (`--no-input`).
    private(set) var noInput = false
    /// The profile that `--profile` names.
    private(set) var profile: String?
    /// The profile file that `--profiles` names.
    private(set) var profiles: String?
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
            }
            if options.takeFlag(argument) { continue }
            if let (name, value) = Self.joined(argument) {
                options.set(name, to: value)
            } else if valued.contains(argument), position < arguments.endIndex {
                options.set(argument, to: arguments[position])
                position += 1
            } else if let (flag, value) = watching(argument, next: arguments[position...].first) {
                // In one word, so that no value is taken for a flag of its own: -1.
                options.rest += [flag, "--every=" + value]
                if argument == flag { position += 1 }
            } else {
                options.rest.append(wordsWithValue[argument] ?? argument)
            }
        }
        return options
    }

    /// Takes on what a script was given that its command does not say itself.
    mutating func inherit(_ script: GlobalOptions) {
        language = language ?? script.language
        noColour = noColour || script.noColour
        isQuiet = isQuiet || script.isQuiet
        noInput = noInput || script.noInput
        profile = profile ?? script.profile
        profiles = profiles ?? script.profiles
    }

    /// Flags that may have a value, which the parser does not know: each as the flag that means it.
    private static let wordsWithValue = ["--dry-run=server": "--dry-run-server", "--dry-run=local": "--dry-run"]

    /// `--watch 5` and `--watch=5` as the flag and its value; nil: it is another word, or has none.
    private static func watching(_ argument: String, next: String?) -> (flag: String, value: String)? {
        let flag = "--watch"
        // A sign without a value is left to the parser.
        if argument.hasPrefix(flag + "="), argument != flag + "=" {
            return (flag, String(argument.dropFirst(flag.count + 1)))
        }
        guard argument == flag, let next, Double(next) != nil else { return nil }
        return (flag, next)
    }

    /// Those that have a value.
    private static let valued: Set<String> = ["--lang", "--profile", "--profiles"]

    /// `--lang=zh` as name and value.
    private static func joined(_ argument: String) -> (name: String, value: String)? {
        guard let sign = argument.firstIndex(of: "="), valued.contains(String(argument[..<sign])) else { return nil }
        return (String(argument[..<sign]), String(argument[argument.index(after: sign)...]))
    }

    private mutating func takeFlag(_ argument: String) -> Bool {
        switch argument {
        case "--no-color": noColour = true
        case "--no-input": noInput = true
        case "--quiet", "-q": isQuiet = true
        default: return false
        }
        return true
    }

    private mutating func set(_ name: String, to value: String) {
        switch name {
        case "--profile": profile = value
        case "--profiles": profiles = value
        default: setLanguage(value)
        }
    }

    private mutating func setLanguage(_ tag: String) {
        language = Language(tag: tag)
        unknownLanguage = language == nil ? tag : nil
    }
}

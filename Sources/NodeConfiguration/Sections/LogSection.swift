/// `[log]`: what is written to standard error.
package struct LogSection: SettingSection {
    /// How a line is written.
    package enum Format: String, SettingChoice {
        /// `key=value` pairs.
        case logfmt
        /// One JSON object per line.
        case json
    }

    /// The least serious line that is written.
    package enum Level: String, SettingChoice {
        case trace
        case debug
        case info
        case notice
        case warning
        case error
        case critical
    }

    /// How a line is written.
    package internal(set) var format = Format.logfmt
    /// The least serious line that is written.
    package internal(set) var level = Level.info

    static let keys: [SettingKey<LogSection>] = [
        .choice("format", \.format, "\"logfmt\" or \"json\".", "\"logfmt\" 或 \"json\"。"),
        .choice(
            "level",
            \.level,
            "\"trace\", \"debug\", \"info\", \"notice\", \"warning\", \"error\" or \"critical\".",
            "\"trace\"、\"debug\"、\"info\"、\"notice\"、\"warning\"、\"error\" 或 \"critical\"。"
        ),
    ]
}

import Glibc

/// The variables that decide how a program speaks: language, colour, width.
///
/// Handed down as a value, so that nothing below the programs reads the environment by itself.
package struct ProcessEnvironment: Sendable {
    /// Name to value; a variable that is set to nothing is there with an empty value.
    package let variables: [String: String]

    /// An environment of exactly `variables`.
    package init(_ variables: [String: String]) {
        self.variables = variables
    }

    /// The value of `name`, `nil` where it is not set.
    package subscript(name: String) -> String? { variables[name] }

    /// What this process was started with, as far as this module and, by `names`, its program ask for it. For a
    /// program's first lines only.
    package static func ofThisProcess(_ names: [String] = []) -> ProcessEnvironment {
        var variables: [String: String] = [:]
        for name in ["LC_ALL", "LC_MESSAGES", "LANG", "NO_COLOR", "TERM", "COLUMNS"] + names {
            guard let value = getenv(name) else { continue }
            variables[name] = String(cString: value)
        }
        return ProcessEnvironment(variables)
    }
}

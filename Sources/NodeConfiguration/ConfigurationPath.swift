/// The way from the top of a TOML document to a key or an array's element, as an error names it: `listen[1].port`.
package struct ConfigurationPath: Hashable, Sendable, CustomStringConvertible {
    /// One step down.
    package enum Step: Hashable, Sendable {
        /// Into a table.
        case key(String)
        /// Into an array; counted from 0.
        case index(Int)
    }

    /// The steps from the top; none is the document itself.
    package let steps: [Step]

    init(_ steps: [Step] = []) {
        self.steps = steps
    }

    func appending(_ key: String) -> ConfigurationPath {
        ConfigurationPath(steps + [.key(key)])
    }

    func appending(_ index: Int) -> ConfigurationPath {
        ConfigurationPath(steps + [.index(index)])
    }

    /// Keys with points between them, elements counted from 1 as people count: the second `[[listen]]` is `listen[2]`.
    package var description: String {
        var text = ""
        for step in steps {
            switch step {
            case .key(let key): text += (text.isEmpty ? "" : ".") + key
            case .index(let index): text += "[\(index + 1)]"
            }
        }
        return text
    }
}

/// All that is wrong with a configuration file, in the order of its lines; never empty.
package struct ConfigurationError: Error, Hashable, Sendable {
    /// The problems, those of the file as a whole first.
    package let problems: [ConfigurationProblem]

    init(_ problems: [ConfigurationProblem]) {
        self.problems = problems.enumerated().sorted { a, b in
            let origin = SourcePosition(line: 0, column: 0)
            return (a.element.position ?? origin, a.offset) < (b.element.position ?? origin, b.offset)
        }.map(\.element)
    }
}

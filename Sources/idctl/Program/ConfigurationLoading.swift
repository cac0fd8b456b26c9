internal import Console
internal import NodeConfiguration

/// Reads a node's configuration, and says of every problem in it what it is.
enum ConfigurationLoading {
    /// The configuration at `path`.
    static func load(_ path: String) throws(CommandFailure) -> NodeConfiguration {
        do throws(ConfigurationError) {
            return try NodeConfiguration.load(path: path)
        } catch {
            throw CommandFailure(error)
        }
    }
}

extension CommandFailure {
    /// Every problem of a configuration file.
    init(_ error: ConfigurationError) {
        self.init(error.problems.map { UserMessage($0) }, exit: .failed)
    }
}

extension UserMessage {
    /// What is wrong in a configuration file.
    init(_ problem: ConfigurationProblem) {
        let key = problem.keyPath.isEmpty ? "" : problem.keyPath + ": "
        self.init(
            MessageCode(problem.code),
            english: key + problem.text.english,
            chinese: key + problem.text.chinese,
            adviceEnglish: problem.advice?.english,
            adviceChinese: problem.advice?.chinese,
            at: MessagePlace(file: problem.file, line: problem.position?.line, column: problem.position?.column)
        )
    }
}

internal import Console
internal import NodeConfiguration

/// Reads a node's configuration, and says of every problem in it what it is.
enum ConfigurationLoading {
    /// The configuration at `path`.
    static func load(_ path: String) throws(CommandFailure) -> NodeConfiguration {
        do throws(ConfigurationError) {
            return try NodeConfiguration.load(path: path)
        } catch {
            throw CommandFailure(error.problems.map(message), exit: .failed)
        }
    }

    private static func message(_ problem: ConfigurationProblem) -> UserMessage {
        let key = problem.keyPath.isEmpty ? "" : problem.keyPath + ": "
        return UserMessage(
            MessageCode(problem.code),
            english: key + problem.text.english,
            chinese: key + problem.text.chinese,
            adviceEnglish: problem.advice?.english,
            adviceChinese: problem.advice?.chinese,
            at: MessagePlace(file: problem.file, line: problem.position?.line, column: problem.position?.column)
        )
    }
}

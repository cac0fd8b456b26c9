internal import Console
internal import NodeConfiguration
internal import StorageLMDB

// What is said of a node of this machine.
extension UserMessage {
    /// Its data directory cannot be used.
    static func store(_ error: StoreError) -> UserMessage {
        UserMessage(
            "E-LOAD-044",
            english: "the node's data cannot be read: \(error.messages.english)",
            chinese: "无法读取节点数据：\(error.messages.chinese)"
        )
    }

    /// What is wrong in its configuration.
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

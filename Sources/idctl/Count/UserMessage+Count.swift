internal import Console

extension UserMessage {
    /// The directory is a running node's: the node is asked in place of it.
    static func countsOfRunningNode(directory: String, pid: Int32) -> UserMessage {
        UserMessage(
            "W-COUNT-001",
            english: "a running node (process \(pid)) uses the directory; asking the node",
            chinese: "目录正由运行中的节点（进程 \(pid)）使用，改为询问该节点",
            at: MessagePlace(file: directory)
        )
    }

    /// The node's counts are not in the form we know.
    static func unreadableCounts(_ socket: String) -> UserMessage {
        UserMessage(
            "E-COUNT-002",
            english: "the node's counts cannot be read",
            chinese: "节点的计数无法读取",
            adviceEnglish: "check that idnode and idctl are of the same version",
            adviceChinese: "请确认 idnode 与 idctl 版本一致",
            at: MessagePlace(file: socket)
        )
    }
}

internal import Console

extension UserMessage {
    /// The file of the route guardian's events is none.
    static func noEventFile(_ path: String) -> UserMessage {
        UserMessage(
            "E-GUARDIAN-001",
            english: "this is no file of the route guardian's events",
            chinese: "这不是路由守护的事件文件",
            adviceEnglish: "start the node: it sets the file aside and begins a new one",
            adviceChinese: "请启动节点：它会将此文件另存，并建立新文件",
            at: MessagePlace(file: path)
        )
    }
}

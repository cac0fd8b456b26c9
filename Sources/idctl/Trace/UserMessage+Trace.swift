internal import Console

extension UserMessage {
    /// The server cannot tell who refers to an identifier.
    static func referrersNotKept(_ place: String) -> UserMessage {
        UserMessage(
            "E-TRACE-002",
            english: "\(place) does not keep which identifiers refer to which",
            chinese: "\(place) 未记录标识之间的引用关系",
            adviceEnglish: "set storage.references = \"on\" and administration.trace = true there, and restart it",
            adviceChinese: "请在该节点设置 storage.references = \"on\"、administration.trace = true 并重启"
        )
    }

    /// A bound ended the trace before its time.
    static func traceBounded(untoldCount: Int, boundedCount: Int) -> UserMessage {
        let count = untoldCount + boundedCount
        return UserMessage(
            "W-TRACE-001",
            english: "\(count) referenced identifiers were not followed, as a bound was reached",
            chinese: "已达上限，\(count) 个被引用的标识未追溯",
            adviceEnglish: "raise --identifiers or --bytes, with --own-way beyond what the node allows",
            adviceChinese: "请提高 --identifiers 或 --bytes；超出节点上限时请用 --own-way"
        )
    }
}

internal import Console
internal import StorageLMDB

extension UserMessage {
    /// The data directory cannot be used.
    static func store(_ error: StoreError) -> UserMessage {
        let messages = error.messages
        return UserMessage(MessageCode("E-\(error.code)"), english: messages.english, chinese: messages.chinese)
    }
}

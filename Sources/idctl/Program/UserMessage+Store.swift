internal import Console
internal import StorageLMDB

extension UserMessage {
    /// The store's own code, `STORE-10`, in the form of ours: `E-STORE-010`.
    private static func code(of error: StoreError) -> MessageCode {
        let digits = error.code.utf8.reversed().prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
        let number = String(decoding: digits.reversed(), as: UTF8.self)
        return MessageCode("E-STORE-" + String(repeating: "0", count: max(0, 3 - number.utf8.count)) + number)
    }

    /// The data directory cannot be used.
    static func store(_ error: StoreError) -> UserMessage {
        let messages = error.messages
        return UserMessage(code(of: error), english: messages.english, chinese: messages.chinese)
    }
}

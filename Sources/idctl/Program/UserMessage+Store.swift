internal import Console
internal import StorageLMDB

extension UserMessage {
    /// A code of the store's module, `STORE-10`, in the form of ours: `E-STORE-010`.
    static func code(ofArea area: String, _ code: String) -> MessageCode {
        let digits = code.utf8.reversed().prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
        let number = String(decoding: digits.reversed(), as: UTF8.self)
        return MessageCode("E-\(area)-" + String(repeating: "0", count: max(0, 3 - number.utf8.count)) + number)
    }

    /// The data directory cannot be used.
    static func store(_ error: StoreError) -> UserMessage {
        let messages = error.messages
        return UserMessage(code(ofArea: "STORE", error.code), english: messages.english, chinese: messages.chinese)
    }
}

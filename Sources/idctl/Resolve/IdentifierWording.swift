internal import Console
internal import ResolutionProtocol

/// Why bytes are no identifier, in words.
enum IdentifierWording {
    /// The bytes of an identifier on the command line.
    static func checked(_ text: String) throws(CommandFailure) -> [UInt8] {
        try checked(Array(text.utf8))
    }

    /// The same of bytes that were read out of one.
    static func checked(_ bytes: [UInt8]) throws(CommandFailure) -> [UInt8] {
        do throws(IdentifierError) {
            return try Identifier(bytes).bytes
        } catch {
            let words = Self.text(error)
            let message = UserMessage.unusableIdentifier(english: words.english, chinese: words.chinese)
            throw CommandFailure(message, exit: .usage)
        }
    }

    static func text(_ error: IdentifierError) -> LocalizedText {
        switch error {
        case .empty: LocalizedText(english: "it is empty", chinese: "内容为空")
        case .tooLong(let count):
            LocalizedText(english: "it has \(count) bytes; 2,048 are allowed", chinese: "共 \(count) 字节，超过 2048 字节")
        case .emptyPrefix: LocalizedText(english: "nothing stands before the /", chinese: "“/”之前没有前缀")
        case .invalidUTF8(let offset):
            LocalizedText(english: "byte \(offset + 1) is not UTF-8", chinese: "第 \(offset + 1) 个字节不是 UTF-8")
        case .controlCharacter(let offset):
            LocalizedText(
                english: "byte \(offset + 1) is a control character",
                chinese: "第 \(offset + 1) 个字节是控制字符"
            )
        }
    }
}

internal import Console
internal import Cryptography

extension UserMessage {
    /// What is wrong with a file of `[tls]`, at its line.
    static func cannotUseTLS(_ error: TLSContextError) -> UserMessage {
        let (english, chinese, line) = error.reason.words
        return UserMessage(
            "E-NODE-024",
            english: english,
            chinese: chinese,
            adviceEnglish: "put the right file there, or take tls.addresses away",
            adviceChinese: "请更换为正确的文件，或删除 tls.addresses",
            at: error.file.isEmpty ? nil : MessagePlace(file: error.file, line: line)
        )
    }

    /// What is wrong with a file that `[federation]` names for TLS, at its line.
    static func cannotSecureUplink(_ error: TLSContextError) -> UserMessage {
        let (english, chinese, line) = error.reason.words
        return UserMessage(
            "E-NODE-030",
            english: english,
            chinese: chinese,
            adviceEnglish: "put the right file there; until then nothing is reported, and nothing is lost",
            adviceChinese: "请更换为正确的文件；在此之前不上报，也不丢失数据",
            at: error.file.isEmpty ? nil : MessagePlace(file: error.file, line: line)
        )
    }
}

extension TLSContextError.Reason {
    fileprivate var words: (english: String, chinese: String, line: Int?) {
        switch self {
        case .tooLong(let byteCount): ("\(byteCount) bytes are too many", "文件过大（\(byteCount) 字节）", nil)
        case .missing(let label): ("there is no PEM block \"\(label)\"", "缺少 PEM 块 \"\(label)\"", nil)
        case .unreadable(let line): ("the PEM block cannot be read", "PEM 块无法读取", line)
        case .expired(let line, let time):
            ("the certificate has expired (Unix time \(time))", "证书已过期（Unix 时间 \(time)）", line)
        case .notYetValid(let line, let time):
            ("the certificate is not valid before Unix time \(time)", "证书尚未生效（Unix 时间 \(time) 起有效）", line)
        case .keyDoesNotMatch(let certificates):
            ("not the key of the certificate in \(certificates)", "与 \(certificates) 中的证书不匹配", nil)
        case .keyIsEncrypted(let line): ("the key is encrypted", "私钥已加密", line)
        case .serverName(let name): ("\"\(name)\" is no server's name", "“\(name)”不是服务器名", nil)
        case .refused(let error): ("refused by OpenSSL: \(error)", "OpenSSL 拒绝：\(error)", nil)
        }
    }
}

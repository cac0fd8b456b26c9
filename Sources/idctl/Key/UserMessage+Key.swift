internal import Authentication
internal import Console
internal import Cryptography
internal import ResolutionClient

extension UserMessage {
    /// A secret that others could read is none.
    static func readableByOthers(_ path: String) -> UserMessage {
        UserMessage(
            "E-KEY-001",
            english: "others than its owner may read this file",
            chinese: "该文件可被所有者以外的用户读取",
            adviceEnglish: "run: chmod 600 \(path)",
            adviceChinese: "请执行：chmod 600 \(path)",
            at: MessagePlace(file: path)
        )
    }

    /// A key file that does not open.
    static func unusableKey(_ path: String, _ error: KeyFileError) -> UserMessage {
        let needs = error == .needsPassphrase
        return UserMessage(
            "E-KEY-002",
            english: "\(error)",
            chinese: error.chineseDescription,
            adviceEnglish: needs ? "give --passphrase-file FILE" : nil,
            adviceChinese: needs ? "请给出 --passphrase-file 文件" : nil,
            at: MessagePlace(file: path)
        )
    }

    /// A file that should hold a public key and does not.
    static func notAPublicKey(_ path: String) -> UserMessage {
        UserMessage(
            "E-KEY-003",
            english: "this is no public key",
            chinese: "不是公钥文件",
            adviceEnglish: "give the .pub file that idctl key new wrote",
            adviceChinese: "请给出 idctl key new 生成的 .pub 文件",
            at: MessagePlace(file: path)
        )
    }

    /// A key is not written over another file.
    static func fileExists(_ path: String) -> UserMessage {
        UserMessage(
            "E-KEY-004",
            english: "there is a file of this name already; nothing was written",
            chinese: "同名文件已存在，未写入任何内容",
            adviceEnglish: "choose another name",
            adviceChinese: "请换一个文件名",
            at: MessagePlace(file: path)
        )
    }

    /// A file that should hold a secret and holds none.
    static func emptySecret(_ path: String) -> UserMessage {
        UserMessage(
            "E-KEY-005",
            english: "the file holds no secret",
            chinese: "文件中没有内容",
            at: MessagePlace(file: path)
        )
    }

    /// The cryptographic library failed.
    static func keyLibrary(_ error: OpenSSLError) -> UserMessage {
        UserMessage("E-KEY-006", english: "the key cannot be made: \(error)", chinese: "无法生成密钥：\(error)")
    }
}

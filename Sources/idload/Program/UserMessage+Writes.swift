internal import Authentication
internal import Console
internal import Cryptography
internal import ResolutionClient
internal import ResolutionProtocol

// What is said of runs that write.
extension UserMessage {
    /// Nobody said where.
    static let nowhereToWrite = UserMessage(
        "E-LOAD-050",
        english: "--protocol admin writes records, and nobody said where",
        chinese: "--protocol admin 会写入记录，但没有指明写在何处",
        adviceEnglish: "give --write-under with a prefix of yours, as --write-under 88.118.8/LOAD-",
        adviceChinese: "请用 --write-under 给出您的前缀，例如 --write-under 88.118.8/LOAD-"
    )

    /// Nobody said as whom.
    static let nobodyToWrite = UserMessage(
        "E-LOAD-051",
        english: "--protocol admin needs --auth, and --key-file or --secret-file, one of them",
        chinese: "--protocol admin 需要 --auth，以及 --key-file 或 --secret-file 之一",
        adviceEnglish: "as --auth 300:0.NA/88.118.8 --key-file admin.key",
        adviceChinese: "例如 --auth 300:0.NA/88.118.8 --key-file admin.key"
    )

    /// A secret that others could read is none.
    static func readableByOthers(_ path: String) -> UserMessage {
        UserMessage(
            "E-LOAD-052",
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
            "E-LOAD-053",
            english: "the key cannot be used: \(error)",
            chinese: "密钥不可用：\(error.chineseDescription)",
            adviceEnglish: needs ? "give --passphrase-file FILE" : nil,
            adviceChinese: needs ? "请给出 --passphrase-file 文件" : nil,
            at: MessagePlace(file: path)
        )
    }

    /// A file that should hold a secret and holds none.
    static func emptySecret(_ path: String) -> UserMessage {
        UserMessage(
            "E-LOAD-054",
            english: "the file holds no secret",
            chinese: "文件中没有内容",
            at: MessagePlace(file: path)
        )
    }

    /// The target is there, and nobody can log in.
    static func notLoggedIn(_ target: LoadTarget, _ why: AskFailure) -> UserMessage {
        UserMessage(
            "E-LOAD-055",
            english: "cannot log in to \(target.address): \(why)",
            chinese: "无法登录 \(target.address)：\(why.chineseDescription)",
            adviceEnglish: "see that idctl can ask it with the same --auth and key; nothing was measured",
            adviceChinese: "请确认 idctl 能用相同的 --auth 和密钥访问该节点；本次未做测量"
        )
    }

    /// It was logged in to, or not, and the first record could not be created.
    static func firstRecordRefused(_ target: LoadTarget, _ code: ResponseCode, _ text: String) -> UserMessage {
        let more = text.isEmpty ? "" : ": " + TerminalText.safe(Array(text.utf8))
        let isThere = code == .identifierExists
        return UserMessage(
            "E-LOAD-056",
            english: "\(target.address) does not create the first record (code \(code.rawValue))\(more)",
            chinese: "\(target.address) 拒绝创建第一条记录（响应码 \(code.rawValue)）\(more)",
            adviceEnglish: isThere
                ? "a run of this name has written there before: give another --write-run or --seed"
                : "see that --auth may create identifiers there (idctl id create); nothing was measured",
            adviceChinese: isThere
                ? "同名的运行已在此写入过：请更换 --write-run 或 --seed" : "请确认 --auth 有权在该处创建标识（idctl id create）；本次未做测量"
        )
    }

    /// What should name an administrator.
    static func badAdministrator(_ text: String) -> UserMessage {
        .unusableArgument(
            "--auth",
            value: text,
            expected: LocalizedText(
                english: "INDEX:IDENTIFIER, such as 300:0.NA/88.118",
                chinese: "索引:标识，例如 300:0.NA/88.118"
            )
        )
    }

    /// What identifiers cannot begin with.
    static func badPlaceToWrite(_ text: String) -> UserMessage {
        .unusableArgument(
            "--write-under",
            value: text,
            expected: LocalizedText(
                english: "a prefix, a slash, and what the names begin with, as 88.118.8/LOAD-",
                chinese: "前缀、斜杠和名称的开头，例如 88.118.8/LOAD-"
            )
        )
    }

    /// What no run is called.
    static func badRunName(_ text: String) -> UserMessage {
        .unusableArgument(
            "--write-run",
            value: text,
            expected: LocalizedText(
                english: "1 to 32 letters, digits, points and hyphens",
                chinese: "1 至 32 个字母、数字、点或连字符"
            )
        )
    }

    /// Weights that are none.
    static func badWriteMix(_ text: String) -> UserMessage {
        .unusableArgument(
            "--write-mix",
            value: text,
            expected: LocalizedText(
                english: "weights of both, as create:90,modify:10; something must be created",
                chinese: "两者的权重，例如 create:90,modify:10；创建的权重必须大于 0"
            )
        )
    }
}

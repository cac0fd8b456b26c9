internal import Console
internal import ResolutionProtocol

/// What a response code says, in words, and how a program that got it ends.
enum ResponseMeaning {
    /// The meaning of `code` (wire.md §6).
    static func text(of code: ResponseCode) -> LocalizedText {
        texts[code] ?? LocalizedText(english: "code \(code.rawValue)", chinese: "响应码 \(code.rawValue)")
    }

    /// The exit code for an answer with `code`.
    static func exit(for code: ResponseCode) -> ProgramExit {
        switch code {
        case .success: .done
        case .identifierNotFound, .valuesNotFound, .notResponsible, .serviceReferral, .prefixReferral: .notFound
        case .notAdministrator, .insufficientPermission, .authenticationNeeded, .sessionUnknown,
            .authenticationFailed, .invalidCredential, .challengeExpired, .authenticationError, .sessionFailed,
            .sessionCodeWrong, .sessionMessageRejected:
            .notPermitted
        case .identifierExists, .valueExists: .conflict
        case .serverBusy: .outcomeUnknown
        default: .failed
        }
    }

    private static let texts: [ResponseCode: LocalizedText] = [
        .success: LocalizedText(english: "found", chinese: "已找到"),
        .error: LocalizedText(english: "error", chinese: "出错"),
        .serverBusy: LocalizedText(english: "server too busy", chinese: "服务器繁忙"),
        .protocolError: LocalizedText(english: "malformed message", chinese: "报文格式错误"),
        .operationNotSupported: LocalizedText(english: "operation not supported", chinese: "不支持此操作"),
        .recursionLimitExceeded: LocalizedText(english: "recursion limit exceeded", chinese: "超出递归次数上限"),
        .serverReadOnly: LocalizedText(english: "server is read-only", chinese: "服务器只读"),
        .identifierNotFound: LocalizedText(english: "identifier not found", chinese: "标识不存在"),
        .identifierExists: LocalizedText(english: "identifier exists already", chinese: "标识已存在"),
        .invalidIdentifier: LocalizedText(english: "not a valid identifier", chinese: "标识无效"),
        .valuesNotFound: LocalizedText(english: "identifier has no such values", chinese: "标识没有所要的值"),
        .valueExists: LocalizedText(english: "value exists already", chinese: "值已存在"),
        .invalidValue: LocalizedText(english: "not a valid value", chinese: "值无效"),
        .siteInfoOutOfDate: LocalizedText(english: "site record out of date", chinese: "站点信息已过期"),
        .notResponsible: LocalizedText(
            english: "this server is not responsible for the prefix",
            chinese: "此服务器不负责该前缀"
        ),
        .serviceReferral: LocalizedText(english: "another service is responsible", chinese: "由另一服务负责"),
        .prefixReferral: LocalizedText(english: "another service holds the prefix", chinese: "前缀由另一服务负责"),
        .notAdministrator: LocalizedText(english: "not an administrator", chinese: "不是管理员"),
        .insufficientPermission: LocalizedText(english: "permission is missing", chinese: "权限不足"),
        .authenticationNeeded: LocalizedText(english: "authentication needed", chinese: "需要认证"),
        .authenticationFailed: LocalizedText(english: "the proof is wrong", chinese: "认证失败"),
        .invalidCredential: LocalizedText(english: "the credential is missing or wrong", chinese: "凭证缺失或无效"),
        .challengeExpired: LocalizedText(english: "the challenge has expired", chinese: "质询已过期"),
        .authenticationError: LocalizedText(english: "the key cannot be checked", chinese: "无法核验密钥"),
        .sessionUnknown: LocalizedText(english: "session unknown or timed out", chinese: "会话不存在或已超时"),
        .sessionFailed: LocalizedText(english: "the session failed", chinese: "会话失败"),
        .sessionCodeWrong: LocalizedText(english: "a message's code is wrong", chinese: "消息认证码错误"),
        .sessionMessageRejected: LocalizedText(english: "a message was seen before", chinese: "消息重复"),
        .requestLimitReached: LocalizedText(english: "too many requests", chinese: "请求数已达上限"),
        .registrationLimitReached: LocalizedText(english: "too many identifiers", chinese: "注册数已达上限"),
        .prefixLimitReached: LocalizedText(english: "the prefix's limit is reached", chinese: "前缀限额已达上限"),
    ]
}

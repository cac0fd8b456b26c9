internal import Cryptography
internal import ResolutionProtocol

extension TLSFailure {
    /// Why TLS did not come about, and for a certificate what to do.
    var englishDescription: String {
        guard case .certificateRefused(let code, let text, let fault) = self else { return description }
        return "the peer's certificate is refused (\(code)): \(fault.words?.english ?? text)"
    }

    /// The same in Chinese.
    var chineseDescription: String {
        switch self {
        case .certificateRefused(let code, let text, let fault):
            "对方证书不可接受（\(code)）：\(fault.words?.chinese ?? text)"
        case .certificateMissing: "对方没有出示证书"
        case .versionTooOld: "对方不支持 TLS 1.3"
        case .alert(let number, let text): "对方以警报 \(number) 结束：\(text)"
        case .violation(let error): "不是 TLS，或违反其规则：\(error)"
        case .cut: "连接未经 close_notify 即断开"
        }
    }
}

extension TLSCertificateFault {
    /// What is wrong, in both languages; nil where the library's text says it.
    fileprivate var words: (english: String, chinese: String)? {
        switch self {
        case .expired(let since, let now):
            (
                "it expired at \(UTCTime.text(since)), or this machine's clock is wrong\(Self.english(now))",
                "已于 \(UTCTime.text(since)) 过期，或本机时钟有误\(Self.chinese(now))"
            )
        case .notYetValid(let from, let now):
            (
                "it is not valid before \(UTCTime.text(from)), or this machine's clock is wrong\(Self.english(now))",
                "\(UTCTime.text(from)) 起才生效，或本机时钟有误\(Self.chinese(now))"
            )
        case .wrongName(let expected):
            ("it is not for \"\(expected)\"", "不是颁发给“\(expected)”的")
        case .unknownIssuer(let issuer):
            ("no authority trusted here has issued it; its issuer is \(issuer)", "不是由此处信任的机构颁发，其颁发者为 \(issuer)")
        case .revoked: ("its authority has revoked it", "已被颁发机构吊销")
        case .noRevocationList:
            ("there is no list of what its authority has revoked", "缺少其颁发机构的证书吊销列表")
        case .revocationListExpired(let now):
            (
                "the list of revoked certificates is out of date, or this machine's clock is wrong\(Self.english(now))",
                "证书吊销列表已过期，或本机时钟有误\(Self.chinese(now))"
            )
        case .revocationListNotYetValid(let now):
            (
                "a list of revoked certificates is not valid yet, or this machine's clock is wrong\(Self.english(now))",
                "证书吊销列表尚未生效，或本机时钟有误\(Self.chinese(now))"
            )
        case .other: nil
        }
    }

    private static func english(_ now: Int64?) -> String { now.map { ": it says \(UTCTime.text($0))" } ?? "" }

    private static func chinese(_ now: Int64?) -> String { now.map { "：本机时间为 \(UTCTime.text($0))" } ?? "" }
}

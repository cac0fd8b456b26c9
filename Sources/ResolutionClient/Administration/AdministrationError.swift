package import ResolutionProtocol

/// Why an administrator's request was not done.
package enum AdministrationError: Error, Hashable, Sendable {
    /// There is no answer that may be believed. Where the server could not be reached any more, what became of the
    /// request is not known.
    case asking(AskError)
    /// The server refuses: code and text.
    case refused(code: ResponseCode, text: String)
    /// The answer is not of the kind that the operation has.
    case unexpectedAnswer(OpCode)
}

extension AdministrationError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .asking(let error): "\(error)"
        case .refused(let code, let text): "code \(code.rawValue): \(text)"
        case .unexpectedAnswer(let opCode): "an answer without what operation \(opCode.rawValue) answers"
        }
    }

    /// What `description` says, in Chinese.
    package var chineseDescription: String {
        switch self {
        case .asking(let error): error.chineseDescription
        case .refused(let code, let text): "响应码 \(code.rawValue)：\(text)"
        case .unexpectedAnswer(let opCode): "应答中没有操作 \(opCode.rawValue) 应有的内容"
        }
    }
}

extension Message {
    /// Throws what this answer refuses, where it does.
    package func requireSuccess() throws(AdministrationError) {
        let code = header.responseCode.decoded(from: envelope.version)
        guard code != .success else { return }
        throw .refused(code: code, text: refusalText)
    }

    /// What a refusal says beside its code: an error's text, or who a referral names; empty where it says nothing.
    package var refusalText: String {
        switch body {
        case .error(let error): String(decoding: error.message, as: UTF8.self)
        case .referral(let referral): String(decoding: referral.identifier, as: UTF8.self)
        default: ""
        }
    }
}

internal import Cryptography
internal import Glibc
internal import ResolutionProtocol

extension AskFailure {
    /// What `description` says, in Chinese.
    package var chineseDescription: String {
        switch self {
        case .noAnswer(let sendings, let milliseconds):
            (sendings > 1 ? "发送 \(sendings) 次后，" : "") + "\(milliseconds) 毫秒内没有应答"
        case .connectTimedOut(let milliseconds): "\(milliseconds) 毫秒内未能建立连接"
        case .refused: "连接被拒绝：该地址无人监听"
        case .system(let code): "系统错误：\(String(cString: strerror(code)))（errno \(code)）"
        case .notSecured(let failure): "TLS：\(failure.chineseDescription)"
        case .handshakeTimedOut(let milliseconds): "\(milliseconds) 毫秒内未能建立 TLS：请确认对方该端口使用 TLS"
        case .connectionEnded: "应答之前连接已断开"
        case .wrongRequestID(let id): "收到的是另一请求的应答（编号 \(id)）"
        case .malformed(let error): "应答无法解读（\(error)）"
        case .notPlain: "应答已加密或压缩，但没有会话"
        case .notAnAnswer: "收到的是请求而不是应答"
        case .wrongOperation(let opCode): "收到的是另一操作的应答（\(opCode.rawValue)）"
        case .wrongIdentifier: "应答说的是另一个标识"
        case .expired(let seconds): "应答已过期 \(seconds) 秒：请核对双方时钟"
        case .digestMissing: "应答缺少请求摘要"
        case .digestWrong: "应答中的请求摘要不符：不可信任"
        case .tooLong: "应答分成的消息过多"
        case .unproven: "应答未能证明出自该服务器：不可信任"
        case .noSiteKey: "服务器未提供用于核验签名的公钥"
        case .challengeOfAnotherRequest: "质询针对的是另一请求：不可信任"
        case .keyUnusable(let refusal): "密钥不可用（\(refusal)）"
        case .busy: "进行中的查询过多"
        case .leftAlone(let milliseconds): "该服务器此前没有应答，\(milliseconds) 毫秒内不再询问"
        case .sessionRefused(let code, let text): "服务器拒绝建立会话：响应码 \(code.rawValue)：\(text)"
        }
    }
}

extension AskError {
    /// What `description` says, in Chinese.
    package var chineseDescription: String {
        let before = udpFailure.map { "UDP：\($0.chineseDescription)；之后 " } ?? ""
        return "\(server)：\(before)\(carrier == .unix ? "Unix 套接字" : carrier.rawValue)：\(failure.chineseDescription)"
    }
}

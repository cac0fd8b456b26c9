internal import Console
internal import ResolutionClient

/// The steps of asking, in words.
enum StepText {
    /// What was done; `sending` counts from 1.
    static func text(_ action: AskTrace.Action, sending: Int) -> LocalizedText {
        switch action {
        case .send(let count):
            LocalizedText(
                english: "UDP, sending \(sending), \(count) \(count == 1 ? "packet" : "packets")",
                chinese: "UDP 第 \(sending) 次发送，\(count) 个数据包"
            )
        case .connect: LocalizedText(english: "TCP, connecting", chinese: "TCP 建立连接")
        case .write(let count): LocalizedText(english: "TCP, \(count) bytes sent", chinese: "TCP 发送 \(count) 字节")
        }
    }

    /// What came of it.
    static func text(_ step: AskTrace.Step) -> LocalizedText {
        switch step.outcome {
        case .arrived: arrivals(step)
        case .connected: LocalizedText(english: "connected", chinese: "已连接")
        case .timedOut where step.arrivalCount > 0:
            LocalizedText(english: "nothing usable came in time", chinese: "超时，收到的均无法使用")
        case .timedOut: LocalizedText(english: "nothing came in time", chinese: "超时未收到应答")
        case .ended: LocalizedText(english: "the server ended the connection", chinese: "服务器断开了连接")
        case .failed(let failure): LocalizedText(english: "\(failure)", chinese: failure.chineseDescription)
        }
    }

    /// The word for an outcome in JSON.
    static func word(_ outcome: AskTrace.Outcome) -> String {
        switch outcome {
        case .arrived: "arrived"
        case .connected: "connected"
        case .timedOut: "timedOut"
        case .ended: "ended"
        case .failed: "failed"
        }
    }

    /// The word for an action in JSON.
    static func word(_ action: AskTrace.Action) -> String {
        switch action {
        case .send: "send"
        case .connect: "connect"
        case .write: "write"
        }
    }

    private static func arrivals(_ step: AskTrace.Step) -> LocalizedText {
        let count = step.arrivalCount
        if case .send = step.action {
            return LocalizedText(
                english: "\(count) \(count == 1 ? "packet" : "packets") came",
                chinese: "收到 \(count) 个数据包"
            )
        }
        return LocalizedText(english: "the answer came", chinese: "收到应答")
    }
}

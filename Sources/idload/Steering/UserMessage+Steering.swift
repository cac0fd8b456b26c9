internal import Console
internal import EventLoop

// What is said of a run's own control socket, and on it.
extension UserMessage {
    /// The socket cannot be made.
    static func noControlSocket(_ path: String, _ error: EventLoopError) -> UserMessage {
        UserMessage(
            "E-LOAD-080",
            english: "the control socket of this run cannot be made: \(error)",
            chinese: "无法建立本次运行的控制套接字：\(error)",
            adviceEnglish: "give a path of up to 107 bytes in a directory of yours, that no file and no other run has",
            adviceChinese: "请给出自有目录下不超过 107 字节的路径，且未被其他文件或其他运行占用",
            at: MessagePlace(file: path)
        )
    }

    /// A line that is no command.
    static let notACommand = UserMessage(
        "E-LOAD-081",
        english: "no command: rate 50k, rate +10%, rate -10%, status or stop",
        chinese: "不是命令：rate 50k、rate +10%、rate -10%、status 或 stop"
    )

    private static func outOfBounds(from least: String, to most: String) -> UserMessage {
        UserMessage(
            "E-LOAD-083",
            english: "the rate of this run is to be from \(least) to \(most)",
            chinese: "本次运行的速率应在 \(least) 至 \(most) 之间"
        )
    }

    /// The rate stays as it is.
    static func rateNotChanged(_ why: RateChanges.Refusal) -> UserMessage {
        switch why {
        case .notRunning:
            UserMessage(
                "E-LOAD-082",
                english: "the run has not begun, or is about to end",
                chinese: "运行尚未开始，或即将结束"
            )
        case .outOfBounds(let bounds):
            outOfBounds(from: TextCount.rate(bounds.lowerBound), to: TextCount.rate(bounds.upperBound))
        case .tooMany(let count):
            UserMessage(
                "E-LOAD-084",
                english: "the rate of this run was changed \(count) times, which is the most",
                chinese: "本次运行的速率已更改 \(count) 次，达到上限"
            )
        }
    }
}

internal import Console

/// What every output says of a run, so that it can be made again: command line, version, machine, seed.
struct RunFacts: Equatable, Sendable {
    let commandLine: [String]
    let version: String
    let host: HostFacts
    let seed: UInt64

    /// One fact to a line.
    func lines(_ language: Language = .english) -> [String] {
        let isChinese = language == .chinese
        let command = commandLine.joined(separator: " ")
        return [
            (isChinese ? "命令：" : "command: ") + command, (isChinese ? "版本：" : "version: ") + version,
            (isChinese ? "主机：" : "host: ") + host.line, (isChinese ? "种子：" : "seed: ") + String(seed),
        ]
    }
}

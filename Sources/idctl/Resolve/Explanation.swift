internal import Console
internal import ResolutionClient
internal import ResolutionProtocol

/// How an answer came about, in lines of name and value.
enum Explanation {
    /// What stands before the first `/`; `0.NA` for a bare prefix.
    static func prefix(of identifier: [UInt8]) -> [UInt8] {
        guard let slash = identifier.firstIndex(of: UInt8(ascii: "/")) else { return Array("0.NA".utf8) }
        return Array(identifier[..<slash])
    }

    /// What stands behind the first `/`; all of a bare prefix.
    static func suffix(of identifier: [UInt8]) -> [UInt8] {
        guard let slash = identifier.firstIndex(of: UInt8(ascii: "/")) else { return identifier }
        return Array(identifier[(slash + 1)...])
    }

    /// The lines for `report`. The code's meaning stands in both languages.
    static func lines(of report: AnswerReport, language: Language) -> [String] {
        func name(_ english: String, _ chinese: String) -> String { language == .chinese ? chinese : english }
        let meaning = ResponseMeaning.text(of: report.code)
        var table = Table([Table.Column(""), Table.Column("")])
        table.add([name("prefix", "前缀"), TerminalText.safe(prefix(of: report.identifier))])
        table.add([name("suffix", "后缀"), TerminalText.safe(suffix(of: report.identifier))])
        table.add([name("server", "服务器"), report.server])
        table.add([name("transport", "传输"), report.carrier.rawValue])
        table.add([name("sent", "发送次数"), "\(report.sendings)"])
        table.add([name("code", "响应码"), "\(report.code.rawValue): \(meaning.english) / \(meaning.chinese)"])
        table.add([
            name("version", "协议版本"),
            "\(report.answer.envelope.version) (\(name("suggested", "建议")) \(report.answer.envelope.suggestedVersion))",
        ])
        table.add([name("site serial", "站点序号"), "\(report.answer.header.siteInfoSerial)"])
        table.add([name("time", "用时"), TextCount.duration(report.elapsed)])
        table.add([name("size", "大小"), size(of: report, name)])
        return table.lines()
    }

    private static func size(of report: AnswerReport, _ name: (String, String) -> String) -> String {
        let bytes = TextCount.bytes(UInt64(report.byteCount))
        guard let packets = report.packetCount else { return bytes }
        return "\(bytes), \(packets) \(name(packets == 1 ? "packet" : "packets", "个数据包"))"
    }
}

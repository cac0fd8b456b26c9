internal import Console
internal import Resolution
internal import ResolutionClient
internal import ResolutionProtocol

/// How an answer came about, or how it did not come.
struct Explanation {
    /// What was typed and what it was recognised as.
    let reading: Recognition
    /// The domain under which OIDs lie.
    let oidRoot: String
    /// Who was asked, and why.
    let route: ServerRoute
    /// What may carry the question.
    let transport: AskTransport
    /// The flags of the question.
    let flags: OpFlags
    /// What each step took.
    let trace: AskTrace
    /// The answer, or why there is none.
    let outcome: Result<AnswerReport, AskError>

    /// The answer, if one came.
    var report: AnswerReport? { try? outcome.get() }

    /// Everything there is to tell but the times, in order.
    var facts: [ExplainedFact] {
        readingFacts + askingFacts + answerFacts
    }

    private var readingFacts: [ExplainedFact] {
        let identifier = reading.asked
        let parts = PrefixParts(of: identifier)
        var facts = RecognitionFacts(recognition: reading, oidRoot: oidRoot, asksAsItStands: true).all
        if case .objectIdentifierSystem = reading.route { facts.append(Self.noResolver) }
        let prefix = TerminalText.safe(IdentifierGrammar.prefix(of: identifier))
        let suffix = TerminalText.safe(IdentifierGrammar.suffix(of: identifier))
        facts.append(ExplainedFact("prefix", "prefix", "前缀", prefixText(prefix)))
        facts.append(ExplainedFact("suffix", "suffix", "后缀", suffix))
        if let text = parts.text { facts.append(ExplainedFact("parts", "parts", "组成", text)) }
        return facts
    }

    private static let noResolver = ExplainedFact(
        "resolver",
        "name server",
        "域名服务器",
        LocalizedText(
            english: "none is configured: give --dns-resolver HOST:PORT to ask the OID resolution system",
            chinese: "未配置：请用 --dns-resolver 主机:端口 查询 OID 解析系统"
        )
    )

    /// The prefix; of a prefix alone, whose record is asked for.
    private func prefixText(_ prefix: String) -> LocalizedText {
        guard !reading.asked.contains(UInt8(ascii: "/")) else {
            return LocalizedText(english: prefix, chinese: prefix)
        }
        let record = "0.NA/" + TerminalText.safe(reading.asked)
        return LocalizedText(
            english: "\(prefix): no / was given, so that the record \(record) is meant",
            chinese: "\(prefix)：没有“/”，因此指记录 \(record)"
        )
    }

    private var askingFacts: [ExplainedFact] {
        [
            ExplainedFact("server", "server", "服务器", route.text),
            ExplainedFact("transport", "transport", "传输", TransportReason(self).text),
            ExplainedFact("flags", "request", "请求标志", RequestFlagsText.text(flags)),
            ExplainedFact(
                "session",
                "session",
                "会话",
                LocalizedText(english: "none: no key, no log-in", chinese: "无：未用密钥，未登录")
            ),
        ]
    }

    private var answerFacts: [ExplainedFact] {
        let report: AnswerReport
        switch outcome {
        case .success(let answer): report = answer
        case .failure(let error):
            let text = LocalizedText(english: "\(error)", chinese: error.chineseDescription)
            return [ExplainedFact("failure", "no answer", "无应答", text)]
        }
        let meaning = ResponseMeaning.text(of: report.code)
        let code = "\(report.code.rawValue): \(meaning.english) / \(meaning.chinese)"
        let version = report.answer.envelope.version
        let suggested = report.answer.envelope.suggestedVersion
        return referralFacts(report) + [
            ExplainedFact("rights", "rights", "读取权限", ReadingRights(report.values).text),
            ExplainedFact("code", "code", "响应码", code),
            ExplainedFact(
                "version",
                "version",
                "协议版本",
                LocalizedText(english: "\(version) (suggested \(suggested))", chinese: "\(version)（建议 \(suggested)）")
            ),
            ExplainedFact("siteSerial", "site serial", "站点序号", "\(report.answer.header.siteInfoSerial)"),
            ExplainedFact("size", "size", "大小", Self.size(of: report)),
        ]
    }

    /// That somebody else has it, and who.
    private func referralFacts(_ report: AnswerReport) -> [ExplainedFact] {
        guard case .referral(let referral) = report.answer.body else { return [] }
        let name = TerminalText.safe(referral.identifier)
        let text = LocalizedText(
            english: "not kept by this server; it refers to " + (name.isEmpty ? "the sites above" : name)
                + ", which was not asked",
            chinese: "不在此服务器；其转指" + (name.isEmpty ? "上列站点" : " \(name)") + "，未再查询"
        )
        return [ExplainedFact("referral", "referral", "转指", text)]
    }

    private static func size(of report: AnswerReport) -> LocalizedText {
        let bytes = TextCount.bytes(UInt64(report.byteCount))
        guard let packets = report.packetCount else { return LocalizedText(english: bytes, chinese: bytes) }
        return LocalizedText(
            english: "\(bytes), \(packets) \(packets == 1 ? "packet" : "packets")",
            chinese: "\(bytes)，\(packets) 个数据包"
        )
    }
}

internal import Console
internal import EventLoop
internal import Resolution
internal import ResolutionClient
internal import ResolutionProtocol

/// An OID's question to a name server, and what came of it.
struct NameResolution {
    let reading: Recognition
    /// The domain under which OIDs lie.
    let oidRoot: String
    let resolver: SchemeOptions.Resolver
    /// The name that was asked for, in wire form.
    let name: [UInt8]
    /// From the first sending to the answer.
    let nanoseconds: UInt64
    /// What came, and over what; or why nothing did.
    let outcome: Result<(answer: DomainAnswer, carrier: AskError.Carrier), AskError>

    /// Asks `resolver` for the naming authority pointers of the OID with these `labels`.
    static func ask(
        _ reading: Recognition,
        labels: [UInt8],
        _ resolver: SchemeOptions.Resolver,
        oidRoot: String
    ) throws(CommandFailure) -> NameResolution {
        let text = labels + [UInt8(ascii: ".")] + Array(oidRoot.utf8)
        guard let name = DomainName.labels(text).map({ $0 + [0] }), name.count <= DomainName.byteCountMax else {
            throw CommandFailure(.unusableName(text), exit: .usage)
        }
        let client = NameClient(server: resolver.address)
        let start = SystemClock.monotonicNanoseconds()
        let outcome: Result<(answer: DomainAnswer, carrier: AskError.Carrier), AskError>
        do throws(AskError) {
            outcome = .success(try client.ask(name, type: DomainQuery.namingAuthorityPointer))
        } catch {
            outcome = .failure(error)
        }
        return NameResolution(
            reading: reading,
            oidRoot: oidRoot,
            resolver: resolver,
            name: name,
            nanoseconds: SystemClock.monotonicNanoseconds() &- start,
            outcome: outcome
        )
    }

    /// The name as people write it.
    var nameText: String { TerminalText.safe(DomainName.text(of: name)) }

    /// What came, as it is shown; nil: nothing.
    var report: NameReport? {
        guard case .success(let (answer, carrier)) = outcome else { return nil }
        return NameReport(
            identifier: reading.canonical,
            name: name,
            server: "\(resolver.address)",
            carrier: carrier,
            answer: answer
        )
    }

    /// What there is to tell of it with `--explain`.
    var facts: [ExplainedFact] {
        var facts = RecognitionFacts(recognition: reading, oidRoot: oidRoot, asksAsItStands: false).all
        let origin = TerminalText.safe(resolver.origin)
        facts.append(
            ExplainedFact(
                "server",
                "name server",
                "域名服务器",
                LocalizedText(
                    english: "\(resolver.address): as \(origin) says",
                    chinese: "\(resolver.address)，由 \(origin) 指定"
                )
            )
        )
        facts.append(
            ExplainedFact(
                "question",
                "question",
                "查询",
                LocalizedText(english: "NAPTR records of \(nameText)", chinese: "\(nameText) 的 NAPTR 记录")
            )
        )
        return facts + answerFacts
    }

    private var answerFacts: [ExplainedFact] {
        let time = TextCount.duration(.nanoseconds(Int64(clamping: nanoseconds)))
        switch outcome {
        case .success(let (answer, carrier)):
            let meaning = NameReport.meaning(of: answer.code)
            return [
                ExplainedFact("transport", "transport", "传输", "\(carrier.rawValue), \(time)"),
                ExplainedFact(
                    "code",
                    "code",
                    "响应码",
                    LocalizedText(
                        english: "\(answer.code): \(meaning.english)",
                        chinese: "\(answer.code)：\(meaning.chinese)"
                    )
                ),
            ]
        case .failure(let error):
            return [
                ExplainedFact("transport", "transport", "传输", time),
                ExplainedFact(
                    "failure",
                    "no answer",
                    "无应答",
                    LocalizedText(english: "\(error)", chinese: error.chineseDescription)
                ),
            ]
        }
    }

    /// The facts as a table.
    func lines(language: Language) -> [String] { ExplainedFact.lines(facts, language: language) }
}

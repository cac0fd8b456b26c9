internal import Console
internal import NodeConfiguration
internal import Resolution
internal import ResolutionClient
internal import ResolutionProtocol

/// What an edition of a template would do to the one that is registered, and to the identifiers under it.
struct TemplateCheck {
    /// The template that it would replace; nil: there is none, or nobody was asked.
    private(set) var registered: RegisteredTemplate?
    /// What forbids it.
    private(set) var faults: [TemplateEvolutionFault] = []
    /// What was found among the identifiers; nil: none can break, so none was looked at.
    private(set) var scan: BreakingScan?

    /// Of a template that replaces none.
    init() {}

    /// Asks for the registered one and, where identifiers may break, for each of them.
    init(
        _ template: DataTemplate,
        prefix: [UInt8],
        _ administration: AdministrationOptions,
        _ session: Session
    ) throws(CommandFailure) {
        let identifier = try TemplateOptions.identifier(prefix: prefix, version: template.version)
        registered = try administration.administrator(session).perform(identifier) {
            (asking) throws(AdministrationError) in
            try RegisteredTemplate.find(identifier, asking)
        }
        guard let registered else { return }
        faults = template.evolutionFaults(from: registered.template)
        guard faults.isEmpty, template.mayBreak(whatCompliedWith: registered.template) else { return }
        let scan = BreakingScan(registered, becoming: template, session)
        let administrator = try administration.administrator(session)
        try scan.run(PrefixWalk(administrator, hasRights: administration.choice.hasRights, session))
        self.scan = scan
    }

    /// Whether the edition may be made and breaks nothing.
    var isHarmless: Bool { faults.isEmpty && brokenCount == 0 && unreadableCount == 0 }

    /// Identifiers that would not comply any more, and those of which that is not known.
    var brokenCount: Int { scan?.brokenCount ?? 0 }
    var unreadableCount: Int { scan?.unreadableCount ?? 0 }

    /// For a person: the most important last.
    func lines(_ session: Session) -> [String] {
        guard let registered else { return [session.words("the template is valid", "模板有效")] }
        let name = TerminalText.safe(registered.identifier)
        guard faults.isEmpty else {
            return faults.map { TemplateWording.text($0)[session.language] }
                + [session.words("\(name) cannot become this", "\(name) 不能变更为此模板")]
        }
        guard let scan else {
            return [session.words("\(name): no identifier can break", "\(name)：不会使任何标识不合规")]
        }
        let prefix = TerminalText.safe(registered.prefix)
        return brokenLines(scan, session) + [
            session.words(
                "\(name): \(scan.brokenCount) of \(scan.governedCount) identifiers would break"
                    + (scan.unreadableCount > 0 ? ", \(scan.unreadableCount) could not be read" : ""),
                "\(name)：\(scan.governedCount) 个标识中有 \(scan.brokenCount) 个将不合规"
                    + (scan.unreadableCount > 0 ? "，\(scan.unreadableCount) 个无法读取" : "")
            ),
            session.words(
                "identifiers of prefixes derived from \(prefix) were not looked at",
                "未检查由 \(prefix) 派生的前缀下的标识"
            ),
        ]
    }

    private func brokenLines(_ scan: BreakingScan, _ session: Session) -> [String] {
        let language = session.language
        var lines = scan.broken.map { broken in
            let reasons = broken.violations.map { TemplateWording.text($0)[language] }
            return TerminalText.safe(broken.identifier) + ": " + reasons.joined(separator: "; ")
        }
        if scan.brokenCount > scan.broken.count {
            let more = scan.brokenCount - scan.broken.count
            lines.append(session.words("and \(more) more", "另有 \(more) 个"))
        }
        return lines
    }

    /// The same as one JSON document.
    func json(_ session: Session) -> [UInt8] {
        var text = JSONText()
        text.object { json in
            json.key("registered")
            if let registered { json.string(registered.identifier) } else { json.word("null") }
            json.key("faults")
            json.array { json in
                for fault in faults { json.string(TemplateWording.text(fault)[session.language]) }
            }
            json.key("identifiers")
            json.number(scan?.governedCount ?? 0)
            json.key("unreadable")
            json.number(unreadableCount)
            json.key("broken")
            json.number(brokenCount)
            json.key("first")
            json.array { json in
                for broken in scan?.broken ?? [] { Self.write(broken, session, to: &json) }
            }
        }
        text.endLine()
        return text.take()
    }

    private static func write(_ broken: BreakingScan.Broken, _ session: Session, to json: inout JSONText) {
        json.object { json in
            json.key("identifier")
            json.string(broken.identifier)
            json.key("violations")
            json.array { json in
                for violation in broken.violations { json.string(TemplateWording.text(violation)[session.language]) }
            }
        }
    }
}

internal import Console
internal import Resolution
internal import ResolutionProtocol

/// Templates as people and programs read them.
enum TemplateReport {
    /// What a template says, its items in a table.
    static func lines(_ registered: RegisteredTemplate, _ session: Session) -> [String] {
        let template = registered.template
        var head = Table([Table.Column(""), Table.Column("")])
        head.add([session.words("identifier", "标识"), TerminalText.safe(registered.identifier)])
        head.add([session.words("version", "版本"), TerminalText.safe(template.version)])
        head.add([session.words("state", "状态"), state(template, session)])
        if let category = template.category {
            let levels = [category.section, category.division, category.group, category.subclass]
            let text = levels.filter { !$0.isEmpty }.map { TerminalText.safe($0) }.joined(separator: " / ")
            head.add([session.words("industry", "行业分类"), text])
        }
        let kind =
            template.kind == .activeCarrier
            ? session.words("active carrier", "主动标识载体") : session.words("other", "其他")
        head.add([session.words("type", "类型"), kind])
        if !template.description.isEmpty {
            head.add([session.words("description", "说明"), TerminalText.safe(template.description)])
        }
        return head.lines() + [""] + itemLines(template, session)
    }

    static func state(_ template: DataTemplate, _ session: Session) -> String {
        template.state == .published ? session.words("published", "已发布") : session.words("withdrawn", "已撤回")
    }

    private static func itemLines(_ template: DataTemplate, _ session: Session) -> [String] {
        var table = Table([
            Table.Column(session.words("index", "索引"), .right), Table.Column(session.words("type", "类型")),
            Table.Column(session.words("name", "名称")), Table.Column(session.words("required", "必填")),
            Table.Column(session.words("characters", "字符数")), Table.Column(session.words("state", "状态")),
        ])
        for item in template.items {
            table.add([
                "\(item.index)", TerminalText.safe(item.type), TerminalText.safe(item.name),
                item.isRequired ? session.words("yes", "是") : session.words("no", "否"),
                "\(item.lengthMin)–\(item.lengthMax)",
                item.isEnabled ? session.words("enabled", "启用") : session.words("disabled", "停用"),
            ])
        }
        return table.lines()
    }

    /// A template and its identifier as one JSON document, the template as its reader takes it.
    static func json(_ registered: RegisteredTemplate) -> [UInt8] {
        var json = JSONText()
        json.tree(registered.template.json(prefix: registered.prefix))
        json.endLine()
        return json.take()
    }
}

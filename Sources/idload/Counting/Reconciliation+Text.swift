internal import Console

extension Reconciliation {
    /// The lines for a person, without newlines.
    func lines(_ language: Language) -> [String] {
        let isChinese = language == .chinese
        var table = Table([Table.Column("", .left), Table.Column("", .right), Table.Column("", .left)])
        for row in rows {
            table.add([
                isChinese ? row.name.chinese : row.name.english, row.number, row.note.map { $0[language] } ?? "",
            ])
        }
        return [Self.title[language]] + table.lines() + [verdict[language]]
    }

    private static let title = LocalizedText(english: "reconciliation with the node", chinese: "与节点对账")

    private struct Row {
        let name: LocalizedText
        let number: String
        var note: LocalizedText?
    }

    private var rows: [Row] {
        let totals = sides.totals
        var rows = [
            Row(name: LocalizedText(english: "sent", chinese: "已发送"), number: TextCount.grouped(handed)),
            Row(
                name: LocalizedText(english: "counted by the node", chinese: "节点已计数"),
                number: TextCount.grouped(received),
                note: totals.busy > 0
                    ? LocalizedText(
                        english: "and \(TextCount.grouped(totals.busy)) refused as busy",
                        chinese: "另有 \(TextCount.grouped(totals.busy)) 个因繁忙被拒绝"
                    ) : nil
            ),
            Row(
                name: LocalizedText(english: "answers made by the node", chinese: "节点已应答"),
                number: nodeAnswered.map { TextCount.grouped($0) } ?? "–",
                note: isSameProcess
                    ? nil
                    : LocalizedText(english: "the node was started anew meanwhile", chinese: "其间节点重新启动过")
            ),
            Row(
                name: LocalizedText(english: "answers received here", chinese: "本工具已收到"),
                number: TextCount.grouped(answersHere),
                note: LocalizedText(
                    english: "right \(TextCount.grouped(totals.right)), wrong \(TextCount.grouped(totals.wrong)), "
                        + "late \(TextCount.grouped(totals.late))",
                    chinese: "正确 \(TextCount.grouped(totals.right))，错误 \(TextCount.grouped(totals.wrong))，"
                        + "迟到 \(TextCount.grouped(totals.late))"
                )
            ),
        ]
        rows.append(
            differenceRow(LocalizedText(english: "did not reach it", chinese: "未到达节点"), missingThere, kernelNote)
        )
        rows.append(differenceRow(LocalizedText(english: "answer did not come", chinese: "应答未到达"), missingHere, nil))
        return rows
    }

    private func differenceRow(_ name: LocalizedText, _ number: Int64, _ note: LocalizedText?) -> Row {
        Row(name: name, number: TextCount.grouped(number), note: number == 0 ? nil : note)
    }

    /// What the node knows of the datagrams that it did not read.
    private var kernelNote: LocalizedText? {
        guard isSameProcess, sides.after.droppedByKernel > sides.before.droppedByKernel else { return nil }
        let count = TextCount.grouped(sides.after.droppedByKernel - sides.before.droppedByKernel)
        return LocalizedText(english: "the node's kernel dropped \(count)", chinese: "节点内核丢弃 \(count)")
    }

    private var verdict: LocalizedText {
        guard unexplained > 0 else {
            return LocalizedText(english: "every difference is explained", chinese: "所有差异均有解释")
        }
        let count = TextCount.grouped(unexplained)
        guard missingThere < 0 else {
            return LocalizedText(english: "UNEXPLAINED: \(count)", chinese: "无法解释的差异：\(count)")
        }
        return LocalizedText(
            english: "UNEXPLAINED: the node counted \(count) queries more than were sent from here; "
                + "did others ask it, too? idctl count --sources shows who",
            chinese: "无法解释的差异：节点比本工具多计 \(count) 个查询；是否另有来源在查询？可用 idctl count --sources 查看"
        )
    }

    /// Writes the member for JSON.
    func write(_ json: inout JSONText) {
        json.key("reconciliation")
        json.object { json in
            let counts = [
                ("sent", handed), ("node_counted", received), ("answers_received", answersHere),
                ("busy", sides.totals.busy), ("unexplained", unexplained),
            ]
            for (name, count) in counts {
                json.key(name)
                json.number(count)
            }
            json.key("node_answered")
            if let nodeAnswered { json.number(nodeAnswered) } else { json.null() }
            json.key("node_restarted")
            json.boolean(!isSameProcess)
            json.key("missing_there")
            json.number(missingThere)
            json.key("missing_here")
            json.number(missingHere)
            json.key("before")
            sides.before.write(&json)
            json.key("after")
            sides.after.write(&json)
        }
    }
}

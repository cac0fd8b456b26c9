internal import Console

extension WriteFigures {
    /// The lines for a person, without newlines.
    func lines(_ language: Language) -> [String] {
        ([writtenLine] + checkedLines + leftLines).map { $0[language] }
    }

    private var writtenLine: LocalizedText {
        let name = TerminalText.safe(head)
        let (creations, changes) = (TextCount.grouped(created), TextCount.grouped(changed))
        let open = TextCount.grouped(unanswered)
        let there = TextCount.grouped(found)
        return LocalizedText(
            english: "written: \(creations) records \(name)… and \(changes) changes of them"
                + (unanswered > 0 ? "; \(open) creations had no answer, \(there) of these are there" : ""),
            chinese: "写入：\(creations) 条记录 \(name)…，变更 \(changes) 次"
                + (unanswered > 0 ? "；\(open) 次创建没有应答，其中 \(there) 条存在" : "")
        )
    }

    private var checkedLines: [LocalizedText] {
        let looked = TextCount.grouped(checked)
        let (away, other) = (TextCount.grouped(missing), TextCount.grouped(different))
        let line = LocalizedText(
            english: "resolved afterwards: \(looked), missing \(away), with other values \(other)",
            chinese: "事后解析：\(looked) 条，缺失 \(away)，值不符 \(other)"
        )
        guard unchecked > 0 else { return [line] }
        let dark = TextCount.grouped(unchecked)
        return [
            line,
            LocalizedText(
                english: "\(dark) records could not be looked at: nothing is known of them",
                chinese: "\(dark) 条记录无法核对，情况未知"
            ),
        ]
    }

    private var leftLines: [LocalizedText] {
        guard let deleted else {
            guard leftCount + unchecked > 0 else { return [] }
            return [
                LocalizedText(
                    english: "they stay there; docs/idload.md says how to delete them, and --delete-afterwards does",
                    chinese: "记录仍保留；删除方法见 docs/idload.md，也可使用 --delete-afterwards"
                )
            ]
        }
        let (gone, left) = (TextCount.grouped(deleted), TextCount.grouped(undeleted))
        return [
            LocalizedText(
                english: "deleted: \(gone)" + (undeleted > 0 ? ", and \(left) could not be" : ""),
                chinese: "已删除：\(gone) 条" + (undeleted > 0 ? "，\(left) 条未能删除" : "")
            )
        ]
    }

    /// Writes the member for JSON.
    func write(_ json: inout JSONText) {
        json.key("written")
        json.object { json in
            json.key("begins_with")
            json.string(head)
            let counts = [
                ("created", created), ("changed", changed), ("unanswered", unanswered), ("checked", checked),
                ("missing", missing), ("different", different), ("found", found), ("unchecked", unchecked),
            ]
            for (name, count) in counts { json.member(name, count) }
            json.member("deleted", deleted)
            json.member("not_deleted", undeleted)
        }
    }
}

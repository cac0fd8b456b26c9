internal import Console
internal import Resolution

extension UserMessage {
    /// The node has no ledger.
    static func noLedger(_ place: String) -> UserMessage {
        UserMessage(
            "E-LEDGER-001",
            english: "there is no ledger yet",
            chinese: "尚无账本",
            adviceEnglish: "start the node with ledger.enabled = true",
            adviceChinese: "请以 ledger.enabled = true 启动节点",
            at: MessagePlace(file: place)
        )
    }

    /// Something in a ledger is wrong.
    static func ledgerFinding(_ finding: LedgerFinding, in place: String) -> UserMessage {
        let problem = finding.problem.wording
        let entry = finding.entry.map { ("entry \($0), ", "条目 \($0)，") } ?? ("", "")
        let day = finding.day.map { ("day \($0.text), ", "日期 \($0.text)，") } ?? ("", "")
        let field = finding.field.isEmpty ? ("", "") : ("field \(finding.field), ", "字段 \(finding.field)，")
        let byte = ("byte \(finding.offset)", "字节 \(finding.offset)")
        return UserMessage(
            "E-LEDGER-002",
            english: "\(entry.0)\(day.0)\(field.0)\(byte.0): \(problem.english)",
            chinese: "\(entry.1)\(day.1)\(field.1)\(byte.1)：\(problem.chinese)",
            at: MessagePlace(file: place)
        )
    }

    /// The node's words about its ledger are not in the form we know.
    static func unreadableLedgerAnswer(_ place: String) -> UserMessage {
        UserMessage(
            "E-LEDGER-003",
            english: "the node's ledger cannot be read",
            chinese: "节点的账本无法读取",
            adviceEnglish: "check that idnode and idctl are of the same version",
            adviceChinese: "请确认 idnode 与 idctl 版本一致",
            at: MessagePlace(file: place)
        )
    }

    /// A file that is no ledger, or a damaged one.
    static func damagedLedger(_ place: String) -> UserMessage {
        UserMessage(
            "E-LEDGER-004",
            english: "this is not a whole ledger",
            chinese: "不是完整的账本文件",
            adviceEnglish: "idctl ledger verify says what is wrong with it",
            adviceChinese: "请用 idctl ledger verify 查看问题所在",
            at: MessagePlace(file: place)
        )
    }

    /// The library of algorithms refused.
    static func ledgerUncheckable(_ reason: String) -> UserMessage {
        UserMessage(
            "E-LEDGER-005",
            english: "the ledger cannot be checked: \(reason)",
            chinese: "无法核验账本：\(reason)"
        )
    }

    /// Nothing to forecast from.
    static func noClosedDay() -> UserMessage {
        UserMessage(
            "E-LEDGER-006",
            english: "no day has been closed yet",
            chinese: "尚无已结账的日期",
            adviceEnglish: "wait until the day is over and closed (ledger.close_after)",
            adviceChinese: "请等到日终结账之后（ledger.close_after）"
        )
    }

    /// One network asks more than its share.
    static func sourceDominates(_ day: String, _ share: SourceShare, percentMax: Int) -> UserMessage {
        let network = share.networkText
        return UserMessage(
            "W-LEDGER-007",
            english: "\(day): \(network) sent \(share.percentText) % of queries from outside, over \(percentMax) %",
            chinese: "\(day)：\(network) 占外部请求的 \(share.percentText) %，超过 \(percentMax) %",
            adviceEnglish: "look who that is with idctl count --sources --day \(day)",
            adviceChinese: "请用 idctl count --sources --day \(day) 查看来源"
        )
    }
}

extension LedgerFinding.Problem {
    /// What it means.
    fileprivate var wording: (english: String, chinese: String) {
        switch self {
        case .changedByte: ("a byte has been changed here", "此字节被改动")
        case .unreadable: ("from here on it cannot be read", "从此处起无法读取")
        case .cutOff: ("the ledger stops before its end", "账本不完整")
        case .misplaced: ("what stands here does not belong here", "此处内容不符合格式")
        case .sequence: ("not the number of the next entry", "条目序号不连续")
        case .chain: ("the entry before is another one", "与前一条目不衔接")
        case .day: ("not the next day", "日期不连续")
        case .identity: ("it does not tell who signed", "缺少签名者身份")
        case .untrustedKey: ("signed with a key that is not trusted", "签名密钥不可信")
        case .signature: ("not signed by this key", "签名不正确")
        case .body: ("the rows are not those that were signed", "明细与签名不符")
        case .sum: ("the rows do not add up to it", "与明细合计不符")
        case .cumulative: ("not the total before and what was added", "累计值不等于前值加增量")
        case .order: ("rows are not in order", "明细顺序不正确")
        case .missingRow: ("a row of the entry before is missing", "缺少前一条目中的明细")
        case .largest: ("not the network with the most queries", "最大来源网段不正确")
        case .count: ("not as many as there are", "数目不符")
        case .recount: ("the node's counts are lower", "节点计数低于账本")
        }
    }
}

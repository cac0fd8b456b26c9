internal import Console
internal import Resolution
internal import ResolutionProtocol

/// What a verification of a ledger came to, for a person or a program.
struct LedgerCheckReport {
    private let run: LedgerCheckRun
    private var summary: LedgerSummary { run.verification.summary }

    init(_ run: LedgerCheckRun) { self.run = run }

    func lines(_ session: Session) -> [String] {
        func words(_ english: String, _ chinese: String) -> String { session.words(english, chinese) }
        var table = Table([Table.Column(""), Table.Column("")])
        if let identity = summary.identity {
            table.add([words("node", "节点"), TerminalText.safe(identity.prefix)])
            table.add([words("key (SHA-256)", "公钥（SHA-256）"), Self.fingerprint(identity)])
        }
        table.add([
            words("entries", "条目"),
            "\(TextCount.grouped(summary.entryCount)) (\(words("days", "日")) \(TextCount.grouped(summary.dayCount)), "
                + "\(words("corrections", "更正")) \(TextCount.grouped(summary.correctionCount)))",
        ])
        if let first = summary.firstDay, let last = summary.lastDay {
            table.add([words("from, to", "起止"), "\(first.text) … \(last.text)"])
        }
        table.add([words("resolution requests", "解析请求量"), TextCount.grouped(summary.cumulative.requests)])
        table.add([words("resolution successes", "解析成功响应量"), TextCount.grouped(summary.cumulative.successes)])
        table.add([words("last entry (SHA-256)", "末条（SHA-256）"), Self.hexadecimal(summary.lastDigest)])
        if let count = run.recountedDayCount {
            table.add([words("days recounted", "重新计数的天数"), TextCount.grouped(count)])
            table.add([words("late queries", "待更正的请求"), TextCount.grouped(run.lateRequestCount)])
        }
        let count = TextCount.grouped(summary.findingCount)
        let verdict =
            summary.findingCount == 0
            ? words("the ledger is sound", "账本完好") : words("findings: \(count)", "发现问题：\(count)")
        return table.lines() + [verdict]
    }

    private static func fingerprint(_ identity: LedgerIdentity) -> String {
        (try? identity.keyFingerprint()).map { Self.hexadecimal($0) } ?? ""
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        String(decoding: HexadecimalText.lowercased(bytes), as: UTF8.self)
    }

    /// One JSON document.
    func json() -> [UInt8] {
        var json = JSONText()
        json.object { json in
            json.key("sound")
            json.boolean(summary.findingCount == 0)
            if let identity = summary.identity {
                json.key("node")
                json.string(identity.prefix)
                json.key("key_sha256")
                json.string(Self.fingerprint(identity))
            }
            for (name, number) in [
                ("entries", summary.entryCount), ("days", summary.dayCount), ("corrections", summary.correctionCount),
                ("resolution_requests", summary.cumulative.requests),
                ("resolution_successes", summary.cumulative.successes), ("findings", UInt64(summary.findingCount)),
            ] {
                json.key(name)
                json.number(number)
            }
            for (name, day) in [("first_day", summary.firstDay), ("last_day", summary.lastDay)] {
                json.key(name)
                if let day { json.string(day.text) } else { json.null() }
            }
            json.key("last_entry_sha256")
            json.string(Self.hexadecimal(summary.lastDigest))
            if let count = run.recountedDayCount {
                json.key("days_recounted")
                json.number(count)
                json.key("late_requests")
                json.number(run.lateRequestCount)
            }
            json.key("found")
            json.array { json in
                for finding in run.verification.findings { Self.write(finding, to: &json) }
            }
        }
        json.endLine()
        return json.take()
    }

    private static func write(_ finding: LedgerFinding, to json: inout JSONText) {
        json.object { json in
            json.key("problem")
            json.string(finding.problem.rawValue)
            json.key("entry")
            if let entry = finding.entry { json.number(entry) } else { json.null() }
            json.key("day")
            if let day = finding.day { json.string(day.text) } else { json.null() }
            json.key("field")
            json.string(finding.field)
            json.key("byte")
            json.number(finding.offset)
        }
    }
}

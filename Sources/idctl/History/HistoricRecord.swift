internal import Console
internal import Resolution
internal import ResolutionProtocol

/// An identifier as it stood at a time; the log says it.
struct HistoricRecord {
    /// When; nil: now.
    let unixSeconds: UInt64?
    /// As registered; nil: there was none.
    let name: [UInt8]?
    let values: [HandleValue]
    /// The entry that says so: what made the values, or what had removed the identifier; nil: there is none.
    let entry: HistoryEntry?

    /// What it was at `unixSeconds`.
    init(unixSeconds: UInt64, state: HistoricState) {
        self.unixSeconds = unixSeconds
        switch state {
        case .present(let entry): (name, values, self.entry) = (entry.name, entry.values, entry)
        case .absent(let entry): (name, values, self.entry) = (nil, [], entry)
        case .unknown: (name, values, entry) = (nil, [], nil)
        }
    }

    /// What it is now; nil: damaged.
    init?(_ present: PresentRecord) {
        unixSeconds = nil
        entry = nil
        switch present {
        case .present(let name, _, let values): (self.name, self.values) = (name, values)
        case .absent: (name, values) = (nil, [])
        case .damaged: return nil
        }
    }

    /// Whether there was one.
    var isFound: Bool { name != nil }

    /// `at TIME: as of change 7 of TIME`, for a person.
    func line(_ session: Session) -> String {
        let time = unixSeconds.map { MomentText.text($0) } ?? session.words("now", "当前")
        let head = session.words("at \(time): ", "\(time)：")
        guard let entry else {
            if isFound { return head + session.words("as it is", "现值") }
            return head + session.words(unixSeconds == nil ? "it does not exist" : "it did not exist", "不存在")
        }
        let (change, made) = (entry.changeSequence, MomentText.utc(entry.unixSeconds))
        switch entry.kind {
        case .removed:
            return head
                + session.words(
                    "it did not exist; change \(change) of \(made) had deleted it",
                    "不存在，已由 \(made) 的变更 \(change) 删除"
                )
        case .base:
            return head
                + session.words(
                    "as of change \(change), dropped from the log since",
                    "变更 \(change) 之后的值（该变更已从日志中清除）"
                )
        case .put, .load, .prefix, .prefixRemoved:
            return head + session.words("as of change \(change) of \(made)", "\(made) 的变更 \(change) 之后的值")
        }
    }

    /// One JSON document on one line: what was asked for, the time, and of the values those that `isWanted`.
    func json(_ identifier: [UInt8], where isWanted: (HandleValue) -> Bool) -> [UInt8] {
        var json = JSONText()
        json.object { json in
            json.key("identifier")
            json.string(identifier)
            writeMembers(to: &json)
            json.key("values")
            json.array { json in
                for value in values where isWanted(value) { json.tree(ShownValue.json(value)) }
            }
        }
        json.endLine()
        return json.take()
    }

    /// Writes it as the members of an object: time, whether it was there, and by which change.
    func writeMembers(to json: inout JSONText) {
        json.key("at")
        if let unixSeconds { json.string(MomentText.utc(unixSeconds)) } else { json.null() }
        json.key("found")
        json.boolean(isFound)
        json.key("registered")
        if let name { json.string(name) } else { json.null() }
        json.key("change")
        guard let entry else { return json.null() }
        json.object { json in
            json.key("sequence")
            json.number(entry.changeSequence)
            json.key("time")
            // Of a change that was dropped the log does not say when it was made.
            if entry.kind == .base { json.null() } else { json.string(MomentText.utc(entry.unixSeconds)) }
        }
    }
}

internal import Console
internal import ResolutionProtocol

extension CountState {
    private static let numbers: [(name: String, path: any WritableKeyPath<CountState, UInt64> & Sendable)] = [
        ("seed", \.seed), ("count", \.count), ("parts", \.partCount), ("sent_per_second_max", \.sentPerSecondMax),
        ("killed_parts", \.killedPartCount), ("adopted", \.adopted), ("adopted_max", \.adoptedMax),
        ("cut_off_max", \.cutOffMax),
    ]

    /// As a state file has it.
    var json: [UInt8] {
        var json = JSONText()
        json.object { json in
            json.key("format")
            json.number(Self.format)
            json.key("plan")
            json.object { json in
                for fact in facts {
                    json.key(fact.name)
                    json.string(fact.value)
                }
            }
            for member in Self.numbers {
                json.key(member.name)
                json.number(self[keyPath: member.path])
            }
            json.key("part_over")
            json.boolean(isPartOver)
            json.key("totals")
            json.object { json in
                for member in CountTotals.members {
                    json.key(member.name)
                    json.number(totals[keyPath: member.path])
                }
            }
            json.key("before")
            if let before { before.write(&json) } else { json.null() }
        }
        json.endLine()
        return json.take()
    }

    /// Reads a state file's text; nil where it is none.
    init?(_ text: [UInt8]) {
        guard let tree = JSONTree(text), NodeLedger.number(tree["format"]) == Self.format,
            case .object(let members)? = tree["plan"], let totals = tree["totals"],
            case .word(let isOver)? = tree["part_over"]
        else { return nil }
        var facts: [Fact] = []
        for member in members {
            guard case .string(let value) = member.value else { return nil }
            facts.append(Fact(name: member.name, value: value))
        }
        self.init(facts: facts, seed: 0, count: 0)
        for member in Self.numbers {
            guard let number = NodeLedger.number(tree[member.name]) else { return nil }
            self[keyPath: member.path] = number
        }
        for member in CountTotals.members {
            guard let number = NodeLedger.number(totals[member.name]) else { return nil }
            self.totals[keyPath: member.path] = number
        }
        isPartOver = isOver == "true"
        guard let before = tree.member("before") else { return }
        guard let ledger = NodeLedger(tree: before) else { return nil }
        self.before = ledger
    }
}

extension NodeLedger {
    /// Writes it as one object.
    func write(_ json: inout JSONText) {
        json.object { json in
            for member in Self.members {
                json.key(member.name)
                json.number(self[keyPath: member.path])
            }
        }
    }

    /// Reads such an object; nil where it is none.
    init?(tree: JSONTree) {
        self.init()
        for member in Self.members {
            guard let number = Self.number(tree[member.name]) else { return nil }
            self[keyPath: member.path] = number
        }
    }
}

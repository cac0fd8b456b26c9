internal import Resolution
internal import ResolutionProtocol

// Sets of commands: together, all or none, and once only.
extension StoreSuite {
    /// Far in the future, so that no clock forgets what is kept.
    private static let moment: UInt64 = 4_000_000_000
    private static let owner = [UInt8](repeating: 7, count: 16)

    private static func name(
        _ number: UInt8,
        row: UInt32 = 0,
        owner: [UInt8] = owner,
        keepSeconds: UInt32 = 100,
        note: String = ""
    ) -> OutcomeName {
        OutcomeName(
            request: [UInt8](repeating: number, count: 16),
            firstRow: row,
            owner: owner,
            keepSeconds: keepSeconds,
            note: Array(note.utf8)
        )
    }

    private static func put(_ name: String, _ expecting: Command.Expectation = .absent) throws -> CommandSet.Step {
        let change = Command.Change.put(name: try identifier(name), values: [value(name)], expecting: expecting)
        return .command(Command(change, unixSeconds: moment, origin: Array("suite".utf8)))
    }

    @Sendable static func sets(_ store: StoreUnderTest) throws {
        let refused = CommandSet.Step.decided(code: 102, text: Array("not an identifier".utf8))
        let steps = [try put("88.5/a"), refused, try put("88.5/A"), try put("88.5/b")]
        let outcome = try store.apply(CommandSet(steps, keeping: name(1, note: "n"), unixSeconds: moment))
        let wanted: [CommandOutcome] = [
            .done(sequence: 1), .decided(code: 102, text: Array("not an identifier".utf8)), .alreadyExists,
            .done(sequence: 2),
        ]
        try expectEqual(outcome, CommandSetOutcome(outcomes: wanted, note: Array("n".utf8)), "a set")
        try expectEqual(try store.log.entries(after: 0, limit: 9).count, 2, "one entry for each command done")
        try expectEqual(
            store.log.append(CommandSet([], unixSeconds: 1), then: { _ in }),
            false,
            "a set without steps is not taken"
        )
        let many = Array(repeating: refused, count: CommandSet.stepCountMax + 1)
        try expectEqual(store.log.append(CommandSet(many, unixSeconds: 1), then: { _ in }), false, "too many steps")
    }

    @Sendable static func atomicSets(_ store: StoreUnderTest) throws {
        _ = try store.apply(CommandSet([try put("88.5/there")], unixSeconds: moment))
        func outcomes(_ steps: [CommandSet.Step]) throws -> [CommandOutcome] {
            try store.apply(CommandSet(steps, isAtomic: true, unixSeconds: moment)).outcomes
        }
        let some = [try put("88.5/a"), try put("88.5/there"), try put("88.5/b")]
        try expectEqual(try outcomes(some), [.notApplied, .alreadyExists, .notApplied], "one not done")
        try expectEqual(try store.find(Array("88.5/a".utf8)).status, .absent, "nothing of it")
        let last = [try put("88.5/a"), try put("88.5/there")]
        try expectEqual(try outcomes(last), [.notApplied, .alreadyExists], "the last one not done")
        let decided = CommandSet.Step.decided(code: 3, text: [])
        try expectEqual(
            try outcomes([try put("88.5/a"), decided, try put("88.5/b")]),
            [.notApplied, .decided(code: 3, text: []), .notApplied],
            "one decided beforehand"
        )
        try expectEqual(try store.log.entries(after: 0, limit: 9).count, 1, "no entries")
        let prefix = Command.Change.setPrefix(PrefixTerms(prefix: Array("88.5".utf8), state: .homed))
        let all = [
            try put("88.5/a"), .command(Command(prefix, unixSeconds: moment, origin: [])), try put("88.5/a", .present),
        ]
        try expectEqual(try outcomes(all), [.done(sequence: 2), .done(sequence: 3), .done(sequence: 4)], "all done")
        try expectEqual(try store.find(Array("88.5/a".utf8)).sequence, 4, "later commands see earlier ones")
        try expectEqual(try store.prefixRows().map(\.number), [1], "a number that was taken back is given again")
        try expectEqual(try store.identifierCounts(), [1: 2], "what was taken back is not counted")
        let steps = try (0..<CommandSet.atomicStepCountMax).map { try put("88.5/many\($0)") }
        try expectEqual(try outcomes(steps).allSatisfy(\.isDone), true, "10,000 steps")
    }

    @Sendable static func repeatedSets(_ store: StoreUnderTest) throws {
        func apply(
            _ text: String,
            _ keeping: OutcomeName,
            at seconds: UInt64 = moment
        ) throws -> CommandSetOutcome {
            try store.apply(
                CommandSet([try put(text), try put("88.5/b")], keeping: keeping, unixSeconds: seconds)
            )
        }
        let first = try apply("88.5/a", name(1, note: "minted"))
        try expectEqual(first.isRepeated, false, "the first time")
        let again = try apply("88.5/other", name(1, note: "another"), at: moment + 99)
        try expectEqual(again.outcomes, first.outcomes, "outcomes of a repeat")
        try expectEqual(again.note, Array("minted".utf8), "note of a repeat")
        try expectEqual(again.isRepeated, true, "a repeat")
        try expectEqual(try store.find(Array("88.5/other".utf8)).status, .absent, "a repeat executes nothing")
        try expectEqual(try apply("88.5/c", name(1, row: 2)).isRepeated, false, "other rows")
        try expectEqual(try apply("88.5/d", name(2)).isRepeated, false, "another request")
        let three = [try put("88.5/e"), try put("88.5/f"), try put("88.5/g")]
        let longer = try store.apply(CommandSet(three, keeping: name(2), unixSeconds: moment))
        try expectEqual(longer.isRepeated, false, "another number of steps")
        let stranger = name(1, owner: [UInt8](repeating: 8, count: 16))
        try expectEqual(try apply("88.5/h", stranger, at: moment + 50).isRepeated, false, "another owner")
        try expectEqual(try apply("88.5/i", name(1), at: moment + 50).isRepeated, false, "whom the other has replaced")
        try expectEqual(try apply("88.5/j", name(1), at: moment + 149).isRepeated, true, "up to the last second")
        try expectEqual(try apply("88.5/k", name(1), at: moment + 150).isRepeated, false, "forgotten")
    }

    @Sendable static func keptOutcomes(_ store: StoreUnderTest) throws {
        let steps = try (0..<500).map { try put("88.5/\($0 % 490)") }
        let first = try store.apply(CommandSet(steps, keeping: name(1), unixSeconds: moment)).outcomes
        let second = try store.apply(CommandSet(steps, keeping: name(1, row: 500), unixSeconds: moment)).outcomes
        _ = try store.apply(CommandSet([steps[0]], keeping: name(1, row: 100), unixSeconds: moment + 50))
        func kept(_ row: UInt32, at seconds: UInt64 = moment) throws -> KeptOutcomes? {
            try store.log.keptOutcomes(of: [UInt8](repeating: 1, count: 16), row: row, unixSeconds: seconds)
        }
        try expectEqual(try kept(0)?.outcomes, first, "the first row")
        try expectEqual(try kept(499)?.outcomes, first, "the last row of the first set, behind a shorter range")
        try expectEqual(try kept(500)?.outcomes, second, "the first row of the second set")
        try expectEqual(try kept(999)?.name, name(1, row: 500), "the last row")
        try expectEqual(try kept(100)?.outcomes.count, 1, "the nearest range")
        try expectEqual(try kept(1_000), nil, "behind the last row")
        try expectEqual(try kept(0, at: moment + 99)?.untilUnixSeconds, moment + 100, "until")
        try expectEqual(try kept(0, at: moment + 100), nil, "forgotten")
        func has(_ rows: Range<UInt32>, at seconds: UInt64 = moment, request: UInt8 = 1) throws -> Bool {
            let request = [UInt8](repeating: request, count: 16)
            return try store.log.hasKeptOutcomes(of: request, rows: rows, unixSeconds: seconds)
        }
        try expectEqual(try has(0..<1), true, "the first row of a set")
        try expectEqual(try has(999..<5_000), true, "the last row of a set, and more")
        try expectEqual(try has(1_000..<5_000), false, "behind the last row")
        try expectEqual(try has(400..<450, at: moment + 99), true, "within a set")
        try expectEqual(try has(0..<5_000, at: moment + 150), false, "forgotten")
        try expectEqual(try has(0..<5_000, request: 2), false, "another request has none")
        try expectEqual(
            try store.log.keptOutcomes(of: [UInt8](repeating: 2, count: 16), row: 0, unixSeconds: moment),
            nil,
            "another request"
        )
    }
}

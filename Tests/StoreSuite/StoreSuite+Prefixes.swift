internal import Resolution
internal import ResolutionProtocol

// Prefixes: numbers for life, standing, limits, tombstones.
extension StoreSuite {
    private static func terms(_ text: String, _ expecting: PrefixTerms.Expectation = .anything) -> PrefixTerms {
        PrefixTerms(prefix: Array(text.utf8), state: .homed, expecting: expecting)
    }

    @Sendable static func prefixLife(_ store: StoreUnderTest) throws {
        func set(_ terms: PrefixTerms) throws -> CommandOutcome { try store.apply(.setPrefix(terms)) }
        try expectEqual(try set(terms("88.7", .present)), .absent, "change of nothing")
        var new = terms("88.7", .absent)
        new.identifierCountMax = 5
        try expectEqual(try set(new), .done(sequence: 1), "allotted")
        try expectEqual(try set(terms("88.7", .absent)), .alreadyExists, "twice")
        var disabled = terms("88.7", .present)
        (disabled.status, disabled.hosting) = (.disabled, .rejected)
        disabled.writesPerSecondMax = 9
        try expectEqual(try set(disabled), .done(sequence: 2), "disabled")
        var row = PrefixRow(prefix: Array("88.7".utf8), state: .homed, number: 1, status: .disabled)
        (row.hosting, row.identifierCountMax, row.writesPerSecondMax) = (.rejected, 5, 9)
        try expectEqual(try store.prefixRows(), [row], "what is not said stays")
        try expectEqual(try store.apply(.removePrefix(prefix: row.prefix)), .done(sequence: 3), "withdrawn")
        let tombstone = PrefixRow(prefix: row.prefix, state: .withdrawn, number: 1)
        try expectEqual(try store.prefixRows(), [tombstone], "a tombstone")
        for expecting in [PrefixTerms.Expectation.absent, .anything] {
            try expectEqual(try set(terms("88.7", expecting)), .alreadyExists, "not allotted again silently")
        }
        var revived = terms("88.7", .absent)
        revived.revivesWithdrawn = true
        var present = revived
        present.expecting = .present
        try expectEqual(try set(present), .absent, "a tombstone is not present")
        try expectEqual(try set(revived), .done(sequence: 4), "allotted again")
        let fresh = PrefixRow(prefix: row.prefix, state: .homed, number: 1)
        try expectEqual(try store.prefixRows(), [fresh], "without what it had, but for the number")
        var withdrawn = terms("88.7")
        withdrawn.state = .withdrawn
        try expectEqual(try set(withdrawn), .refused(.invalidPrefix), "withdrawing has a command of its own")
    }

    @Sendable static func identifierQuota(_ store: StoreUnderTest) throws {
        var terms = terms("88.7")
        terms.identifierCountMax = 2
        _ = try store.apply(.setPrefix(terms))
        _ = try put(store, "0.NA/88.7", "record", .absent)
        _ = try put(store, "88.7/a", "1", .absent)
        _ = try put(store, "88.7/" + String(repeating: "b", count: 900), "2", .absent)
        _ = try put(store, "88.77/c", "of another prefix", .absent)
        try expectEqual(try store.identifierCounts(), [1: 2], "counted")
        try expectEqual(try put(store, "88.7/c", "3", .absent), .quotaReached(countMax: 2), "one more")
        try expectEqual(try put(store, "88.7/c", "3"), .quotaReached(countMax: 2), "in whatever way")
        try expectEqual(try put(store, "88.7/a", "4"), .done(sequence: 6), "one that is there")
        try expectEqual(
            try store.apply(.removePrefix(prefix: terms.prefix)),
            .refused(.prefixInUse),
            "withdrawing with identifiers"
        )
        _ = try store.apply(.remove(name: try identifier("88.7/A"), expecting: .present))
        try expectEqual(try store.identifierCounts(), [1: 1], "after a removal")
        try expectEqual(try put(store, "88.7/c", "3", .absent), .done(sequence: 8), "room again")
        terms.identifierCountMax = 0
        _ = try store.apply(.setPrefix(terms))
        try expectEqual(try put(store, "88.7/d", "5", .absent), .done(sequence: 10), "no limit")
        let removal = Command.Change.removePrefix(prefix: terms.prefix, evenWithIdentifiers: true)
        try expectEqual(try store.apply(removal), .done(sequence: 11), "withdrawn even so")
        try expectEqual(try store.identifierCounts(), [1: 3], "they are still there")
    }
}

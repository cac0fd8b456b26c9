internal import Resolution
public import ResolutionProtocol

/// The tests that every `RecordStore` and `ChangeLog` must pass. Knows no test library: a failed check throws.
public enum StoreSuite {
    /// One check, for a new and empty store that folds case everywhere.
    public struct Check: Sendable, CustomStringConvertible {
        /// What must hold.
        public let description: String
        /// Throws if it does not.
        public let run: @Sendable (StoreUnderTest) throws -> Void
    }

    /// All checks.
    public static let checks: [Check] = [
        Check(description: "a batch gives results in the order of its keys, absent ones included", run: batchOrder),
        Check(description: "names are found whatever their ASCII case, and keep their spelling", run: caseFolding),
        Check(description: "a bare prefix and its record are the same", run: barePrefix),
        Check(description: "P9: identifiers of every length up to 2,048 bytes are kept apart", run: lengths),
        Check(description: "expectations decide, in the order of the commands", run: expectations),
        Check(description: "what cannot be held is refused and changes nothing", run: refusals),
        Check(description: "the log tells each change once, in order, without gaps", run: logEntries),
        Check(description: "prefixes get numbers for life", run: prefixNumbers),
        Check(description: "prefixes have standing, limits and tombstones", run: prefixLife),
        Check(description: "identifiers are counted by prefix, and a full prefix takes no more", run: identifierQuota),
        Check(description: "a list is complete, in parts of any size, long names included", run: listing),
        Check(description: "a list goes on while others write", run: listingWhileWriting),
        Check(description: "a set is carried out in order, with what was decided before", run: sets),
        Check(description: "an atomic set is carried out whole or not at all", run: atomicSets),
        Check(description: "a repeated set executes nothing and gives the first outcomes", run: repeatedSets),
        Check(description: "kept outcomes are found by any of their rows until they are forgotten", run: keptOutcomes),
        Check(description: "a store does what a dictionary does, over random commands", run: randomCommands),
    ]

    /// A value with `text` under `index`.
    public static func value(_ text: String, index: UInt32 = 1) -> HandleValue {
        HandleValue(index: index, timestamp: 1, type: Array("URL".utf8), data: Array(text.utf8))
    }

    /// An identifier that is known to be one.
    public static func identifier(_ text: String) throws -> Identifier { try Identifier(Array(text.utf8)) }

    static func expect(_ holds: Bool, _ text: @autoclosure () -> String) throws {
        if !holds { throw StoreSuiteFailure(description: text()) }
    }

    static func expectEqual<Value: Equatable>(
        _ value: Value,
        _ wanted: Value,
        _ text: @autoclosure () -> String
    ) throws {
        if value != wanted { throw StoreSuiteFailure(description: "\(text()): \(value), not \(wanted)") }
    }

    static func put(
        _ store: StoreUnderTest,
        _ name: String,
        _ text: String,
        _ expecting: Command.Expectation = .anything
    ) throws -> CommandOutcome {
        try store.apply(.put(name: try identifier(name), values: [value(text)], expecting: expecting))
    }
}

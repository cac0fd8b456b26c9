public import Resolution
public import ResolutionProtocol

/// An engine as the suite sees it: new and empty.
public struct StoreUnderTest {
    /// Looks records up.
    public var records: any RecordStore
    /// Changes them.
    public var log: any ChangeLog
    /// Lists names.
    public var listing: any RecordListing
    /// Reads the prefixes.
    public var prefixRows: () throws -> [PrefixRow]
    /// Counts identifiers by prefix number.
    public var identifierCounts: () throws -> [UInt32: UInt64]

    /// An engine.
    public init(
        records: any RecordStore,
        log: any ChangeLog,
        listing: any RecordListing,
        prefixRows: @escaping () throws -> [PrefixRow] = { [] },
        identifierCounts: @escaping () throws -> [UInt32: UInt64] = { [:] }
    ) {
        self.records = records
        self.log = log
        self.listing = listing
        self.prefixRows = prefixRows
        self.identifierCounts = identifierCounts
    }
}

/// What the suite expected and did not find.
public struct StoreSuiteFailure: Error, CustomStringConvertible {
    /// What it was.
    public let description: String
}

/// What looking a name up gave, copied out.
public struct FoundRecord: Equatable {
    /// What the look-up gave.
    public var status: RecordStatus
    /// The name as registered; the key if it is that.
    public var name: [UInt8] = []
    /// The change that wrote it.
    public var sequence: UInt64 = 0
    /// Its values.
    public var values: [HandleValue] = []
    /// Whether it can be answered whole.
    public var areAllPublic = false
}

extension StoreUnderTest {
    /// Looks `names` up in one batch; at most 32.
    public func find(
        _ names: [[UInt8]],
        folding: IdentifierFolding = IdentifierFolding(isSuffixCaseSensitive: false)
    ) throws -> [FoundRecord] {
        var keys = KeyBatch()
        for name in names { keys.append(key: folding.key(of: name).span.bytes) }
        var found: [FoundRecord] = []
        var failure: (any Error)?
        records.withRecords(of: keys) { batch in
            for index in 0..<batch.count {
                do {
                    found.append(try Self.copy(batch, index, key: folding.key(of: names[index])))
                } catch {
                    failure = error
                }
            }
        }
        if let failure { throw failure }
        return found
    }

    /// Looks one name up.
    public func find(_ name: [UInt8]) throws -> FoundRecord {
        guard let found = try find([name]).first else { throw StoreSuiteFailure(description: "no result for one key") }
        return found
    }

    private static func copy(_ batch: borrowing RecordBatch, _ index: Int, key: [UInt8]) throws -> FoundRecord {
        guard batch.status(at: index) == .found else { return FoundRecord(status: batch.status(at: index)) }
        let view = try StoredRecordView(batch.record(at: index))
        return FoundRecord(
            status: .found,
            name: view.name.byteCount == 0 ? key : [UInt8](view.name),
            sequence: view.sequence,
            values: try view.decodedValues(),
            areAllPublic: view.areAllPublic
        )
    }

    /// Appends a command and waits for what becomes of it.
    public func apply(_ change: Command.Change, at unixSeconds: UInt64 = 1_000) throws -> CommandOutcome {
        let box = OutcomeBox<CommandOutcome>()
        let isTaken = log.append(Command(change, unixSeconds: unixSeconds, origin: Array("suite".utf8))) {
            box.set($0)
        }
        guard isTaken else { throw StoreSuiteFailure(description: "the queue took nothing") }
        return try box.wait().get()
    }

    /// Appends a set and waits for what becomes of it.
    public func apply(_ set: CommandSet) throws -> CommandSetOutcome {
        let box = OutcomeBox<CommandSetOutcome>()
        guard log.append(set, then: { box.set($0) }) else {
            throw StoreSuiteFailure(description: "the queue took nothing")
        }
        return try box.wait().get()
    }
}

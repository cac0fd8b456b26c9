import Glibc
import Resolution
import ResolutionProtocol
import StoreSuite
import Testing

@testable import StorageLMDB

/// A store with an index of hints whose writer thread does not run: the test says when it sweeps.
final class IndexedSample {
    let store: Store
    private let directory: String
    private let reader: LMDBReader
    private let underTest: StoreUnderTest

    static var options: StoreOptions {
        var options = smallOptions
        options.index = HintIndexOptions()
        options.index?.capacity = 12_000
        return options
    }

    init(store: Store, directory: String) throws {
        self.store = store
        self.directory = directory
        reader = try store.makeReader()
        underTest = StoreUnderTest(records: reader, log: store.log, listing: store)
    }

    /// A new store in `directory`, which is made.
    convenience init(_ directory: String) throws {
        try Store.create(directory: directory, options: Self.options)
        try self.init(store: try Store.open(directory: directory, options: Self.options), directory: directory)
    }

    static func name(_ number: Int) -> [UInt8] { HintModel.name(number) }

    /// The key of that name, which is the same.
    static func key(_ number: Int) -> [UInt8] { HintModel.name(number) }

    static func value(_ number: Int, version: Int) -> HandleValue { HintModel.value(number, version: version) }

    var figures: HintFigures { store.environment.hints?.figures ?? HintFigures() }

    /// The newest transaction that the index knows of.
    var covered: UInt64 {
        store.environment.hints.map { $0.covered.load(as: UInt64.self) } ?? 0
    }

    var bypassedCount: UInt64 { count(.bypassed) }

    func count(_ kind: HintReadCounts.Kind) -> UInt64 { reader.hintCounts?.value(kind) ?? 0 }

    func put(_ numbers: Range<Int>, version: Int) throws {
        _ = try store.apply(
            numbers.map { number in
                Command(
                    .put(
                        name: try Identifier(Self.name(number)),
                        values: [Self.value(number, version: version)],
                        expecting: .anything
                    ),
                    unixSeconds: 1,
                    origin: []
                )
            }
        )
    }

    func put(_ name: [UInt8], text: String) throws {
        let values = [StoreSuite.value(text)]
        let change = Command.Change.put(name: try Identifier(name), values: values, expecting: .anything)
        _ = try store.apply([Command(change, unixSeconds: 1, origin: [])])
    }

    func remove(_ numbers: Range<Int>) throws {
        _ = try store.apply(
            numbers.map { number in
                Command(
                    .remove(name: try Identifier(Self.name(number)), expecting: .present),
                    unixSeconds: 1,
                    origin: []
                )
            }
        )
    }

    /// Walks through all records once, or twice when the walk was under way.
    func sweep() {
        for _ in 0..<1_000 where store.environment.sweepHints() != .atRest {}
    }

    /// What looking one name up gives, and who answered.
    func find(_ name: [UInt8]) throws -> (FoundRecord, HintReadCounts.Kind?) {
        let before = HintReadCounts.Kind.allCases.map(count)
        let found = try underTest.find(name)
        let kinds = zip(HintReadCounts.Kind.allCases, before).filter { count($0) > $1 }.map(\.0)
        return (found, kinds.count == 1 ? kinds[0] : nil)
    }

    func expect(
        _ numbers: Range<Int>,
        version: Int,
        answered kind: HintReadCounts.Kind? = nil,
        at place: SourceLocation = #_sourceLocation
    ) throws {
        for number in numbers {
            let (found, answered) = try find(Self.name(number))
            #expect(found.values == [Self.value(number, version: version)], "\(number)", sourceLocation: place)
            if let kind { #expect(answered == kind, "\(number)", sourceLocation: place) }
        }
        let batch = try underTest.find(numbers.prefix(32).map(Self.name))
        let wanted = numbers.prefix(32).map { [Self.value($0, version: version)] }
        #expect(batch.map(\.values) == wanted, "in one batch", sourceLocation: place)
    }

    func expectAbsence(of numbers: Range<Int>, at place: SourceLocation = #_sourceLocation) throws {
        for number in numbers {
            let (found, answered) = try find(Self.name(number))
            #expect(found.status == .absent, "\(number)", sourceLocation: place)
            #expect(answered == .absent, "\(number)", sourceLocation: place)
        }
    }

    /// What LMDB alone says of the record's values.
    func stored(_ number: Int) throws -> [HandleValue] {
        let plain = StoreUnderTest(records: try store.makeReader(usingIndex: false), log: store.log, listing: store)
        return try plain.find(Self.name(number)).values
    }

    /// Another process, which does not know of the lock on the directory, writes the record.
    func writeForeign(number: Int, version: Int) throws {
        let process = try CrashProcess("foreign", directory, "\(number):\(version)")
        #expect(process.wait() == 0)
    }

    /// Changes a byte of the record in the data file: the map shows it.
    func damage(number: Int) throws {
        let offset = try store.environment.read { transaction throws(LMDBError) -> Int? in
            let value = try transaction.get(transaction.tables.records, Self.key(number))
            return value.flatMap { store.environment.map.offset(of: $0.baseAddress.map { $0 + 60 }) }
        }
        let descriptor = open(directory + "/hanjiang.lmdb", O_RDWR)
        defer { close(descriptor) }
        var byte: UInt8 = 0
        try #require(pread(descriptor, &byte, 1, try #require(offset)) == 1)
        byte ^= 4
        try #require(pwrite(descriptor, &byte, 1, try #require(offset)) == 1)
    }
}

/// Runs `body` with a new store that has an index of hints.
func withIndexedStore(
    _ options: StoreOptions = IndexedSample.options,
    _ body: (IndexedSample) throws -> Void
) throws {
    let directory = try TemporaryDirectory()
    let store = try makeStore(directory, options)
    try body(try IndexedSample(store: store, directory: directory.path))
}

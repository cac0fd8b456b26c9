internal import Glibc
internal import Resolution
internal import ResolutionProtocol
internal import StorageLMDB
internal import StoreSuite
internal import Synchronization

/// A process that works on a store until it is killed, and keeps what it has done in a file that survives it.
///
///     crash-writer changes DIRECTORY JOURNAL       creates, updates and removes for ever
///     crash-writer sets    DIRECTORY JOURNAL       sends the sets of a model for ever, in order
///     crash-writer power   DIRECTORY SETS          sends that many, and says of each on descriptor 3 when it is done
///     crash-writer errors  DIRECTORY JOURNAL       works on while the disk refuses
///     crash-writer count   DIRECTORY JOURNAL       counts queries for ever
///     crash-writer load    DIRECTORY ROWS          loads that many rows
///     crash-writer hold    DIRECTORY FILE          keeps a snapshot for ever; makes FILE when it has it
///     crash-writer foreign DIRECTORY NUMBER:VERSION  writes a record beside the process that has the lock
///     crash-writer fault   DIRECTORY FILE          reads beyond the end of a file cut short; errors go to FILE
@main
enum CrashWriter {
    static func main() {
        let arguments = CommandLine.arguments
        guard arguments.count == 4 else {
            end("usage: crash-writer changes|sets|power|errors|count|load|hold|foreign|fault DIRECTORY FILE|ROWS")
        }
        do {
            switch arguments[1] {
            case "changes": try writeChanges(arguments[2], arguments[3])
            case "sets": try SetWriting.writeForEver(arguments[2], arguments[3])
            case "power": try SetWriting.write(arguments[2], count: UInt64(arguments[3]) ?? 0)
            case "errors": try DiskErrors.meet(arguments[2], arguments[3])
            case "count": try count(arguments[2], arguments[3])
            case "hold": try hold(arguments[2], arguments[3])
            case "foreign": try ForeignWriting.write(arguments[2], arguments[3])
            case "fault": try fault(arguments[2], arguments[3])
            case "load": try load(arguments[2], Int(arguments[3]) ?? 0)
            default: end("unknown work: \(arguments[1])")
            }
        } catch {
            end("\(error)")
        }
    }

    static func end(_ text: String) -> Never {
        let line = Array((text + "\n").utf8)
        _ = line.withUnsafeBytes { write(2, $0.baseAddress, $0.count) }
        exit(2)
    }

    static var options: StoreOptions {
        var options = StoreOptions()
        options.mapSizeBytes = 1 << 20
        options.prefixSlots = 64
        options.sourceEntries = 256
        options.index = HintIndexOptions()
        return options
    }

    /// Word 2n of the journal: newest version of identifier n that was asked for; word 2n + 1: that was acknowledged.
    private static func writeChanges(_ directory: String, _ path: String) throws {
        let journal = SharedWords(path: path, count: CrashModel.identifierCount * 2)
        guard let journal else { end("no journal") }
        let store = try Store.open(directory: directory, options: options)
        try store.log.start()
        // One change of an identifier at a time. What an earlier process asked for and did not see acknowledged may be
        // there or not, and stays so until a newer version is acknowledged.
        let underWay = Mutex<Set<Int>>([])
        var random = SystemRandomNumberGenerator()
        while true {
            let number = Int.random(in: 0..<CrashModel.identifierCount, using: &random)
            guard underWay.withLock({ $0.insert(number).inserted }) else { continue }
            let version = journal[number * 2] + 1
            let change = try CrashModel.change(number, version: version)
            journal[number * 2] = version
            let command = Command(change, unixSeconds: version, origin: Array("crash".utf8))
            let isTaken = store.log.append(command) { result in
                guard case .success = result else { end("\(result)") }
                journal[number * 2 + 1] = version
                underWay.withLock { _ = $0.remove(number) }
            }
            if !isTaken { end("not taken") }
        }
    }

    /// Word 0 of the journal: queries counted, added to after each.
    private static func count(_ directory: String, _ path: String) throws {
        guard let journal = SharedWords(path: path, count: 1) else { end("no journal") }
        let store = try Store.open(directory: directory, options: options)
        try store.log.start()
        let now = Int64(time(nil))
        guard let page = store.counts.page(worker: 0, day: CountDay(unixSeconds: now)) else { end("no page") }
        while true {
            let number = journal[0]
            page.note(
                prefix: Int(number % 50),
                origin: .external,
                isFound: true,
                latencyNanoseconds: 100 + number % 50,
                secondOfDay: CountDay.secondOfDay(unixSeconds: now)
            )
            journal[0] = number + 1
        }
    }

    private static func hold(_ directory: String, _ path: String) throws {
        var options = options
        options.isReadOnly = true
        let store = try Store.open(directory: directory, options: options)
        try store.makeReader().withRecords(of: KeyBatch()) { _ in
            close(creat(path, 0o600))
            while true { sleep(1) }
        }
    }

    private static func fault(_ directory: String, _ path: String) throws {
        let store = try Store.open(directory: directory, options: options)
        guard let map = store.mapRange else { end("the map is not known") }
        dup2(creat(path, 0o600), 2)
        DamageReporter.install(mapAddress: map.address, mapSize: map.byteCount)
        truncate(directory + "/hanjiang.lmdb", 8_192)
        try store.scan { _ in true }
    }

    private static func load(_ directory: String, _ rowCount: Int) throws {
        let store = try Store.open(directory: directory, options: options)
        let loader = BulkLoader(store: store, unixSeconds: 1, origin: Array("crash".utf8))
        for row in 0..<rowCount {
            // An order that is none of the keys'.
            let number = row * 7_919 % rowCount
            var list = WireWriter(capacity: 512)
            list.array(LoadModel.values(number))
            let name = try Identifier(LoadModel.name(number))
            _ = try loader.add(name, valueList: list.bytes, areAllPublic: true, row: UInt64(row + 1))
        }
        _ = try loader.finish { _ in _ = "+".utf8CString.withUnsafeBytes { write(1, $0.baseAddress, 1) } }
    }
}

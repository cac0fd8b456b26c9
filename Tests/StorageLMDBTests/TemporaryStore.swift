import Foundation
import Glibc
import Resolution
import ResolutionProtocol
import StoreSuite
import Testing

@testable import StorageLMDB

/// A data directory for one test, removed with it.
final class TemporaryDirectory {
    let path: String

    init(in parent: String = NSTemporaryDirectory()) throws {
        var template = Array("\(parent)/hanjiang-store-XXXXXX".utf8CString)
        let made = template.withUnsafeMutableBufferPointer { $0.baseAddress.flatMap { mkdtemp($0) } }
        path = String(cString: try #require(made))
    }

    deinit { Self.remove(path) }

    static func remove(_ path: String) {
        if let directory = opendir(path) {
            defer { closedir(directory) }
            while let entry = readdir(directory) {
                let name = withUnsafeBytes(of: &entry.pointee.d_name) {
                    String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
                }
                if name != ".", name != ".." { remove("\(path)/\(name)") }
            }
            rmdir(path)
        } else {
            unlink(path)
        }
    }
}

/// Small sizes, so that tests are quick.
var smallOptions: StoreOptions {
    var options = StoreOptions()
    options.mapSizeBytes = 64 << 20
    options.prefixSlots = 64
    options.sourceEntries = 256
    options.index = HintVariant.ofAllTests.options
    return options
}

/// A new store, open.
func makeStore(_ directory: TemporaryDirectory, _ options: StoreOptions = smallOptions) throws -> Store {
    try Store.create(directory: directory.path, options: options)
    return try Store.open(directory: directory.path, options: options)
}

extension Store {
    /// The store as the suite sees it; its writer thread runs.
    func underTest() throws -> StoreUnderTest {
        StoreUnderTest(
            records: try makeReader(),
            log: log,
            listing: self,
            prefixRows: { try self.prefixRows() },
            identifierCounts: { try self.identifierCounts() }
        )
    }
}

/// Replays the log of `store`, which nobody writes to, into a new store, and compares the two byte for byte.
func checkReplay(of store: Store, _ place: String = "") throws {
    let directory = try TemporaryDirectory()
    try store.createTwin(in: directory.path, options: smallOptions)
    let twin = try Store.open(directory: directory.path, options: smallOptions)
    let entryCount = try twin.replay(from: store)
    #expect(try entryCount == store.figures().logEntryCount, "\(place): all entries")
    try twin.differences(from: store) { table, key in
        Issue.record("\(place): \(table) differ at \(String(decoding: key.prefix(80), as: UTF8.self))")
    }
}

/// Runs `body` with a store whose writer thread runs, and closes it.
func withStore(
    _ options: StoreOptions = smallOptions,
    _ body: (Store, StoreUnderTest) throws -> Void
) throws {
    let directory = try TemporaryDirectory()
    let store = try makeStore(directory, options)
    try store.log.start()
    defer { store.close() }
    try body(store, try store.underTest())
}

/// A file's bytes.
func readFile(_ path: String) throws -> [UInt8] {
    let descriptor = open(path, O_RDONLY)
    try #require(descriptor >= 0)
    defer { close(descriptor) }
    var status = stat()
    fstat(descriptor, &status)
    var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
    var count = 0
    while count < bytes.count {
        let part = bytes.withUnsafeMutableBytes {
            read(descriptor, $0.baseAddress.map { $0 + count }, $0.count - count)
        }
        try #require(part > 0)
        count += part
    }
    return bytes
}

/// Writes `bytes` over the file.
func writeFile(_ path: String, _ bytes: [UInt8]) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    try #require(descriptor >= 0)
    defer { close(descriptor) }
    var count = 0
    while count < bytes.count {
        let part = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress.map { $0 + count }, $0.count - count) }
        try #require(part > 0)
        count += part
    }
}

internal import Console
internal import Glibc
internal import RecordFiles
internal import ResolutionProtocol
internal import StorageLMDB

/// One export: writes the records of a store in the order of their keys.
final class ExportRun {
    /// What became of the records.
    struct Counts: Equatable {
        /// Written.
        var written = 0
        /// Secret keys left out.
        var secrets = 0
        /// Records that hold nothing but secret keys.
        var onlySecrets = 0
        /// Records that this format cannot hold.
        var unrepresentable = 0
        /// Records whose bytes are not those that were written.
        var damaged = 0
    }

    /// After how many records the clock, Ctrl-C and the memory are looked at.
    private static let stride = 4_096

    private let store: Store
    private let writer: any RecordWriter
    private let session: Session
    private let start = ContinuousClock.now
    private var progress: ProgressLine
    private var seenCount = 0
    private var row = ExportRow()
    private var failure: RecordFileError?
    /// What has been done so far.
    private(set) var counts = Counts()
    /// The first record that this format cannot hold, and why.
    private(set) var firstUnrepresentable: (name: [UInt8], error: RecordFileError)?

    init(_ store: Store, writer: any RecordWriter, total: UInt64?, session: Session) {
        self.store = store
        self.writer = writer
        self.session = session
        progress = ProgressLine(
            label: session.words("exporting", "导出"),
            total: total,
            terminal: session.errorTerminal,
            language: session.language
        )
    }

    /// Writes all records whose key begins with `keyPrefix`. False: Ctrl-C came.
    func run(keyPrefix: [UInt8], path: String) throws(CommandFailure) -> Bool {
        do throws(StoreError) {
            counts.damaged += try store.scan(keyPrefix: keyPrefix) { write($0) }
        } catch {
            throw CommandFailure(.store(error))
        }
        do throws(RecordFileError) {
            if let failure { throw failure }
            try writer.finish()
        } catch {
            // A reader that has gone is no failure: `| head`.
            if case .writeFailed(EPIPE) = error { throw CommandFailure([], exit: .done) }
            throw CommandFailure(.recordFile(error, path: path))
        }
        counts.secrets = row.secretCount
        if let text = progress.finish(done: UInt64(seenCount), at: ContinuousClock.now - start) { session.note(text) }
        return !Interruption.isRequested
    }

    private func write(_ record: borrowing ScannedRecord) -> Bool {
        seenCount += 1
        do {
            if try row.fill(name: record.name, valueList: record.valueList) {
                return writeRow(record) && goesOn
            }
            counts.onlySecrets += 1
        } catch {
            counts.damaged += 1
        }
        return goesOn
    }

    private func writeRow(_ record: borrowing ScannedRecord) -> Bool {
        do throws(RecordFileError) {
            try writer.write(row.row)
            counts.written += 1
        } catch .unrepresentable(let code) {
            counts.unrepresentable += 1
            let name = record.name.withUnsafeBytes { Array($0) }
            if firstUnrepresentable == nil { firstUnrepresentable = (name, .unrepresentable(code)) }
        } catch {
            failure = error
        }
        return failure == nil
    }

    private var goesOn: Bool {
        guard seenCount % Self.stride == 0 else { return true }
        if let text = progress.update(done: UInt64(seenCount), at: ContinuousClock.now - start) { session.note(text) }
        MappedPages.release(store)
        return !Interruption.isRequested
    }
}

internal import Console
internal import Glibc
internal import RecordFiles
internal import Resolution
internal import ResolutionProtocol
internal import StorageLMDB

/// One export of a store: writes its records in the order of their keys, but templates first, so that what is made
/// under them can be imported in this order.
final class ExportRun {
    /// After how many records the clock, Ctrl-C and the memory are looked at.
    private static let stride = 4_096

    private let store: Store
    private let output: ExportOutput
    private var failure: CommandFailure?

    init(_ store: Store, output: ExportOutput) {
        self.store = store
        self.output = output
    }

    /// Writes all records whose key begins with `keyPrefix`. False: Ctrl-C came.
    func run(keyPrefix: [UInt8]) throws(CommandFailure) -> Bool {
        if keyPrefix.isEmpty, let total = try? store.recordCount() { output.expect(total: Int(total)) }
        do throws(StoreError) {
            let heads = try templateHeads(keyPrefix)
            for head in heads { try store.scan(keyPrefix: head) { isTemplate($0, heads) ? write($0) : true } }
            output.counts.damaged += try store.scan(keyPrefix: keyPrefix) { isTemplate($0, heads) ? true : write($0) }
        } catch {
            throw CommandFailure(.store(error))
        }
        if let failure { throw failure }
        let isComplete = !Interruption.isRequested
        try output.finish(isComplete: isComplete)
        return isComplete
    }

    /// What the keys of templates begin with: those of `keyPrefix`, or of all prefixes where that is empty.
    private func templateHeads(_ keyPrefix: [UInt8]) throws(StoreError) -> Set<[UInt8]> {
        let prefixes = try keyPrefix.isEmpty ? store.prefixRows().map { $0.prefix + [UInt8(ascii: "/")] } : [keyPrefix]
        return Set(prefixes.map { store.folding.key(of: $0 + TemplateName.head) })
    }

    /// Whether a record is one of those that go first: its key begins with one of `heads`, and ten digits follow.
    private func isTemplate(_ record: borrowing ScannedRecord, _ heads: Set<[UInt8]>) -> Bool {
        guard TemplateName.isNamed(record.name) else { return false }
        let name = [UInt8](record.name)
        guard let head = TemplateName.head(of: name), head.count == name.count else { return false }
        return heads.contains(store.folding.key(of: Array(head.dropLast(TemplateName.digitCount))))
    }

    private func write(_ record: borrowing ScannedRecord) -> Bool {
        output.noteSeen()
        do throws(CommandFailure) {
            try output.write(name: record.name, valueList: record.valueList)
        } catch {
            failure = error
            return false
        }
        guard output.seenCount % Self.stride == 0 else { return true }
        output.showProgress()
        MappedPages.release(store)
        return !Interruption.isRequested
    }
}

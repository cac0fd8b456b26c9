internal import CZstd

/// The thread that merges runs into chunks and compresses them, while another writes.
final class LoadMerger: @unchecked Sendable {
    // Sendable: used by its thread alone once that runs.

    /// Rows of a chunk where each row may change a page of its own: bounds the pages of a transaction.
    private static let insertRowCountMax = 4_000

    private let runs: [LoadRun]
    private let queue: ChunkQueue
    private let rowCountMax: Int

    init(runs: [LoadRun], queue: ChunkQueue, isAppending: Bool) {
        self.runs = runs
        self.queue = queue
        rowCountMax = isAppending ? LoadChunk.rowCountMax : Self.insertRowCountMax
    }

    func run() {
        let compressor = ZSTD_createCCtx()
        defer { ZSTD_freeCCtx(compressor) }
        do throws(StoreError) {
            try merge(compressor)
            queue.finish(.success(()))
        } catch {
            queue.finish(.failure(error))
        }
    }

    private func merge(_ compressor: OpaquePointer?) throws(StoreError) {
        var merge = try LoadMerge(runs)
        var chunk = queue.makeChunk()
        while let row = merge.current {
            if chunk.endsWithKey(of: row) {
                chunk.noteRepeat(row)
            } else {
                if chunk.places.count >= rowCountMax || chunk.byteCount >= LoadChunk.byteCountSoftMax {
                    guard try send(chunk, compressor) else { return }
                    chunk = queue.makeChunk()
                }
                chunk.append(row)
            }
            try merge.advance()
        }
        if !chunk.isEmpty { _ = try send(chunk, compressor) }
    }

    private func send(_ chunk: SortedChunk, _ compressor: OpaquePointer?) throws(StoreError) -> Bool {
        try Store.lmdb("load", "compress") { () throws(LMDBError) in try chunk.compress(compressor) }
        return queue.push(chunk)
    }
}

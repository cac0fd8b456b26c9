internal import CZstd
internal import ResolutionProtocol

/// Rows in the order of their keys, as the log and the records need them; one entry of the log.
final class SortedChunk: @unchecked Sendable {
    // Sendable: filled by one thread, then handed over to another.

    /// Where the parts of a row lie.
    struct Place {
        var keyOffset: Int
        var keyByteCount: Int
        var nameOffset: Int
        var nameByteCount: Int
        var listOffset: Int
        var listByteCount: Int
        var row: UInt64
        var isNameTheKey: Bool
        var areAllPublic: Bool
    }

    private(set) var places: [Place] = []
    private var keys = WireWriter(capacity: 1 << 16, byteCountMax: 1 << 30)
    private var rows = WireWriter(capacity: 1 << 20, byteCountMax: 1 << 30)
    private(set) var compressed = WireWriter(capacity: 1 << 16, byteCountMax: 1 << 30)
    /// Rows that repeat an earlier one.
    var conflicts: [LoadConflict] = []

    var isEmpty: Bool { places.isEmpty && conflicts.isEmpty }
    var byteCount: Int { rows.count + keys.count }

    func removeAll() {
        places.removeAll(keepingCapacity: true)
        conflicts = []
        keys.removeAll()
        rows.removeAll()
        compressed.removeAll()
    }

    func append(_ row: LoadRow) {
        let (key, name, list) = (row.key, row.name, row.valueList)
        let keyOffset = keys.count
        keys.span(key.bytes)
        let start = rows.count
        LoadChunk.appendRow(sequence: 0, name: name.bytes, valueList: list.bytes, to: &rows)
        places.append(
            Place(
                keyOffset: keyOffset,
                keyByteCount: key.count,
                nameOffset: start + 10,
                nameByteCount: name.count,
                listOffset: start + 14 + name.count,
                listByteCount: list.count,
                row: row.row,
                isNameTheKey: row.isNameTheKey,
                areAllPublic: row.areAllPublic
            )
        )
    }

    /// Leaves out `row`, which has the key of the last row.
    func noteRepeat(_ row: LoadRow) {
        guard let last = places.last else { return }
        let name = [UInt8](row.name)
        // Long names have the same key when they are the same, or in theory when their digests are.
        let isSame =
            row.key.count < StoreKey.digestedByteCount
            || ASCIIFolding.areEqual(name.span.bytes, self.name(last).bytes)
        conflicts.append(
            LoadConflict(row: row.row, name: name, reason: isSame ? .duplicate(ofRow: last.row) : .keyCollision)
        )
    }

    /// Whether `row` has the key of the last row.
    func endsWithKey(of row: LoadRow) -> Bool {
        guard let last = places.last else { return false }
        return key(last).order(row.key) == 0
    }

    func key(_ place: Place) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: keys.address(of: place.keyOffset), count: place.keyByteCount)
    }

    func name(_ place: Place) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: rows.address(of: place.nameOffset), count: place.nameByteCount)
    }

    func valueList(_ place: Place) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: rows.address(of: place.listOffset), count: place.listByteCount)
    }

    /// The keys that the rows `taken` cover; all if nil.
    func range(_ taken: [Int]?) -> LoadRange {
        let (first, last) = taken.map { ($0.first, $0.last) } ?? (places.indices.first, places.indices.last)
        return LoadRange(
            first: first.map { [UInt8](key(places[$0])) } ?? [],
            last: last.map { [UInt8](key(places[$0])) } ?? []
        )
    }

    /// Compresses all rows, for the case that all are taken.
    func compress(_ compressor: OpaquePointer?) throws(LMDBError) {
        guard !places.isEmpty else { return }
        try LoadChunk.append(rows: rows.raw, rowCount: places.count, compressor: compressor, to: &compressed)
    }

    /// Compresses the rows `taken` alone, under the names `names` where they have others.
    func compress(only taken: [Int], names: [Int: [UInt8]]) throws(LMDBError) -> WireWriter {
        var kept = WireWriter(capacity: rows.count, byteCountMax: 1 << 30)
        for index in taken {
            let place = places[index]
            let list = valueList(place).bytes
            if let name = names[index] {
                LoadChunk.appendRow(sequence: 0, name: name.span.bytes, valueList: list, to: &kept)
            } else {
                LoadChunk.appendRow(sequence: 0, name: name(place).bytes, valueList: list, to: &kept)
            }
        }
        var chunk = WireWriter(capacity: 1 << 16, byteCountMax: 1 << 30)
        try LoadChunk.append(rows: kept.raw, rowCount: taken.count, compressor: nil, to: &chunk)
        return chunk
    }
}

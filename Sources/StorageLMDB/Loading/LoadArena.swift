internal import ResolutionProtocol

/// Rows of a load in memory, to be sorted and written as one run.
final class LoadArena {
    /// Bytes of rows.
    static let byteCountMax = 16 << 20
    /// The most rows: what sorting them needs stays small beside the rows.
    private static let rowCountMax = 250_000

    private struct Place {
        /// Eight bytes of the key behind what all keys have in common.
        var head: UInt64
        var offset: Int
    }

    // All at once: the system gives pages as they are used, and nothing is copied while it grows.
    private var bytes = WireWriter(capacity: byteCountMax, byteCountMax: byteCountMax)
    private var places: [Place] = []

    var isEmpty: Bool { places.isEmpty }

    func removeAll() {
        bytes.removeAll()
        places.removeAll(keepingCapacity: true)
    }

    /// Adds a row; false: it does not fit any more.
    func append(
        key: UnsafeRawBufferPointer,
        name: [UInt8],
        isNameTheKey: Bool,
        valueList: RawSpan,
        areAllPublic: Bool,
        row: UInt64
    ) -> Bool {
        let offset = bytes.count
        let fits = LoadRow.append(
            key: key,
            name: name,
            isNameTheKey: isNameTheKey,
            valueList: valueList,
            areAllPublic: areAllPublic,
            row: row,
            to: &bytes
        )
        guard fits, places.count < Self.rowCountMax else {
            bytes.truncate(to: offset)
            return false
        }
        places.append(Place(head: 0, offset: offset))
        return true
    }

    /// Sorts the rows by key and row number, and lends them in that order.
    func forEachSorted<Failure: Error>(_ body: (LoadRow) throws(Failure) -> Void) throws(Failure) {
        let base = bytes.address(of: 0)
        let common = commonByteCount(base)
        for index in places.indices {
            places[index].head = Self.head(LoadRow(address: base + places[index].offset).key, from: common)
        }
        places.sort { a, b in
            if a.head != b.head { return a.head < b.head }
            return LoadRow(address: base + a.offset).precedes(LoadRow(address: base + b.offset))
        }
        for place in places { try body(LoadRow(address: base + place.offset)) }
    }

    /// Bytes that all keys begin with.
    private func commonByteCount(_ base: UnsafeRawPointer) -> Int {
        guard let first = places.first else { return 0 }
        let key = LoadRow(address: base + first.offset).key
        var common = key.count
        for place in places {
            let other = LoadRow(address: base + place.offset).key
            common = min(common, other.count)
            var position = 0
            while position < common, key[position] == other[position] { position += 1 }
            common = position
        }
        return common
    }

    private static func head(_ key: UnsafeRawBufferPointer, from start: Int) -> UInt64 {
        guard key.count - start < 8 else {
            return UInt64(bigEndian: key.loadUnaligned(fromByteOffset: start, as: UInt64.self))
        }
        var head: UInt64 = 0
        for position in start..<start + 8 { head = head << 8 | (position < key.count ? UInt64(key[position]) : 0) }
        return head
    }
}

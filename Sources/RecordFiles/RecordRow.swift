/// One record as a file states it: an identifier and its values, in no format's and no protocol's form.
///
/// It is filled again for each record, so that reading allocates nothing once its arrays have grown.
package struct RecordRow: Sendable {
    /// All bytes the ranges below point into.
    package internal(set) var bytes: [UInt8] = []
    /// The identifier's bytes, UTF-8, 1…`RecordLimits.identifierByteCountMax` of them.
    package internal(set) var identifier: Range<Int> = 0..<0
    /// The values in the file's order; no two have the same index.
    package internal(set) var values: [ValueRow] = []
    /// The references of all values.
    package internal(set) var references: [ReferenceRow] = []
    /// Number of the record's first data row, from 1; the header and blank lines are not counted.
    package internal(set) var row = 0
    /// How many data rows the record takes: more than one only in LONG CSV.
    package internal(set) var rowCount = 0
    /// Number of the line the record begins in, from 1.
    package internal(set) var line = 0
    /// Where the record begins in the input, in bytes.
    package internal(set) var byteOffset = 0
    /// How many bytes it takes there, its last line end included.
    package internal(set) var byteCount = 0

    /// An empty row; give the same one to each call that reads.
    package init() {}

    /// Forgets the record and keeps the memory.
    package mutating func reset() {
        bytes.removeAll(keepingCapacity: true)
        values.removeAll(keepingCapacity: true)
        references.removeAll(keepingCapacity: true)
        identifier = 0..<0
    }

    /// Sets the identifier of a record about to be written.
    package mutating func setIdentifier(_ text: RawSpan) {
        identifier = append(text)
    }

    /// Adds a value to a record about to be written; `value`'s own ranges are replaced.
    package mutating func addValue(_ value: ValueRow, type: RawSpan, data: RawSpan) {
        var value = value
        value.type = append(type)
        value.data = append(data)
        value.references = references.count..<references.count
        values.append(value)
    }

    /// Adds a reference to the value added last.
    package mutating func addReference(_ text: RawSpan, index: UInt32) {
        guard let last = values.indices.last else { return }
        references.append(ReferenceRow(identifier: append(text), index: index))
        values[last].references = values[last].references.lowerBound..<references.count
    }

    /// Drops the time stamps of a record about to be written.
    package mutating func dropTimestamps() {
        for position in values.indices { values[position].timestamp = nil }
    }

    /// A copy of a part of `bytes`, for tests and messages; the import path reads `bytes` in place.
    package func copy(_ range: Range<Int>) -> [UInt8] {
        Array(bytes[range])
    }

    /// Appends `text` to `bytes` and says where it went.
    mutating func append(_ text: RawSpan) -> Range<Int> {
        text.withUnsafeBytes { append($0) }
    }

    @inline(__always)
    mutating func append(_ text: UnsafeRawBufferPointer) -> Range<Int> {
        let start = bytes.count
        bytes.append(contentsOf: text)
        return start..<start + text.count
    }

    /// Drops what was appended to `bytes` after `byteCount`.
    mutating func truncate(to byteCount: Int) {
        bytes.removeLast(bytes.count - byteCount)
    }
}

/// A file format this module reads and, for the most part, writes.
///
/// To add one: a case here, a `RecordReader`, a `RecordWriter` where it can be exact, the cases in `RecordFile`,
/// and docs/import-formats.md.
package enum RecordFormat: Sendable, CaseIterable {
    /// Comma-separated values, RFC 4180, in the WIDE or the LONG shape.
    case csv
    /// One JSON object per line.
    case jsonLines
    /// The text format of Handle.Net's batch tool, which has no place for time stamps and references.
    case batchText
    /// The first worksheet of an Office Open XML spreadsheet (.xlsx), in the shapes of CSV; read, not written.
    case spreadsheet

    /// Whether records can be written in it.
    package var isWritable: Bool { self != .spreadsheet }

    /// Whether it has a place for the time stamps of values.
    package var holdsTimestamps: Bool { self != .batchText }

    /// The ending of a rejects file's name, without the dot.
    package var rejectsEnding: String {
        switch self {
        case .csv, .spreadsheet: "csv"
        case .jsonLines: "jsonl"
        case .batchText: "txt"
        }
    }

    /// The format a file's name promises, by its ending; `nil` if the ending is none we know.
    package init?(path: String) {
        let name = Array(path.utf8).map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
        if name.hasEnding(".csv") {
            self = .csv
        } else if name.hasEnding(".jsonl") || name.hasEnding(".ndjson") {
            self = .jsonLines
        } else if name.hasEnding(".txt") || name.hasEnding(".batch") {
            self = .batchText
        } else if name.hasEnding(".xlsx") {
            self = .spreadsheet
        } else {
            return nil
        }
    }
}

extension [UInt8] {
    fileprivate func hasEnding(_ ending: StaticString) -> Bool {
        count >= ending.utf8CodeUnitCount
            && suffix(ending.utf8CodeUnitCount).elementsEqual(
                UnsafeBufferPointer(start: ending.utf8Start, count: ending.utf8CodeUnitCount)
            )
    }
}

internal import ArgumentParser
internal import RecordFiles

/// A record file's format on the command line.
enum FormatOption: String, CaseIterable, ExpressibleByArgument {
    case csv
    case jsonl
    case batch
    case xlsx

    /// The format.
    var format: RecordFormat {
        switch self {
        case .csv: .csv
        case .jsonl: .jsonLines
        case .batch: .batchText
        case .xlsx: .spreadsheet
        }
    }
}

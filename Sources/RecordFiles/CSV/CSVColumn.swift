/// What a CSV column is for.
enum CSVColumn {
    case identifier
    /// WIDE: a value, complete but for its data; its type lies in the header's `typeBytes`.
    case value(ValueRow)
    /// LONG.
    case index, type, data, format, ttl, permissions, timestamp, references
    /// `row`, `code`, `message` of a rejects file.
    case ignored
}

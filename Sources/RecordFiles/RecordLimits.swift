/// Bounds of what a record file may hold. What is over a bound is a row error, never more memory.
package enum RecordLimits {
    /// Longest cell or JSON string, in bytes: 1 MiB.
    package static let fieldByteCountMax = 1 << 20
    /// Longest record, all its rows together, in bytes as they stand in the file: 8 MiB.
    package static let recordByteCountMax = 8 << 20
    /// Longest identifier in bytes (data model §1).
    package static let identifierByteCountMax = 2_048
    /// Most columns a CSV header may have.
    package static let columnCountMax = 4_096
    /// Deepest nesting of JSON arrays and objects.
    package static let jsonDepthMax = 32
    /// How much of an over-long row is kept for the rejects file, in bytes.
    package static let cutTextByteCountMax = 1 << 16
}

package import ResolutionProtocol

/// What the control socket can be asked of reports: kind u8, and for some kinds more.
package enum ReportQuestion: Hashable, Sendable {
    /// `ReportOverview`.
    case overview
    /// Rows of all senders of one prefix together, as `[LedgerRow]`: totals so far, and the counts of `day` where one
    /// is given; `rowCountMax` at most.
    case rows(prefix: [UInt8], day: CountDay?)

    /// Rows in one answer.
    package static let rowCountMax = 200_000
}

extension ReportQuestion: WireCodable {
    package static var byteCountMin: Int { 1 }

    package init(from reader: inout WireReader) throws(WireError) {
        switch try reader.uint8() {
        case 0: self = .overview
        case 1: self = .rows(prefix: try reader.lengthPrefixedBytes(), day: nil)
        case 2:
            let prefix = try reader.lengthPrefixedBytes()
            self = .rows(prefix: prefix, day: CountDay(number: try reader.int32()))
        default: throw .invalidField
        }
    }

    package func write(to writer: inout WireWriter) {
        switch self {
        case .overview: writer.uint8(0)
        case .rows(let prefix, nil):
            writer.uint8(1)
            writer.lengthPrefixedBytes(prefix)
        case .rows(let prefix, let day?):
            writer.uint8(2)
            writer.lengthPrefixedBytes(prefix)
            writer.int32(day.number)
        }
    }
}

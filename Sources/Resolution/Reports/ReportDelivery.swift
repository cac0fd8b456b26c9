package import ResolutionProtocol

/// The body of operation 9003: who reports, and what.
///
///     identity: length i4, bytes | SignedReport
package struct ReportDelivery: Hashable, Sendable {
    /// Whose ledger it is, with the key that signed.
    package var identity: LedgerIdentity
    package var signed: SignedReport

    package init(identity: LedgerIdentity, signed: SignedReport) {
        self.identity = identity
        self.signed = signed
    }
}

extension ReportDelivery: WireCodable {
    package static var byteCountMin: Int { 4 + LedgerIdentity.byteCountMin + SignedReport.byteCountMin }

    package init(from reader: inout WireReader) throws(WireError) {
        identity = try LedgerIdentity(wire: try reader.lengthPrefixedBytes())
        signed = try SignedReport(from: &reader)
    }

    package func write(to writer: inout WireWriter) {
        writer.lengthPrefixedBytes(identity.wire)
        signed.write(to: &writer)
    }
}

/// The answer to operation 9003: the report is kept, durably.
///
///     name 16 | changed u8 | ignored rows u32
package struct ReportReceipt: Hashable, Sendable {
    /// The report's name.
    package var name: [UInt8]
    /// Whether it brought anything that was not known.
    package var hasChanged: Bool
    /// Rows of prefixes that are not the sender's: they are not counted.
    package var ignoredRowCount: UInt32

    package init(name: [UInt8], hasChanged: Bool, ignoredRowCount: UInt32) {
        self.name = name
        self.hasChanged = hasChanged
        self.ignoredRowCount = ignoredRowCount
    }
}

extension ReportReceipt: WireCodable {
    package static var byteCountMin: Int { ResolutionReport.nameByteCount + 5 }

    package init(from reader: inout WireReader) throws(WireError) {
        name = try reader.bytes(byteCount: ResolutionReport.nameByteCount)
        switch try reader.uint8() {
        case 0: hasChanged = false
        case 1: hasChanged = true
        default: throw .invalidField
        }
        ignoredRowCount = try reader.uint32()
    }

    package func write(to writer: inout WireWriter) {
        writer.bytes(name)
        writer.uint8(hasChanged ? 1 : 0)
        writer.uint32(ignoredRowCount)
    }
}

package import ResolutionProtocol

/// What other nodes have reported to this one.
///
///     senders: list of (length u8, prefix | store 16 | ReportTotals) | days: list of (day i32 | LedgerCounts)
package struct ReportOverview: Hashable, Sendable {
    /// A sender and what is kept of its reports.
    package struct Sender: Hashable, Sendable {
        package var sender: ReportSender
        package var totals: ReportTotals

        package init(sender: ReportSender, totals: ReportTotals) {
            self.sender = sender
            self.totals = totals
        }
    }

    /// A day and what all senders together reported of it.
    package struct Day: Hashable, Sendable {
        package var day: CountDay
        package var counts: LedgerCounts

        package init(day: CountDay, counts: LedgerCounts) {
            self.day = day
            self.counts = counts
        }
    }

    /// In the order of prefix and store.
    package var senders: [Sender]
    /// In their order; a day of which nobody has reported anything is left out.
    package var days: [Day]

    package init(senders: [Sender] = [], days: [Day] = []) {
        self.senders = senders
        self.days = days
    }
}

extension ReportOverview.Sender: WireCodable {
    package static var byteCountMin: Int { 1 + LedgerIdentity.storeByteCount + ReportTotals.byteCountMin }

    package init(from reader: inout WireReader) throws(WireError) {
        let prefix = try reader.bytes(byteCount: Int(try reader.uint8()))
        let store = try reader.bytes(byteCount: LedgerIdentity.storeByteCount)
        self.init(sender: ReportSender(prefix: prefix, store: store), totals: try ReportTotals(from: &reader))
    }

    package func write(to writer: inout WireWriter) {
        writer.uint8(UInt8(truncatingIfNeeded: sender.prefix.count))
        writer.bytes(sender.prefix)
        writer.bytes(sender.store)
        totals.write(to: &writer)
    }
}

extension ReportOverview.Day: WireCodable {
    package static var byteCountMin: Int { 4 + LedgerCounts.byteCount }

    package init(from reader: inout WireReader) throws(WireError) {
        self.init(day: CountDay(number: try reader.int32()), counts: try LedgerCounts(from: &reader))
    }

    package func write(to writer: inout WireWriter) {
        writer.int32(day.number)
        counts.write(to: &writer)
    }
}

extension ReportOverview: WireCodable {
    package static var byteCountMin: Int { 8 }

    package init(from reader: inout WireReader) throws(WireError) {
        self.init(senders: try reader.array(), days: try reader.array())
    }

    package func write(to writer: inout WireWriter) {
        writer.array(senders)
        writer.array(days)
    }
}

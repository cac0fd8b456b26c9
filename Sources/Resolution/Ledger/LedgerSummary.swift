/// What a verification has seen of a ledger.
package struct LedgerSummary: Hashable, Sendable {
    /// Entries that were read.
    package var entryCount: UInt64 = 0
    /// Of these, entries of days and corrections.
    package var dayCount: UInt64 = 0
    package var correctionCount: UInt64 = 0
    /// Number of the first entry.
    package var first: UInt64?
    /// The first and the last day with an entry of its own.
    package var firstDay: CountDay?
    package var lastDay: CountDay?
    /// Digest of the last head: who has noted it knows later that nothing before it was changed.
    package var lastDigest: [UInt8] = []
    /// The cumulative totals of the last entry.
    package var cumulative = LedgerCounts()
    /// Who signed last.
    package var identity: LedgerIdentity?
    /// Everything that is wrong, those that were not kept included.
    package var findingCount = 0

    package init() {}
}

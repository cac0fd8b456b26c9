/// What is wrong with a ledger, and where.
package struct LedgerFinding: Hashable, Sendable {
    /// What it is.
    package enum Problem: String, Sendable, CaseIterable {
        /// A byte is not the one that was written.
        case changedByte = "changed-byte"
        /// From here on it cannot be read.
        case unreadable
        /// It stops before its end.
        case cutOff = "cut-off"
        /// What stands here does not belong here.
        case misplaced
        /// The number is not that of the next entry: entries are missing, twice there or in another order.
        case sequence
        /// The entry before is another one.
        case chain
        /// The day is not the next one, or one to come.
        case day
        /// Who signed is not told, or is not who is told.
        case identity
        /// The key is none that is trusted.
        case untrustedKey = "untrusted-key"
        /// The signature is none of this entry by this key.
        case signature
        /// The body is not what was signed.
        case body
        /// The rows do not add up to the totals.
        case sum
        /// A cumulative total is not that of before and what was added.
        case cumulative
        /// Rows are not in their order, or twice there.
        case order
        /// A row that the entry before had is missing.
        case missingRow = "missing-row"
        /// The largest source network is another one.
        case largest
        /// The entries are not as many as is told.
        case count
        /// The node's counts of the day are others.
        case recount
    }

    package var problem: Problem
    /// Number of the entry; nil: outside of entries.
    package var entry: UInt64?
    /// Its day.
    package var day: CountDay?
    /// The field, as docs/ledger.md calls it.
    package var field: String
    /// Its byte in the file, or in what would be one.
    package var offset: Int

    package init(_ problem: Problem, entry: UInt64?, day: CountDay?, field: String, offset: Int) {
        self.problem = problem
        self.entry = entry
        self.day = day
        self.field = field
        self.offset = offset
    }
}

/// Why the ledger cannot be continued.
package enum LedgerError: Error, Hashable, Sendable {
    /// A cumulative total would be larger than 2⁶⁴ − 1.
    case overflow
    /// More rows than an entry may have.
    case tooManyRows
    /// Ledgers are signed by Ed25519 and SM2 keys.
    case unsuitableKey
    /// What is stored is not what a ledger looks like.
    case unreadable
    /// The library of algorithms refused; says why.
    case cryptography(String)
}

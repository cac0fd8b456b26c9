internal import Cryptography

/// The ledger's digest, SHA-256: every auditor's machine has it.
enum LedgerDigest {
    static func of(_ bytes: [UInt8]) throws(LedgerError) -> [UInt8] {
        do throws(OpenSSLError) {
            return try Digest.sha256.digest(of: bytes)
        } catch {
            throw .cryptography("\(error)")
        }
    }

    /// The digest of pieces.
    static func running() throws(LedgerError) -> RunningDigest {
        do throws(OpenSSLError) { return try RunningDigest(.sha256) } catch { throw .cryptography("\(error)") }
    }
}

extension RunningDigest {
    func take(_ bytes: [UInt8]) throws(LedgerError) {
        do throws(OpenSSLError) { try update(bytes.span.bytes) } catch { throw .cryptography("\(error)") }
    }

    func end() throws(LedgerError) -> [UInt8] {
        do throws(OpenSSLError) { return try finish() } catch { throw .cryptography("\(error)") }
    }
}

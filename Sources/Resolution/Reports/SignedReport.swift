internal import Cryptography
package import ResolutionProtocol

/// A report with its signature: what goes upward, and what the level above keeps.
///
///     report: length i4, bytes | signature: length i4, bytes
package struct SignedReport: Hashable, Sendable {
    package let report: ResolutionReport
    package let signature: [UInt8]

    /// Signs `report` as `author`, who it says it is of.
    package init(_ report: ResolutionReport, by author: LedgerAuthor) throws(LedgerError) {
        var report = report
        report.identity = author.digest
        self.report = report
        signature = try author.signature(of: report.signedBytes)
    }

    /// Whether it is signed by the key of `identity`, and says so.
    package func isSigned(by identity: LedgerIdentity) -> Bool {
        guard let digest = try? identity.digest(), digest == report.identity,
            let key = try? PublicKey(subjectPublicKeyInfo: identity.publicKey), key.kind == .ed25519 || key.kind == .sm2
        else { return false }
        return (try? key.verifies(signature, of: report.signedBytes, digest: .sm3)) ?? false
    }
}

extension SignedReport: WireCodable {
    package static var byteCountMin: Int { 8 + ResolutionReport.byteCountMin }

    package init(from reader: inout WireReader) throws(WireError) {
        report = try ResolutionReport(wire: try reader.lengthPrefixedBytes())
        signature = try reader.lengthPrefixedBytes()
    }

    package func write(to writer: inout WireWriter) {
        writer.lengthPrefixedBytes(report.wire)
        writer.lengthPrefixedBytes(signature)
    }
}

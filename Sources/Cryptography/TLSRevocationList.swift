internal import COpenSSL

/// A list of certificates that an authority has taken back (CRL, RFC 5280 §5): owns the library's object.
final class TLSRevocationList {
    let list: OpaquePointer

    private static let label = "X509 CRL"

    private init(takingOwnershipOf list: OpaquePointer) { self.list = list }

    deinit { X509_CRL_free(list) }

    /// The lists of a PEM file, among other blocks; none where there are none.
    static func all(of file: TLSFile) throws(TLSContextError) -> [TLSRevocationList] {
        var found: [TLSRevocationList] = []
        for block in try TLSPEMBlock.all(of: file) where block.label == label {
            defer { ERR_clear_error() }
            guard let list = block.read({ PEM_read_bio_X509_CRL($0, nil, nil, nil) }) else {
                throw TLSContextError(file: file.name, reason: .unreadable(line: block.line))
            }
            found.append(TLSRevocationList(takingOwnershipOf: list))
        }
        return found
    }

    /// As `all(of:)`, of a file that is there for its lists: one at least.
    static func some(of file: TLSFile) throws(TLSContextError) -> [TLSRevocationList] {
        let found = try all(of: file)
        guard !found.isEmpty else { throw TLSContextError(file: file.name, reason: .missing(label: label)) }
        return found
    }
}

internal import ResolutionProtocol

/// Who has proven to hold a key: an identifier and the index of the key there (operations.md §14).
struct Identity: Hashable, Sendable {
    /// As the asker named it.
    let reference: ValueReference
    /// The folded identifier.
    let key: [UInt8]
    /// First eight octets of the SHA-256 of the key's data: which key it was, for the audit.
    let keyDigest: [UInt8]

    /// Whether `reference`, an administrator of something, means this identity: the same identifier, and the same index
    /// or any.
    func matches(_ reference: ValueReference, folding: IdentifierFolding) -> Bool {
        (reference.index == 0 || reference.index == self.reference.index)
            && folding.key(of: reference.identifier) == key
    }
}

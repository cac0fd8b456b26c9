/// Decentralized identifiers: `did:bid:` of BIF, and `did:vaa:`, which may hold an identifier of ours.
enum DIDForm {
    /// Characters of a whole BID (identification-system.md §14).
    private static let bidByteCounts = 39...57

    static func read(_ text: TracedText, _ context: RecognitionContext) -> SchemeReading? {
        guard text.begins(with: "did:") else { return nil }
        if text.begins(with: "did:bid:") { return bid(text) }
        if text.begins(with: "did:vaa:") { return vaa(text) }
        let rest = text.dropFirst(4)
        let end = rest.bytes.firstIndex(of: UInt8(ascii: ":")) ?? rest.count
        return .found(
            RecognisedForm(
                scheme: .did,
                canonical: text.bytes,
                route: .none,
                notes: [RecognitionNote(.unknownMethod(Array(rest.bytes[..<end])), at: text.place(4))]
            )
        )
    }

    private static func bid(_ text: TracedText) -> SchemeReading {
        let head = Array("did:bid:".utf8)
        var notes: [RecognitionNote] = []
        if !text.bytes.starts(with: head) { notes.append(RecognitionNote(.methodFolded, at: text.place(0))) }
        if !bidByteCounts.contains(text.count) {
            notes.append(RecognitionNote(.lengthOfBID(byteCount: text.count), at: text.place(text.count)))
        }
        return .found(
            RecognisedForm(
                scheme: .didBID,
                canonical: head + text.bytes.dropFirst(head.count),
                route: .blockchainInfrastructure,
                codingType: .didBID,
                notes: notes
            )
        )
    }

    /// What stands behind the last `:` before the first `/`: `did:vaa:<contract>:86.100.1234/…`.
    private static func vaa(_ text: TracedText) -> SchemeReading {
        let end = text.bytes.firstIndex(of: UInt8(ascii: "/")) ?? text.count
        let colon = text.bytes[..<end].lastIndex(of: UInt8(ascii: ":")) ?? 0
        let note = RecognitionNote(.takenOutOfDID, at: text.place(0))
        return .inside(text.dropFirst(colon + 1), .address, fallback: .did, notes: [note])
    }
}

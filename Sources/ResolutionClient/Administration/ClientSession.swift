internal import Authentication
internal import ResolutionProtocol

/// An open session, as its asker has it (security.md §7).
struct ClientSession: Sendable {
    let id: UInt32
    let key: SessionKey
    /// Whether the server knows who it is: until then one request at a time goes out.
    var isProven = false
    /// Counter of the last message sent.
    private(set) var counter: UInt32 = 0

    init(id: UInt32, key: SessionKey) {
        self.id = id
        self.key = key
    }

    /// The code of `message`, which is the next to be sent.
    mutating func credential(for message: CoveredMessage) throws(AskFailure) -> Credential {
        counter += 1
        do throws(ProofRefusal) {
            return try key.credential(for: message, counter: counter)
        } catch {
            throw .keyUnusable(error)
        }
    }
}

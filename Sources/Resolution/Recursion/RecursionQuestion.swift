package import ResolutionProtocol

/// What others are asked on behalf of an asker. Equal questions have one answer, so that many may wait for the same.
///
/// The recursion count is part of it: a question never waits for one that has come from itself by way of other nodes,
/// as that one has a higher count, so that nodes which ask each other in a circle end by the count and not by waiting
/// (reliability case F5).
package struct RecursionQuestion: Hashable, Sendable {
    /// The rule by which identifiers of other nodes are one (data-model.md §1.1): those nodes may distinguish the case
    /// of suffixes, whatever this one does.
    package static let folding = IdentifierFolding(isSuffixCaseSensitive: true)
    /// The highest recursion count of a request that is worked on; above it the answer is code 6 (wire.md §4).
    package static let recursionCountMax: UInt8 = 10

    /// The identifier as `folding` makes it: what is asked for, and the key of its answer in caches.
    package let key: [UInt8]
    /// Indexes of the values wanted; none where the answer is for the cache.
    package let indexes: [UInt32]
    /// Types of the values wanted; none where the answer is for the cache.
    package let types: [WireText]
    /// AT, CT and PO of the asker.
    package let flags: OpFlags
    /// Hops of the asker's request so far.
    package let recursionCount: UInt8
    /// Whether the answer is to prove who somebody is: it is asked for over connections alone, where a stranger cannot
    /// answer in a server's place, and must be signed by each server whose key is known.
    package let provesIdentity: Bool

    /// A question for `identifier`, with the flags of `flags` that matter to recursion.
    ///
    /// All values are asked for, so that one answer serves every asker, unless the flags forbid that it be cached.
    package init(
        identifier: [UInt8],
        indexes: [UInt32] = [],
        types: [WireText] = [],
        flags: OpFlags = .requestDefault,
        recursionCount: UInt8 = 0,
        provesIdentity: Bool = false
    ) {
        key = Self.folding.key(of: identifier)
        self.flags = flags.intersection([.authoritative, .certify, .publicOnly])
        self.recursionCount = recursionCount
        self.provesIdentity = provesIdentity
        let isForAll = Self.isCached(flags) && !provesIdentity
        self.indexes = isForAll ? [] : indexes
        self.types = isForAll ? [] : types
    }

    /// The question of `slot`, whose message lies in `block` and has been through the responder; nil where it cannot be
    /// read.
    package init?(of slot: RequestSlot, in block: RawSpan) {
        let bodyOffset = slot.offset &+ Envelope.byteCount &+ Header.byteCount
        guard bodyOffset &+ slot.bodyByteCount <= block.byteCount else { return nil }
        var reader = WireReader(block.extracting(bodyOffset..<(bodyOffset &+ slot.bodyByteCount)))
        guard let identifier = try? reader.lengthPrefixedBytes(), let indexes: [UInt32] = try? reader.array(),
            let types: [WireText] = try? reader.array()
        else { return nil }
        self.init(
            identifier: identifier,
            indexes: indexes,
            types: types,
            flags: slot.flags,
            recursionCount: slot.recursionCount
        )
    }

    /// Whether answers to requests with `flags` may come from a cache and go into it (operations.md §15.9).
    package static func isCached(_ flags: OpFlags) -> Bool {
        flags.contains(.publicOnly) && flags.isDisjoint(with: [.authoritative, .certify])
    }

    /// What the public keys of `identifier` are, which are to prove who somebody is: never from a cache, and from a
    /// primary site.
    package init(publicKeysOf identifier: [UInt8]) {
        self.init(
            identifier: identifier,
            types: [WireText(ValueType.publicKey)],
            flags: [.authoritative, .publicOnly],
            provesIdentity: true
        )
    }

    /// Whether its answer may come from a cache and go into it.
    package var isCached: Bool { Self.isCached(flags) && !provesIdentity }
}

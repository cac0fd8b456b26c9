package import Cryptography
internal import Synchronization

/// The TLS context by which a listener takes connections, for as long as no other takes its place.
package final class ReplaceableTLSContext: Sendable {
    private let context: Mutex<TLSContext>

    /// Begins with `context`, a server's.
    package init(_ context: TLSContext) { self.context = Mutex(context) }

    /// The one by which the next connection is taken.
    package var current: TLSContext { context.withLock { $0 } }

    /// Has the next connections go by `context`; those that are open keep theirs.
    package func replace(with context: TLSContext) { self.context.withLock { $0 = context } }
}

extension ReplaceableTLSContext: Hashable {
    package static func == (one: ReplaceableTLSContext, other: ReplaceableTLSContext) -> Bool { one === other }

    package func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}

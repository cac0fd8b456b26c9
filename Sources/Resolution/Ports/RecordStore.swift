/// Where records are kept, as the query path sees it. Not generic: it is crossed once per batch.
///
/// Each worker has one of its own, used by that worker alone.
/// A new engine: implement this, `ChangeLog`, `RecordListing` and `CountLedger` in a module of its own, run
/// `StoreSuite` on it, and add one case to the node; nothing else changes.
public protocol RecordStore: AnyObject {
    /// Calls `body` once with what was found, in the keys' order, from one snapshot that is taken now.
    ///
    /// What is lent is gone when this returns. Allocates nothing.
    func withRecords(of keys: borrowing KeyBatch, _ body: (borrowing RecordBatch) -> Void)
}

/// What a look-up gave.
public enum RecordStatus: UInt8, Sendable, BitwiseCopyable {
    /// No such record.
    case absent
    /// The record is lent.
    case found
    /// There is a record, but its bytes are not those that were written.
    case damaged
    /// The store could not look.
    case unavailable
}

/// One look-up's result, as an engine keeps it in memory of its own.
public struct RecordLookup: BitwiseCopyable {
    /// What it gave.
    public var status: RecordStatus
    /// First byte of a `StoredRecord` in the engine's memory; nil unless found.
    public var address: UnsafeRawPointer?
    /// Bytes at `address`.
    public var byteCount: Int

    /// A result.
    public init(status: RecordStatus, address: UnsafeRawPointer? = nil, byteCount: Int = 0) {
        self.status = status
        self.address = address
        self.byteCount = byteCount
    }
}

/// What a batch of look-ups gave; cannot outlive the call that lends it.
public struct RecordBatch: ~Copyable, ~Escapable {
    private let lookups: UnsafePointer<RecordLookup>
    /// Results, as many as there were keys.
    public let count: Int

    /// Lends `count` results at `lookups` for as long as `owner` is borrowed.
    @_lifetime(borrow owner)
    public init(lookups: UnsafePointer<RecordLookup>, count: Int, owner: borrowing some ~Copyable & ~Escapable) {
        self.lookups = lookups
        self.count = count
    }

    /// What look-up number `index` gave.
    public func status(at index: Int) -> RecordStatus { lookups[index].status }

    /// The record of look-up number `index`; no bytes unless it was found.
    @_lifetime(borrow self)
    public func record(at index: Int) -> RawSpan {
        let lookup = lookups[index]
        // Safe: the engine vouches for byteCount bytes at address until the call ends, which self cannot outlive.
        let span = UnsafeRawBufferPointer(start: lookup.address, count: lookup.byteCount).bytes
        return _overrideLifetime(span, borrowing: self)
    }
}

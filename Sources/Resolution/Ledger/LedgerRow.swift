package import ResolutionProtocol

/// Counts of a prefix and an origin class: those that the entry adds to its day, and all so far.
///
///     length u8 | prefix | class u8 | received u64 | found u64 | received so far u64 | found so far u64
///
/// The empty prefix stands for all that are not this node's. Rows stand in the order of prefix and class. An entry that
/// adds counts has a row for each prefix and class that ever had a query; one that adds none has no row.
package struct LedgerRow: Hashable, Sendable {
    /// What the counts are of.
    package struct Key: Hashable, Comparable, Sendable {
        package var prefix: [UInt8]
        package var origin: OriginClass

        package init(prefix: [UInt8], origin: OriginClass) {
            self.prefix = prefix
            self.origin = origin
        }

        package static func < (a: Key, b: Key) -> Bool {
            if a.prefix.lexicographicallyPrecedes(b.prefix) { return true }
            return a.prefix == b.prefix && a.origin.rawValue < b.origin.rawValue
        }
    }

    package var key: Key
    package var received: UInt64
    package var found: UInt64
    package var receivedSoFar: UInt64
    package var foundSoFar: UInt64

    package init(_ key: Key, received: UInt64, found: UInt64, receivedSoFar: UInt64, foundSoFar: UInt64) {
        self.key = key
        self.received = received
        self.found = found
        self.receivedSoFar = receivedSoFar
        self.foundSoFar = foundSoFar
    }
}

extension LedgerRow: WireCodable {
    package static var byteCountMin: Int { 34 }

    package init(from reader: inout WireReader) throws(WireError) {
        let prefix = try reader.bytes(byteCount: Int(try reader.uint8()))
        guard let origin = OriginClass(rawValue: try reader.uint8()) else { throw .invalidField }
        self.init(
            Key(prefix: prefix, origin: origin),
            received: try reader.uint64(),
            found: try reader.uint64(),
            receivedSoFar: try reader.uint64(),
            foundSoFar: try reader.uint64()
        )
    }

    package func write(to writer: inout WireWriter) {
        writer.uint8(UInt8(truncatingIfNeeded: key.prefix.count))
        writer.bytes(key.prefix)
        writer.uint8(key.origin.rawValue)
        for word in [received, found, receivedSoFar, foundSoFar] { writer.uint64(word) }
    }
}

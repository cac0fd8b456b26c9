package import ResolutionProtocol

/// Queries that a source network sent in an origin class, as far as sources were kept apart. An IPv4 network is a /24,
/// an IPv6 one a /56.
///
///     high u64 | low u64 | length u8 | class u8 | queries u64        in ascending order
package struct LedgerSourceRow: Hashable, Sendable {
    /// What the queries are of.
    package struct Key: Hashable, Comparable, Sendable {
        package var network: QuerySource
        package var origin: OriginClass

        package init(network: QuerySource, origin: OriginClass) {
            self.network = network
            self.origin = origin
        }

        private var order: (UInt64, UInt64, UInt8, UInt8) {
            (network.high, network.low, network.prefixLength, origin.rawValue)
        }

        package static func < (a: Key, b: Key) -> Bool { a.order < b.order }
    }

    package var key: Key
    package var count: UInt64

    package init(_ key: Key, count: UInt64) {
        self.key = key
        self.count = count
    }
}

extension LedgerSourceRow: WireCodable {
    package static var byteCountMin: Int { 26 }

    package init(from reader: inout WireReader) throws(WireError) {
        let network = QuerySource(
            high: try reader.uint64(),
            low: try reader.uint64(),
            prefixLength: try reader.uint8()
        )
        guard let origin = OriginClass(rawValue: try reader.uint8()) else { throw .invalidField }
        self.init(Key(network: network, origin: origin), count: try reader.uint64())
    }

    package func write(to writer: inout WireWriter) {
        writer.uint64(key.network.high)
        writer.uint64(key.network.low)
        writer.uint8(key.network.prefixLength)
        writer.uint8(key.origin.rawValue)
        writer.uint64(count)
    }
}

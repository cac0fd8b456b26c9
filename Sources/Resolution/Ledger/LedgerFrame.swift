package import ResolutionProtocol

/// A piece of the resolution ledger, of which an entry and an exported file are made (docs/ledger.md).
///
///     kind u8 | byte count of the content u16 | content | check u32
///
/// The check is FNV-1a (32 bits) over all before it. It proves nothing: it says where a byte was changed by accident.
/// Digest and signature prove.
package struct LedgerFrame: Hashable, Sendable {
    /// What the content is.
    package enum Kind: UInt8, Sendable, CaseIterable {
        /// Head of an entry: `LedgerHead`.
        case head = 1
        /// Whose ledger it is: `LedgerIdentity`.
        case identity = 2
        /// Counts of a prefix and an origin class: `LedgerRow`.
        case row = 3
        /// Queries of a source network and an origin class: `LedgerSourceRow`.
        case source = 4
        /// The signature that ends an entry.
        case signature = 5
        /// Head of a file: `LedgerFileHead`.
        case fileHead = 0x48
        /// End of a file: `LedgerFileEnd`.
        case fileEnd = 0x45
    }

    /// The most bytes of a content.
    package static let contentByteCountMax = 1_024
    /// Bytes before the content.
    package static let headByteCount = 3
    /// Bytes besides the content.
    package static let overheadByteCount = headByteCount + checkByteCount
    static let checkByteCount = 4

    package var kind: Kind
    package var content: [UInt8]

    package init(_ kind: Kind, _ content: [UInt8]) {
        self.kind = kind
        self.content = content
    }

    /// A frame with what `value` is on the wire.
    package init(_ kind: Kind, _ value: some WireCodable) { self.init(kind, value.wire) }

    /// The frame as it is stored.
    package var bytes: [UInt8] {
        let count = UInt16(truncatingIfNeeded: content.count)
        var bytes = [kind.rawValue, UInt8(truncatingIfNeeded: count >> 8), UInt8(truncatingIfNeeded: count)]
        bytes.reserveCapacity(content.count + Self.overheadByteCount)
        bytes += content
        let check = LedgerCheck.of(bytes[...])
        for shift in [24, 16, 8, 0] as [UInt32] { bytes.append(UInt8(truncatingIfNeeded: check >> shift)) }
        return bytes
    }

    /// Bytes that the frame takes which `bytes` begin with, as far as its length can be believed; nil: it cannot, or it
    /// is not there yet.
    static func byteCount(of bytes: ArraySlice<UInt8>) -> Int? {
        guard bytes.count >= headByteCount else { return nil }
        let start = bytes.startIndex
        let count = Int(bytes[start + 1]) << 8 | Int(bytes[start + 2])
        return count <= contentByteCountMax ? count + overheadByteCount : nil
    }

    /// The frame of exactly these bytes; nil: it is none, or a byte of it has changed.
    init?(whole bytes: ArraySlice<UInt8>) {
        guard Self.byteCount(of: bytes) == bytes.count, let first = bytes.first, let kind = Kind(rawValue: first),
            LedgerCheck.isRight(bytes)
        else { return nil }
        self.init(kind, Array(bytes[(bytes.startIndex + Self.headByteCount)..<(bytes.endIndex - Self.checkByteCount)]))
    }
}

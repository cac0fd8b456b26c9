package import ResolutionProtocol

/// A place in a stored ledger: a part of an entry.
///
///     entry u64 | part u32
package struct LedgerPlace: Hashable, Sendable {
    /// Where nothing more is.
    package static let end = LedgerPlace(entry: .max, part: .max)

    /// Number of the entry.
    package var entry: UInt64
    /// Part of it.
    package var part: UInt32

    package init(entry: UInt64, part: UInt32 = 0) {
        self.entry = entry
        self.part = part
    }
}

extension LedgerPlace: WireCodable {
    package static var byteCountMin: Int { 12 }

    package init(from reader: inout WireReader) throws(WireError) {
        self.init(entry: try reader.uint64(), part: try reader.uint32())
    }

    package func write(to writer: inout WireWriter) {
        writer.uint64(entry)
        writer.uint32(part)
    }
}

/// What the control socket can be asked of a node's ledger: kind u8, and for some kinds a place or a day.
package enum LedgerQuestion: Hashable, Sendable {
    /// `LedgerState`; nothing where the ledger has not begun.
    case state
    /// All identities, as frames.
    case identities
    /// The heads from this entry on, as frames; some thousands at most.
    case heads(from: UInt64)
    /// The place where the rest begins, `LedgerPlace.end` where there is none; then frames from this place on.
    case frames(from: LedgerPlace)
    /// The place of the entry that closed a day.
    case closing(CountDay)
}

extension LedgerQuestion: WireCodable {
    package static var byteCountMin: Int { 1 }

    package init(from reader: inout WireReader) throws(WireError) {
        switch try reader.uint8() {
        case 0: self = .state
        case 1: self = .identities
        case 2: self = .heads(from: try reader.uint64())
        case 3: self = .frames(from: try LedgerPlace(from: &reader))
        case 4: self = .closing(CountDay(number: try reader.int32()))
        default: throw .invalidField
        }
    }

    package func write(to writer: inout WireWriter) {
        switch self {
        case .state: writer.uint8(0)
        case .identities: writer.uint8(1)
        case .heads(let first):
            writer.uint8(2)
            writer.uint64(first)
        case .frames(let place):
            writer.uint8(3)
            place.write(to: &writer)
        case .closing(let day):
            writer.uint8(4)
            writer.int32(day.number)
        }
    }
}

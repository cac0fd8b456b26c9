package import ResolutionProtocol

/// What the route guardian records: that an address of another node does not answer, and what ends that. Each
/// "abnormal" is ended by exactly one other event, which names it.
///
///     number u64 | kind u8 | closes u64 | time i64 | since i64 | address 19 | cause u8 | prefix
///
/// `time` and `since` are in seconds since 1970; `cause` is 0 where there is none.
package struct GuardianEvent: Hashable, Sendable {
    /// What happened.
    package enum Kind: UInt8, Sendable, CaseIterable {
        /// It does not answer any more (异常).
        case abnormal = 1
        /// It answers again (恢复正常).
        case recovered = 2
        /// No delegation leads there any more, so that nothing more will be known (不再监测).
        case unwatched = 3

        /// Its name in reports.
        package var name: String {
            switch self {
            case .abnormal: "abnormal"
            case .recovered: "recovered"
            case .unwatched: "unwatched"
            }
        }
    }

    /// The most bytes of an event; more are none.
    package static let byteCountMax = 4_096

    /// Its number, from 1, in the order of events.
    package var number: UInt64
    package var kind: Kind
    /// Number of the "abnormal" that it ends; 0 where it is one.
    package var closes: UInt64 = 0
    /// When it was found.
    package var unixSeconds: Int64
    /// Since when it is so.
    package var sinceUnixSeconds: Int64
    package var address: WatchedAddress
    /// Why, of an "abnormal".
    package var cause: ProbeFailure?
    /// A prefix that led there.
    package var prefix: [UInt8]

    /// The events of `events` that nothing has ended, in their order.
    package static func open(of events: [GuardianEvent]) -> [GuardianEvent] {
        let ended = Set(events.map(\.closes))
        return events.filter { $0.kind == .abnormal && !ended.contains($0.number) }
    }
}

extension GuardianEvent: WireCodable {
    package static var byteCountMin: Int { 57 }

    package init(from reader: inout WireReader) throws(WireError) {
        number = try reader.uint64()
        guard let kind = Kind(rawValue: try reader.uint8()) else { throw .invalidField }
        self.kind = kind
        closes = try reader.uint64()
        unixSeconds = Int64(bitPattern: try reader.uint64())
        sinceUnixSeconds = Int64(bitPattern: try reader.uint64())
        address = try WatchedAddress(from: &reader)
        let cause = try reader.uint8()
        self.cause = ProbeFailure(rawValue: cause)
        guard cause == 0 || self.cause != nil, (kind == .abnormal) == (closes == 0), number > closes else {
            throw .invalidField
        }
        prefix = try reader.lengthPrefixedBytes()
    }

    package func write(to writer: inout WireWriter) {
        writer.uint64(number)
        writer.uint8(kind.rawValue)
        writer.uint64(closes)
        writer.uint64(UInt64(bitPattern: unixSeconds))
        writer.uint64(UInt64(bitPattern: sinceUnixSeconds))
        address.write(to: &writer)
        writer.uint8(cause?.rawValue ?? 0)
        writer.lengthPrefixedBytes(prefix)
    }
}

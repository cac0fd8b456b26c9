package import ResolutionProtocol

/// Queries by origin class: received, and those of them for which content was found and answered.
///
///     received 6 × u64 | found 6 × u64        in the order of `OriginClass`
package struct LedgerCounts: Hashable, Sendable {
    /// Bytes on the wire.
    package static let byteCount = 2 * classCount * 8
    static let classCount = OriginClass.allCases.count

    /// 12 words: received, then found.
    private var words: [UInt64]

    /// Nothing counted.
    package init() { words = Array(repeating: 0, count: 2 * Self.classCount) }

    /// Queries received from `origin`.
    package func received(_ origin: OriginClass) -> UInt64 { words[Int(origin.rawValue)] }

    /// Queries from `origin` for which content was found and answered.
    package func found(_ origin: OriginClass) -> UInt64 { words[Self.classCount + Int(origin.rawValue)] }

    /// 解析请求量: queries received, whoever asked. Nobody receives 2⁶⁴ in all classes together.
    package var requests: UInt64 { OriginClass.allCases.reduce(0) { $0 &+ received($1) } }

    /// 解析成功响应量: queries from outside for which content was found and answered.
    package var successes: UInt64 { sum(ofExternal: found) }

    /// Queries from outside, whatever the answer.
    package var externalRequests: UInt64 { sum(ofExternal: received) }

    private func sum(ofExternal value: (OriginClass) -> UInt64) -> UInt64 {
        OriginClass.allCases.reduce(0) { $0 &+ ($1.isExternal ? value($1) : 0) }
    }

    /// Whether there is none at all.
    package var isEmpty: Bool { words.allSatisfy { $0 == 0 } }

    /// Adds a row's counts of `origin`; throws where the sum is too large for its 64 bits.
    package mutating func add(received: UInt64, found: UInt64, of origin: OriginClass) throws(LedgerError) {
        try add(received, at: Int(origin.rawValue))
        try add(found, at: Self.classCount + Int(origin.rawValue))
    }

    /// Adds `other`; throws where a sum is too large for its 64 bits.
    package mutating func add(_ other: LedgerCounts) throws(LedgerError) {
        for index in words.indices { try add(other.words[index], at: index) }
    }

    private mutating func add(_ value: UInt64, at index: Int) throws(LedgerError) {
        let (sum, isTooLarge) = words[index].addingReportingOverflow(value)
        guard !isTooLarge else { throw .overflow }
        words[index] = sum
    }
}

extension LedgerCounts: WireCodable {
    package static var byteCountMin: Int { byteCount }

    package init(from reader: inout WireReader) throws(WireError) {
        self.init()
        for index in words.indices { words[index] = try reader.uint64() }
    }

    package func write(to writer: inout WireWriter) {
        for word in words { writer.uint64(word) }
    }
}

internal import ResolutionClient
internal import ResolutionProtocol

/// Makes questions in which something is wrong; a seed repeats them.
struct QuestionMutator {
    /// What is done to a question.
    private enum Change: Int, CaseIterable {
        case length, version, envelopeFlags, cut, bodyLength, identifierLength, listCount, operation, bits, tail, twice
    }

    private let question: [UInt8]
    private var numbers: SeededNumbers
    /// Where the identifier's length stands.
    private static let identifierOffset = Envelope.byteCount + Header.byteCount

    init(identifier: [UInt8], seed: UInt64) {
        question = Message.resolution(of: identifier).wire
        numbers = SeededNumbers(seed: seed)
    }

    /// The question as it should be, with a number of its own.
    mutating func whole() -> [UInt8] {
        var bytes = question
        put(UInt32(truncatingIfNeeded: numbers.next()) & 0x7FFF_FFFF | 1, at: 8, of: &bytes)
        return bytes
    }

    /// The next one with something wrong.
    mutating func next() -> [UInt8] {
        var bytes = whole()
        switch Change.allCases[numbers.below(Change.allCases.count)] {
        case .length: put(oddNumber(near: bytes.count - Envelope.byteCount), at: 16, of: &bytes)
        case .version: put(UInt32(truncatingIfNeeded: numbers.next()), at: 0, of: &bytes)
        case .envelopeFlags: bytes[2] = UInt8(truncatingIfNeeded: numbers.next())
        case .cut: bytes = Array(bytes.prefix(1 + numbers.below(bytes.count - 1)))
        case .bodyLength: put(oddNumber(near: question.count), at: Self.identifierOffset - 4, of: &bytes)
        case .identifierLength: put(oddNumber(near: bytes.count), at: Self.identifierOffset, of: &bytes)
        case .listCount: put(oddNumber(near: 0), at: bytes.count - 12, of: &bytes)
        case .operation: put(UInt32(truncatingIfNeeded: numbers.next()), at: Envelope.byteCount, of: &bytes)
        case .bits: for _ in 0...numbers.below(8) { bytes[numbers.below(bytes.count)] ^= 1 << numbers.below(8) }
        case .tail: bytes += random(byteCountMax: 64)
        case .twice: bytes += bytes
        }
        return bytes
    }

    /// Bytes without any sense, one at least.
    mutating func random(byteCountMax: Int) -> [UInt8] {
        (0...numbers.below(byteCountMax)).map { _ in UInt8(truncatingIfNeeded: numbers.next() >> 32) }
    }

    /// Numbers at which readers of lengths and counts have gone wrong.
    private mutating func oddNumber(near number: Int) -> UInt32 {
        let odd: [UInt32] = [0, 1, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF, 262_144, 262_145, 65_536]
        let place = numbers.below(odd.count + 2)
        let near = UInt32(truncatingIfNeeded: number)
        return place < odd.count ? odd[place] : place == odd.count ? near &+ 1 : near &- 1
    }

    private func put(_ number: UInt32, at place: Int, of bytes: inout [UInt8]) {
        guard place >= 0, place + 4 <= bytes.count else { return }
        for offset in 0..<4 { bytes[place + offset] = UInt8(truncatingIfNeeded: number >> UInt32(24 - 8 * offset)) }
    }
}

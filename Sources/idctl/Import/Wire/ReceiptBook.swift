internal import ResolutionProtocol

/// What became of each record of an input: a byte for each, and the reason for each that the server refused.
struct ReceiptBook {
    /// What became of a record.
    enum Receipt: UInt8, Sendable {
        case notAttempted = 0
        case created = 1
        case changed = 2
        case unchanged = 3
        case rejected = 4
    }

    /// Why the server refused a record. A server has few reasons for many records: each is kept once.
    struct Refusal: Hashable, Sendable {
        let code: ResponseCode
        let text: [UInt8]
    }

    /// The most records whose reason is kept, and the most reasons; others are counted and not written to the rejects
    /// file.
    static let refusedCountMax = 2_000_000
    /// The most records of an input: a byte is kept for each.
    static let recordCountMax: UInt32 = 100_000_000
    private static let reasonCountMax = 65_536

    private var receipts: [UInt8] = []
    private var reasons: [Refusal] = []
    private var places: [Refusal: UInt32] = [:]
    private var refused: [UInt32: UInt32] = [:]
    private var counts = [Int](repeating: 0, count: 5)

    /// Records known so far.
    var count: Int { receipts.count }

    /// How many there are of a kind.
    func count(of receipt: Receipt) -> Int { counts[Int(receipt.rawValue)] }

    /// What became of a record; nothing yet where it is not known.
    subscript(number: UInt32) -> Receipt {
        guard number < receipts.count else { return .notAttempted }
        return Receipt(rawValue: receipts[Int(number)]) ?? .notAttempted
    }

    /// Why the server refused it; nil where it did not, or where that is not kept.
    func refusal(of number: UInt32) -> Refusal? { refused[number].map { reasons[Int($0)] } }

    /// Makes the book reach to `number`.
    mutating func reach(_ number: UInt32) {
        guard number >= receipts.count else { return }
        let added = Int(number) + 1 - receipts.count
        receipts.append(contentsOf: repeatElement(Receipt.notAttempted.rawValue, count: added))
        counts[0] += added
    }

    /// Notes what became of a record.
    mutating func note(_ number: UInt32, _ receipt: Receipt) {
        reach(number)
        counts[Int(receipts[Int(number)])] -= 1
        receipts[Int(number)] = receipt.rawValue
        counts[Int(receipt.rawValue)] += 1
    }

    /// Notes that the server refused it.
    mutating func note(_ number: UInt32, _ refusal: Refusal) {
        note(number, .rejected)
        guard refused.count < Self.refusedCountMax else { return }
        if let place = places[refusal] {
            refused[number] = place
        } else if reasons.count < Self.reasonCountMax {
            let place = UInt32(reasons.count)
            reasons.append(refusal)
            places[refusal] = place
            refused[number] = place
        }
    }
}

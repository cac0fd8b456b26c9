import ResolutionClient
import ResolutionProtocol

/// What one writer asks for, from a seed: each change is allowed by what those before it have left, so that each is
/// answered with success, once.
struct WritePlan: Sendable {
    private static let identifierCount = 24
    private static let rowsMax = 8
    private static let ownIndex: UInt32 = 100

    private var random: KillTimes
    private let owner: HandleValue
    private var serial = 0
    private(set) var identifiers: [WrittenIdentifier]

    /// The plan of writer `number` of `prefix`; `owner` is in every record and lets its key's owner change it.
    init(seed: UInt64, number: Int, prefix: [UInt8], owner: HandleValue) {
        random = KillTimes(seed: seed &+ UInt64(number) &* 0x5851_F42D_4C95_7F2D)
        self.owner = owner
        identifiers = (0..<Self.identifierCount).map {
            WrittenIdentifier(name: prefix + Array("/writer-\(number)-\($0)".utf8))
        }
    }

    /// The next operation: mostly single ones.
    mutating func next() -> WriteOperation {
        switch UInt8.random(in: 0..<10, using: &random) {
        case 0, 1: batch(isAtomic: false)
        case 2: batch(isAtomic: true)
        default: single()
        }
    }

    mutating func acknowledge(_ operation: WriteOperation) {
        for place in operation.places { identifiers[place.identifier].acknowledge(place.change) }
    }

    mutating func settle() {
        for index in identifiers.indices { identifiers[index].settle() }
    }

    private mutating func single() -> WriteOperation {
        let identifier = Int.random(in: identifiers.indices, using: &random)
        let (change, place) = makeChange(of: identifier)
        let message = change.request(for: identifiers[identifier].name, requestID: requestID())
        return WriteOperation([message], places: [place], isAtomic: true)
    }

    private mutating func batch(isAtomic: Bool) -> WriteOperation {
        var rows: [ApplyRow] = []
        var places: [WriteOperation.Place] = []
        let count = Int.random(in: 2...Self.rowsMax, using: &random)
        for identifier in identifiers.indices.shuffled(using: &random).prefix(count) {
            let (change, place) = makeChange(of: identifier)
            rows.append(change.row(for: identifiers[identifier].name))
            places.append(place)
        }
        let batch = (0..<ApplyRequest.batchByteCount).map { _ in UInt8.random(in: .min ... .max, using: &random) }
        // Half of the atomic sets come in two messages.
        let cut = isAtomic && Bool.random(using: &random) ? rows.count / 2 : 0
        var messages: [Message] = []
        if cut > 0 { messages.append(message(batch, .atomic, from: 0, Array(rows[..<cut]))) }
        messages.append(message(batch, isAtomic ? [.atomic, .last] : [], from: cut, Array(rows[cut...])))
        return WriteOperation(messages, places: places, isAtomic: isAtomic)
    }

    private mutating func message(
        _ batch: [UInt8],
        _ flags: ApplyRequest.Flags,
        from firstRow: Int,
        _ rows: [ApplyRow]
    ) -> Message {
        let request = ApplyRequest(flags: flags, batch: batch, firstRow: UInt32(firstRow), rows: rows)
        return .request(.apply, body: .bytes(request.wire), requestID: requestID())
    }

    private mutating func requestID() -> UInt32 { UInt32.random(in: 1...0x7FFF_FFFF, using: &random) }

    private mutating func makeChange(of identifier: Int) -> (WrittenChange, WriteOperation.Place) {
        let change = choose(for: identifiers[identifier].current)
        let number = identifiers[identifier].change(to: change.result(of: identifiers[identifier].current))
        return (change, WriteOperation.Place(identifier: identifier, change: number))
    }

    private mutating func choose(for values: [HandleValue]?) -> WrittenChange {
        guard let values else { return Bool.random(using: &random) ? .create(newValues()) : .put(newValues()) }
        let own = values.filter { $0.index != Self.ownIndex }
        guard let some = own.randomElement(using: &random) else { return .put(newValues()) }
        switch UInt8.random(in: 0..<8, using: &random) {
        case 0: return .delete
        case 1: return .put(newValues())
        case 2, 3: return own.count > 1 ? .remove(some) : .modify(newValue(some.index))
        case 4 where own.count < 12, 5 where own.count < 12: return .add(newValue((own.map(\.index).max() ?? 0) + 1))
        default: return .modify(newValue(some.index))
        }
    }

    private mutating func newValues() -> [HandleValue] {
        (1...UInt32.random(in: 1...3, using: &random)).map { newValue($0) } + [owner]
    }

    /// A value that no other change writes.
    private mutating func newValue(_ index: UInt32) -> HandleValue {
        serial += 1
        return HandleValue(
            index: index,
            type: Array("URL".utf8),
            data: Array("https://example.cn/\(serial)/\(UInt64.random(in: .min ... .max, using: &random))".utf8)
        )
    }
}

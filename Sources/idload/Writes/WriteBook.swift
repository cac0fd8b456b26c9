internal import ResolutionClient
internal import ResolutionProtocol

/// What one thread writes to one target: which request comes next, and what is known of each record. A byte for each
/// record, of address space for all of them at once.
final class WriteBook: OwnQuestions {
    /// Draws for a record that may be changed now; after so many in vain one is created.
    private static let drawCountMax = 16
    /// Messages that lie ready: twice those of a batch.
    private static let slotCount = 2 * Channel.batchCountMax

    private let plan: WritePlan
    let numbers: WriteNumbers
    private var draws: SeededNumbers
    private let records: UnsafeMutablePointer<UInt8>
    /// Records whose creation has been asked for.
    private(set) var count = 0
    /// Changes that were acknowledged.
    private(set) var changeCount = 0
    private let slots: UnsafeMutableRawPointer
    private let slotByteCount: Int
    private var slot = 0

    init(_ plan: WritePlan, _ numbers: WriteNumbers = .whole, seed: UInt64) {
        self.plan = plan
        self.numbers = numbers
        draws = SeededNumbers(seed: seed &+ UInt64(numbers.place))
        records = .allocate(capacity: numbers.countMax)
        slotByteCount = Message.creation(of: plan.identifier(0), plan.values(0, version: 0)).wire.count
        slots = .allocate(byteCount: Self.slotCount * slotByteCount, alignment: 8)
    }

    deinit {
        records.deallocate()
        slots.deallocate()
    }

    /// What is known of a record below `count`.
    func record(_ number: Int) -> WrittenRecord { WrittenRecord(byte: records[number]) }

    /// The next request: a change of a record that is there and is not being changed, or a creation.
    func next() -> Int? {
        if draws.fraction() >= plan.createShare, let change = nextChange() { return change.question }
        return nextCreation()
    }

    /// The creation of another record; nil: all numbers are taken.
    func nextCreation() -> Int? {
        guard count < numbers.countMax else { return nil }
        note(WrittenRecord(.unanswered), at: count)
        count += 1
        return WriteRequest(record: count - 1, version: 0, isChange: false).question
    }

    private func nextChange() -> WriteRequest? {
        guard count > 0 else { return nil }
        for _ in 0..<Self.drawCountMax {
            let place = draws.below(count)
            let record = record(place)
            guard record.state == .acknowledged else { continue }
            let change = WrittenRecord(.changing, version: record.version &+ 1)
            note(change, at: place)
            return WriteRequest(record: place, version: change.version, isChange: true)
        }
        return nil
    }

    /// A request as it is asked.
    func request(_ question: Int) -> Message {
        let request = WriteRequest(question)
        let number = numbers.number(of: request.record)
        guard request.isChange else {
            return .creation(of: plan.identifier(number), plan.values(number, version: 0))
        }
        let values = [plan.changing(number, version: request.version)]
        return .request(
            .modifyValue,
            body: .values(ValuesRequest(identifier: plan.identifier(number), values: values))
        )
    }

    func message(of question: Int) -> UnsafeRawBufferPointer {
        let bytes = request(question).wire.dropFirst(Envelope.byteCount)
        let place = slots + slot * slotByteCount
        slot = slot + 1 == Self.slotCount ? 0 : slot + 1
        let count = min(bytes.count, slotByteCount)
        bytes.withUnsafeBytes { place.copyMemory(from: $0.baseAddress ?? UnsafeRawPointer(place), byteCount: count) }
        return UnsafeRawBufferPointer(start: place, count: count)
    }

    func identifier(of question: Int) -> [UInt8] {
        plan.identifier(numbers.number(of: WriteRequest(question).record))
    }

    func takeAnswer(_ message: RawSpan, to question: Int, found: AnswerFault?) -> AnswerFault? {
        let request = WriteRequest(question)
        let operation: OpCode = request.isChange ? .modifyValue : .createIdentifier
        let read = WriteAnswerReader.fault(in: message, operation: operation, identifier: identifier(of: question))
        // What anybody may have said says nothing of the record.
        let fault = found == .unproven ? found : read ?? found
        switch (fault, request.isChange) {
        case (nil, let isChange):
            note(WrittenRecord(.acknowledged, version: request.version), at: request.record)
            changeCount += isChange ? 1 : 0
        case (.code, false): note(WrittenRecord(.refused), at: request.record)
        case (.code, true):
            note(WrittenRecord(.acknowledged, version: request.version &- 1), at: request.record)
        // Whether it was done is not known: the record is left alone.
        default: break
        }
        return fault
    }

    /// What it was about stays as it was when it was asked.
    func giveUp(_ question: Int) {}

    private func note(_ record: WrittenRecord, at place: Int) {
        (records + place).initialize(to: record.byte)
    }
}

/// A thread's part of a stream of questions: the blocks whose questions it asks, or waits for.
///
/// A question is known by its slot and its place in there. A slot is given another block when all of its questions have
/// been answered or given up: what comes for them after that is of an unknown identifier.
struct QuestionWindow: ~Copyable {
    enum Next: Equatable {
        case question(Int)
        /// The file's reader is behind, or too many blocks have questions under way.
        case notYet
        case end
    }

    /// Blocks of a thread whose questions may be under way: over four million questions.
    static let slotCountMax = 4_096

    let slots: UnsafeMutablePointer<QuestionSlot?>
    private let stream: QuestionStream
    private let timeoutNanoseconds: UInt64
    /// In the order of the slots.
    private var blocks: [QuestionBlock?]
    /// Blocks taken, and given back; the slots are their ring.
    private var takenCount = 0
    private var givenBackCount = 0
    /// The next question of the newest block.
    private var place = 0
    private var count = 0

    init(_ stream: QuestionStream, timeoutNanoseconds: UInt64) {
        self.stream = stream
        self.timeoutNanoseconds = timeoutNanoseconds
        slots = .allocate(capacity: Self.slotCountMax)
        slots.initialize(repeating: nil, count: Self.slotCountMax)
        blocks = [QuestionBlock?](repeating: nil, count: Self.slotCountMax)
    }

    deinit { slots.deallocate() }

    /// The next question, to be asked now. What was given up up to now must have been noted: its memory goes.
    mutating func next(nowNanoseconds now: UInt64) -> Next {
        if place == count {
            let next = advance(now)
            guard case .question = next else { return next }
        }
        defer { place += 1 }
        return .question(StreamedQuestion.number(slot: slot(of: takenCount - 1), place: place))
    }

    private func slot(of block: Int) -> Int { block % Self.slotCountMax }

    /// On to another block.
    private mutating func advance(_ now: UInt64) -> Next {
        if takenCount > 0, slots[slot(of: takenCount - 1)]?.askedNanoseconds == .max {
            slots[slot(of: takenCount - 1)]?.askedNanoseconds = now
        }
        giveBack(now)
        guard takenCount - givenBackCount < Self.slotCountMax else { return .notYet }
        switch stream.take() {
        case .end: return .end
        case .notYet: return .notYet
        case .block(let block):
            let slot = slot(of: takenCount)
            blocks[slot] = block
            slots[slot] = block.inPlace(sinceNanoseconds: now)
            takenCount += 1
            place = 0
            count = block.count
            return .question(0)
        }
    }

    /// Gives back the blocks whose last question was asked over a timeout ago.
    private mutating func giveBack(_ now: UInt64) {
        while givenBackCount < takenCount {
            let slot = slot(of: givenBackCount)
            guard let asked = slots[slot]?.askedNanoseconds, asked < .max, asked &+ timeoutNanoseconds < now,
                let block = blocks[slot]
            else { return }
            slots[slot] = nil
            blocks[slot] = nil
            stream.giveBack(block)
            givenBackCount += 1
        }
    }
}

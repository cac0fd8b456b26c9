/// Where a block's questions lie for the thread that asks them, found without counting references.
struct QuestionSlot {
    let bytes: UnsafeMutableRawPointer
    let starts: UnsafeMutablePointer<Int>
    let versions: UnsafeMutablePointer<UInt32>
    /// From when on the slot has these questions: one asked before was another's.
    let sinceNanoseconds: UInt64
    /// When the last of them was asked; `.max`: it was not.
    var askedNanoseconds: UInt64 = .max

    /// What follows the envelope of a question.
    func message(_ place: Int) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: bytes + starts[place], count: starts[place + 1] - starts[place])
    }
}

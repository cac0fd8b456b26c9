internal import ResolutionProtocol

/// Some questions of a file, one behind the other as they are sent without their envelopes: up to 1,024 of them, and
/// about 256 KiB. Filled by one thread, read by another, filled again.
///
/// Unchecked: it is handed from one to the other, and nobody else has it.
final class QuestionBlock: @unchecked Sendable {
    /// Questions in a block.
    static let questionCountMax = 1_024
    /// Bytes from which on a block is full.
    private static let byteCountWanted = 256 << 10
    /// What one question can add to that.
    static let questionByteCountMax = Envelope.messageLengthMax

    private let bytes: UnsafeMutableRawPointer
    private let starts: UnsafeMutablePointer<Int>
    /// The first four bytes of each envelope: version and flags.
    private let versions: UnsafeMutablePointer<UInt32>
    private(set) var count = 0

    /// Memory that is not used is not taken from the machine.
    init() {
        bytes = .allocate(byteCount: Self.byteCountWanted + Self.questionByteCountMax, alignment: 16)
        starts = .allocate(capacity: Self.questionCountMax + 1)
        starts.initialize(repeating: 0, count: Self.questionCountMax + 1)
        versions = .allocate(capacity: Self.questionCountMax)
        versions.initialize(repeating: 0, count: Self.questionCountMax)
    }

    deinit {
        bytes.deallocate()
        starts.deallocate()
        versions.deallocate()
    }

    var isFull: Bool { count == Self.questionCountMax || starts[count] >= Self.byteCountWanted }

    func removeAll() { count = 0 }

    /// Where the questions lie; valid until `removeAll`.
    func inPlace(sinceNanoseconds: UInt64) -> QuestionSlot {
        QuestionSlot(bytes: bytes, starts: starts, versions: versions, sinceNanoseconds: sinceNanoseconds)
    }

    /// Adds a question of at most `questionByteCountMax` bytes to a block that is not full; `write` fills its memory.
    func add(byteCount: Int, version: UInt32, _ write: (UnsafeMutableRawBufferPointer) -> Void) {
        let start = starts[count]
        write(UnsafeMutableRawBufferPointer(start: bytes + start, count: byteCount))
        versions[count] = version
        count += 1
        starts[count] = start + byteCount
    }
}

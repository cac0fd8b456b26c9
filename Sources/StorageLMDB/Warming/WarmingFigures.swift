/// How far warming has come.
public struct WarmingFigures: Hashable, Sendable {
    /// What became of it.
    public enum State: String, Sendable, CaseIterable {
        /// Nobody asked for it.
        case off
        /// The file is being read.
        case underWay = "under-way"
        /// All of the file was gone through.
        case done
        /// The file is not under 60 % of the memory: what was read first would be gone before the end.
        case tooLarge = "too-large"
        /// The store was closed before the end.
        case stopped
        /// The system refused to read, or to start a thread.
        case failed
    }

    /// What became of it.
    public var state = State.off
    /// Bytes of the data file when it began.
    public var fileByteCount = 0
    /// Bytes of memory that the process may use, as it was told.
    public var memoryByteCount = 0
    /// Bytes that were read.
    public var readByteCount = 0
    /// Bytes that were in memory already, and were not read.
    public var residentByteCount = 0
    /// Time that it has taken.
    public var nanoseconds: UInt64 = 0
    /// Why it failed.
    public var reason = ""

    init() {}
}

/// How large an index of hints is.
public struct HintIndexOptions: Hashable, Sendable {
    /// Identifiers for which there is room; a store that has more takes 1.15 times what it has when it is opened.
    public var capacity = 1_000_000
    /// Bytes up to which the index may grow while it serves, the old table and the new one together; 0: it does not.
    /// What it takes when the store is opened is not bounded by it.
    public var byteCountMax = 0
    /// In tests: grows to the same size again and again, full or not.
    var growsAlways = false
    /// The most records of a slice of the sweep: fewer in tests, where commits are to come in between.
    var sliceCountMax = HintSweep.sliceCountMax
    /// Bits of a key's hash that are used: fewer in tests, where keys are to collide.
    var keyMask: UInt64 = .max
    #if DEBUG
    /// What is wrong on purpose.
    var fault: HintFault?
    #endif

    /// The defaults.
    public init() {}

    /// Identifiers for which a store of `recordCount` of them makes room.
    func capacity(for recordCount: Int) -> Int { max(1, capacity, recordCount + recordCount * 3 / 20) }
}

/// How a data directory is made or opened.
public struct StoreOptions: Hashable, Sendable {
    /// Address space for the data file; grows by itself when it is used up. Default 256 GiB.
    public var mapSizeBytes = 256 << 30
    /// Whether case counts in suffixes: fixed when the store is made, ignored when it is opened.
    public var isSuffixCaseSensitive = false
    /// Days for which changes are kept in the log; 0: for ever.
    public var historyKeepDays = 0
    /// Slots of a count page, number 0 included.
    public var prefixSlots = 65_536
    /// Source entries of a count page, a power of two.
    public var sourceEntries = 65_536
    /// Workers, each with count pages of its own.
    public var workers = 1
    /// Whether nothing is to be written; several such processes may share a directory.
    public var isReadOnly = false

    /// Whether this process only reads, next to one that may be writing: no lock is taken, and none is needed. The
    /// address space must be no smaller than the other's.
    public var isBesideOthers = false

    /// The index of hints in front of the records, for a process that answers; nil: none. A store that is only read has
    /// none either: the writer keeps it.
    public var index: HintIndexOptions?

    /// Whether a table of references is kept; a store that is only read keeps none up.
    public var references = ReferenceOption.asStored

    /// The defaults.
    public init() {}
}

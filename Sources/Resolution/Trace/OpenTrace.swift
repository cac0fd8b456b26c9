internal import ResolutionProtocol

/// A trace that administration carries out for an asker.
struct OpenTrace: Sendable {
    /// A name of the level that another node keeps.
    struct Elsewhere: Sendable {
        var place: Int
        var identifier: [UInt8]
    }

    /// Bytes of a message of the answer, but for its last identifier.
    static let messageByteCount = 128 << 10

    let call: AdministrationCall
    let network: QuerySource
    /// Bytes of values that it may hold.
    let reservedByteCount: Int
    let direction: TraceRequest.Direction
    let showsValues: Bool
    /// Whether other nodes are asked on behalf of the asker.
    let asksElsewhere: Bool
    var trace: Trace
    /// How many names of the level have been looked for here.
    var readCount = 0
    /// Those that other nodes are to be asked for, and how many they are being asked for.
    var elsewhere: [Elsewhere] = []
    var askedElsewhereCount = 0
    /// What is known and has not been sent.
    var unsent: [TraceItem] = []
    /// When something was last heard of it, in seconds of the monotonic clock.
    var lastSeconds: UInt64

    /// Whether all names of the level have been looked for.
    var isLevelDone: Bool { readCount == trace.names.count && elsewhere.isEmpty && askedElsewhereCount == 0 }

    /// Takes from what is unsent as much as a message holds, at least one identifier.
    mutating func takeMessage() -> TraceAnswer {
        var byteCount = 0
        var count = 0
        while count < unsent.count, byteCount < Self.messageByteCount {
            unsent[count] = unsent[count].fitting(showsValues: showsValues)
            byteCount += unsent[count].byteCount
            count += 1
        }
        defer { unsent.removeFirst(count) }
        return TraceAnswer(untoldCount: UInt32(clamping: trace.untoldCount), items: Array(unsent[..<count]))
    }
}

extension TraceItem {
    /// The most bytes of one identifier in a message: with what is before it, it fits one.
    private static let byteCountMax = 96 << 10

    /// The item without values that are not wanted, or that no message holds; where its references alone are too many,
    /// without those that are too many.
    fileprivate func fitting(showsValues: Bool) -> TraceItem {
        var item = self
        if !showsValues || byteCount > Self.byteCountMax, !item.values.isEmpty {
            item.values = []
            item.flags.insert(.withoutValues)
        }
        while item.byteCount > Self.byteCountMax, !item.links.isEmpty {
            item.links.removeLast((item.links.count + 1) / 2)
            item.flags.insert(.withoutLinks)
        }
        return item
    }

    fileprivate var byteCount: Int { wire.count }
}

internal import Resolution

/// Sets that wait for the writer thread, bounded in commands and in bytes. Guarded by whoever owns it.
struct CommandQueue {
    /// The most commands that wait.
    static let commandCountMax = 10_000
    /// The most bytes that wait.
    static let byteCountMax = 64 << 20
    /// The most commands of one transaction, unless a single set has more.
    static let groupCountMax = 1_000

    /// A set and who is told.
    struct Waiting: Sendable {
        var set: CommandSet
        var byteCount: Int
        var then: @Sendable (Result<CommandSetOutcome, ChangeLogError>) -> Void
    }

    private var waiting: [Waiting] = []
    /// Commands that wait.
    private(set) var commandCount = 0
    /// Bytes that wait, about.
    private(set) var byteCount = 0

    var isEmpty: Bool { waiting.isEmpty }

    /// Whether what was appended is the only one, so that somebody may have waited for it.
    var hasOne: Bool { waiting.count == 1 }

    /// Takes one in; false: there is no room.
    mutating func append(_ new: Waiting) -> Bool {
        guard commandCount + new.set.steps.count <= Self.commandCountMax,
            byteCount + new.byteCount <= Self.byteCountMax
        else { return false }
        waiting.append(new)
        commandCount += new.set.steps.count
        byteCount += new.byteCount
        return true
    }

    /// Takes the sets of one transaction out.
    mutating func takeGroup() -> [Waiting] {
        var (count, commands) = (0, 0)
        while count < waiting.count {
            let next = waiting[count].set.steps.count
            guard count == 0 || commands + next <= Self.groupCountMax else { break }
            commands += next
            byteCount -= waiting[count].byteCount
            count += 1
        }
        commandCount -= commands
        guard count < waiting.count else {
            defer { waiting.removeAll(keepingCapacity: true) }
            return waiting
        }
        defer { waiting.removeFirst(count) }
        return Array(waiting[..<count])
    }
}

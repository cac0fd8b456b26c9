public import Resolution
internal import ResolutionProtocol

/// Sets that a process sends in order until it is killed, the same each time, so that another can tell what came of
/// them: creations, changes, removals, prefixes, alone, together, and all or none.
public struct SetModel: Sendable {
    /// Identifiers that are written.
    public static let identifierCount = 150
    /// Far in the future, so that no clock forgets what is kept.
    private static let moment: UInt64 = 4_000_000_000

    /// Another seed, other sets.
    public var seed: UInt64

    /// The sets of `seed`.
    public init(seed: UInt64) { self.seed = seed }

    /// Name of identifier `number`; some are longer than a key of the store can be.
    public static func name(_ number: Int) -> [UInt8] {
        Array("88.\(number % 3)/".utf8) + Array(repeating: UInt8(ascii: "x"), count: number % 10 == 0 ? 900 : 10)
            + Array("\(number)".utf8)
    }

    /// Under what the outcomes of set `number` are kept.
    public static func request(_ number: UInt64) -> [UInt8] {
        Array("set-".utf8) + withUnsafeBytes(of: number.bigEndian) { Array($0) } + [0, 0, 0, 0]
    }

    /// Set `number`, from 1.
    public func set(_ number: UInt64) throws -> CommandSet {
        var random = SplitMix(seed: seed ^ number &* 0x9E37_79B9)
        let kind = random.next() % 20
        var set = CommandSet([], unixSeconds: Self.moment + number)
        set.isAtomic = kind < 6
        let stepCount = kind < 12 ? 2 + Int(random.next() % 30) : 1
        for _ in 0..<stepCount { set.steps.append(try step(number, &random, isAtomic: set.isAtomic)) }
        set.keeping = OutcomeName(
            request: Self.request(number),
            firstRow: UInt32(number % 7),
            owner: [UInt8](repeating: 1, count: 16),
            keepSeconds: 100_000_000,
            note: Array("note \(number)".utf8)
        )
        return set
    }

    private func step(_ number: UInt64, _ random: inout SplitMix, isAtomic: Bool) throws -> CommandSet.Step {
        let choice = random.next() % 100
        // Most atomic sets are to succeed.
        if !isAtomic, choice < 5 { return .decided(code: UInt32(choice), text: Array("decided".utf8)) }
        let change = choice < 12 ? prefixChange(&random) : try recordChange(&random, isLenient: isAtomic)
        return .command(Command(change, unixSeconds: number, origin: Array("crash \(number)".utf8)))
    }

    private func prefixChange(_ random: inout SplitMix) -> Command.Change {
        let prefix = Array("88.\(random.next() % 3)".utf8)
        guard random.next() % 6 > 0 else {
            return .removePrefix(prefix: prefix, evenWithIdentifiers: random.next() % 2 == 0)
        }
        var terms = PrefixTerms(prefix: prefix, state: .homed, revivesWithdrawn: true)
        terms.identifierCountMax = 20 + random.next() % 40
        return .setPrefix(terms)
    }

    private func recordChange(_ random: inout SplitMix, isLenient: Bool) throws -> Command.Change {
        let name = try Identifier(Self.name(Int(random.next() % UInt64(Self.identifierCount))))
        let expectations: [Command.Expectation] = [.absent, .present, .anything, .sequence(random.next() % 500)]
        let isAnything = isLenient && random.next() % 40 > 0
        let expecting = isAnything ? .anything : expectations[Int(random.next() % 4)]
        guard random.next() % 5 > 0 else { return .remove(name: name, expecting: expecting) }
        return .put(name: name, values: values(&random), expecting: expecting)
    }

    private func values(_ random: inout SplitMix) -> [HandleValue] {
        let byteCount = random.next() % 30 == 0 ? 6_000 : Int(random.next() % 300)
        let first = random.next()
        return (0..<UInt32(1 + random.next() % 3)).map { index in
            let data = (0..<byteCount).map { UInt8(truncatingIfNeeded: Int(truncatingIfNeeded: first) &+ $0) }
            return HandleValue(index: index + 1, type: Array("URL".utf8), data: data)
        }
    }
}

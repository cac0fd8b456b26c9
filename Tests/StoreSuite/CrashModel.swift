public import Resolution
public import ResolutionProtocol

/// What a process that is to be killed writes, so that another can tell afterwards what must be there.
public enum CrashModel {
    /// Identifiers that are written.
    public static let identifierCount = 300

    /// Name of identifier `number`; some are longer than a key of the store can be.
    public static func name(_ number: Int) -> [UInt8] {
        Array("88.118.8/".utf8) + Array(repeating: UInt8(ascii: "x"), count: number % 10 == 0 ? 900 : 10)
            + Array("\(number)".utf8)
    }

    /// What `version` of identifier `number` holds; nil: it is removed, or was never there (version 0).
    public static func values(_ number: Int, version: UInt64) -> [HandleValue]? {
        guard version > 0 else { return nil }
        var random = SplitMix(seed: UInt64(number) << 32 ^ version)
        guard random.next() % 5 > 0 else { return nil }
        let byteCount = random.next() % 20 == 0 ? 6_000 : Int(random.next() % 500)
        return (0..<UInt32(1 + random.next() % 3)).map { index in
            let data = (0..<byteCount).map { UInt8(truncatingIfNeeded: Int(version) &+ $0 &+ Int(index)) }
            return HandleValue(index: index + 1, type: Array("URL".utf8), data: data)
        }
    }

    /// The command that makes it so.
    public static func change(_ number: Int, version: UInt64) throws -> Command.Change {
        let name = try Identifier(name(number))
        guard let values = values(number, version: version) else { return .remove(name: name, expecting: .anything) }
        return .put(name: name, values: values, expecting: .anything)
    }
}

internal import Resolution
internal import ResolutionProtocol

extension StoreSuite {
    @Sendable static func batchOrder(_ store: StoreUnderTest) throws {
        for number in stride(from: 0, to: 32, by: 2) { _ = try put(store, "88.1/\(number)", "v\(number)") }
        for _ in 0..<2 {
            let found = try store.find((0..<32).map { Array("88.1/\($0)".utf8) })
            try expectEqual(found.count, 32, "results")
            for (number, record) in found.enumerated() {
                try expectEqual(record.status, number % 2 == 0 ? .found : .absent, "status of \(number)")
                guard number % 2 == 0 else { continue }
                try expectEqual(record.values, [value("v\(number)")], "values of \(number)")
                try expect(record.areAllPublic, "\(number) is public")
            }
        }
        try expectEqual(try store.find([]).count, 0, "results of no keys")
    }

    @Sendable static func caseFolding(_ store: StoreUnderTest) throws {
        _ = try put(store, "88.Ab/Größe-x", "1")
        let found = try store.find(Array("88.aB/GRößE-X".utf8))
        try expectEqual(found.name, Array("88.Ab/Größe-x".utf8), "name")
        _ = try put(store, "88.AB/größe-X", "2")
        let changed = try store.find(Array("88.ab/größe-x".utf8))
        try expectEqual(changed.values, [value("2")], "values after a change under another spelling")
        try expectEqual(changed.name, Array("88.Ab/Größe-x".utf8), "name as first registered")
        try expectEqual(try store.find(Array("88.ab/GRÖSSE-x".utf8)).status, .absent, "other bytes")
        try expectEqual(try store.find(Array("88.ab/GRÖßE-x".utf8)).status, .absent, "case beyond ASCII")
    }

    @Sendable static func barePrefix(_ store: StoreUnderTest) throws {
        _ = try put(store, "88.118.Pump", "p")
        try expectEqual(try store.find(Array("0.na/88.118.pump".utf8)).values, [value("p")], "by its record's name")
        try expectEqual(try put(store, "0.NA/88.118.PUMP", "q", .absent), .alreadyExists, "creating it again")
    }

    @Sendable static func lengths(_ store: StoreUnderTest) throws {
        let lengths = [6, 494, 495, 496, 509, 510, 511, 512, 513, 1_024, 2_047, 2_048]
        func name(_ length: Int, _ end: Character) -> String {
            "88.9/" + String(repeating: "k", count: length - 6) + String(end)
        }
        for length in lengths {
            _ = try put(store, name(length, "a"), "a\(length)")
            _ = try put(store, name(length, "b"), "b\(length)")
        }
        for length in lengths {
            for end in ["a", "b"] as [Character] {
                let spelt = Array(name(length, end).utf8)
                let found = try store.find(ASCIIFolding.uppercased(spelt))
                try expectEqual(found.values, [value("\(end)\(length)")], "values at \(length) bytes")
                try expectEqual(found.name, spelt, "name at \(length) bytes")
            }
            try expectEqual(try store.find(Array(name(length, "c").utf8)).status, .absent, "absent at \(length) bytes")
        }
        let name = try identifier(Self.long)
        try expectEqual(
            try store.apply(.remove(name: name, expecting: .present)),
            .absent,
            "removing a long one that is not there"
        )
    }

    private static let long = "88.9/" + String(repeating: "z", count: 2_043)

    @Sendable static func expectations(_ store: StoreUnderTest) throws {
        try expectEqual(try put(store, "88.2/a", "1", .present), .absent, "change of nothing")
        try expectEqual(try put(store, "88.2/a", "1", .sequence(1)), .absent, "change of a version of nothing")
        try expectEqual(try put(store, "88.2/a", "1", .absent), .done(sequence: 1), "creation")
        try expectEqual(try put(store, "88.2/a", "2", .absent), .alreadyExists, "second creation")
        try expectEqual(try put(store, "88.2/A", "2", .sequence(1)), .done(sequence: 2), "change of version 1")
        try expectEqual(
            try put(store, "88.2/a", "3", .sequence(1)),
            .sequenceDiffers(current: 2),
            "change of an old version"
        )
        try expectEqual(try store.find(Array("88.2/a".utf8)).sequence, 2, "sequence")
        let name = try identifier("88.2/a")
        try expectEqual(
            try store.apply(.remove(name: name, expecting: .sequence(1))),
            .sequenceDiffers(current: 2),
            "old removal"
        )
        try expectEqual(try store.apply(.remove(name: name, expecting: .absent)), .alreadyExists, "odd removal")
        try expectEqual(try store.apply(.remove(name: name, expecting: .present)), .done(sequence: 3), "removal")
        try expectEqual(try store.apply(.remove(name: name, expecting: .anything)), .absent, "second removal")
        try expectEqual(try store.find(Array("88.2/a".utf8)).status, .absent, "after removal")
        try expectEqual(try put(store, "88.2/a", "4", .absent), .done(sequence: 4), "creation after removal")
    }

    @Sendable static func refusals(_ store: StoreUnderTest) throws {
        let name = try identifier("88.3/a")
        func put(_ values: [HandleValue]) throws -> CommandOutcome {
            try store.apply(.put(name: name, values: values, expecting: .anything))
        }
        try expectEqual(try put([]), .refused(.noValues), "no values")
        let many = (0..<2_049).map { value("x", index: UInt32($0)) }
        try expectEqual(try put(many), .refused(.tooManyValues), "2,049 values")
        let large = String(repeating: "x", count: Envelope.messageLengthMax)
        try expectEqual(try put([value(large)]), .refused(.tooLarge), "a value as large as a message")
        try expectEqual(try store.find(name.bytes).status, .absent, "after refusals")
        try expectEqual(try put(Array(many.dropLast())), .done(sequence: 1), "2,048 values")
        try expectEqual(try store.find(name.bytes).values, Array(many.dropLast()), "2,048 values read back")
        for prefix in ["", "88..1", "88/1", ".88", "88."] {
            let outcome = try store.apply(.setPrefix(PrefixTerms(prefix: Array(prefix.utf8), state: .homed)))
            try expectEqual(outcome, .refused(.invalidPrefix), "prefix '\(prefix)'")
        }
    }

    @Sendable static func logEntries(_ store: StoreUnderTest) throws {
        _ = try put(store, "88.4/a", "1")
        _ = try put(store, "88.4/A", "2")
        _ = try put(store, "88.4/a", "3", .absent)
        _ = try store.apply(.remove(name: try identifier("88.4/A"), expecting: .present), at: 2_000)
        _ = try store.apply(.setPrefix(PrefixTerms(prefix: Array("88.x".utf8), state: .delegated)))
        _ = try store.apply(.removePrefix(prefix: Array("0.NA/88.X".utf8)))
        let entries = try store.log.entries(after: 0, limit: 100)
        let name = Array("88.4/a".utf8)
        let prefix = Array("88.X".utf8)
        let kinds: [ChangeEntry.Kind] = [
            .put(name: name, values: [value("1")]), .put(name: name, values: [value("2")]), .removed(name: name),
            .prefix(PrefixRow(prefix: prefix, state: .delegated, number: 1)),
            .prefix(PrefixRow(prefix: prefix, state: .withdrawn, number: 1)),
        ]
        try expectEqual(entries.map(\.kind), kinds, "kinds")
        try expectEqual(entries.map(\.sequence), [1, 2, 3, 4, 5], "sequence numbers")
        try expectEqual(entries.map(\.unixSeconds), [1_000, 1_000, 2_000, 1_000, 1_000], "times")
        try expectEqual(entries.allSatisfy { $0.origin == Array("suite".utf8) }, true, "origins")
        try expectEqual(try store.log.entries(after: 2, limit: 2).map(\.sequence), [3, 4], "a part")
        try expectEqual(try store.log.entries(after: 5, limit: 2).count, 0, "behind the end")
        try expectEqual(try store.log.entries(after: .max, limit: 2).count, 0, "far behind the end")
    }

    @Sendable static func prefixNumbers(_ store: StoreUnderTest) throws {
        for prefix in ["88.b", "88.a", "88.B"] {
            _ = try store.apply(.setPrefix(PrefixTerms(prefix: Array(prefix.utf8), state: .homed)))
        }
        _ = try store.apply(.setPrefix(PrefixTerms(prefix: Array("88.A".utf8), state: .delegated)))
        let a = PrefixRow(prefix: Array("88.A".utf8), state: .delegated, number: 2)
        let b = PrefixRow(prefix: Array("88.B".utf8), state: .homed, number: 1)
        try expectEqual(try store.prefixRows(), [a, b], "rows")
        _ = try store.apply(.removePrefix(prefix: Array("88.a".utf8)))
        let absent = try store.apply(.removePrefix(prefix: Array("88.a".utf8)))
        try expectEqual(absent, .absent, "second removal")
        _ = try store.apply(.setPrefix(PrefixTerms(prefix: Array("88.c".utf8), state: .homed)))
        try expectEqual(try store.prefixRows().map(\.number), [2, 1, 3], "a number is not used again")
    }

    @Sendable static func randomCommands(_ store: StoreUnderTest) throws {
        let seed = UInt64.random(in: .min ... .max)
        var random = SplitMix(state: seed)
        var model: [Int: String] = [:]
        for step in 0..<600 {
            let number = Int.random(in: 0..<40, using: &random)
            let name = "88.6/\(String(repeating: "n", count: number * 50))\(number)"
            if Int.random(in: 0..<4, using: &random) == 0 {
                let outcome = try store.apply(.remove(name: try identifier(name), expecting: .present))
                try expect((outcome == .absent) == (model[number] == nil), "seed \(seed): removal at step \(step)")
                model[number] = nil
            } else {
                let text = String(repeating: "v", count: Int.random(in: 0..<6_000, using: &random))
                _ = try put(store, name, text)
                model[number] = text
            }
            let found = try store.find(Array(name.utf8))
            try expect(
                found.values == (model[number].map { [value($0)] } ?? []),
                "seed \(seed): values after step \(step)"
            )
        }
        for number in 0..<40 {
            let found = try store.find(Array("88.6/\(String(repeating: "n", count: number * 50))\(number)".utf8))
            try expect(found.values == (model[number].map { [value($0)] } ?? []), "seed \(seed): \(number) at the end")
        }
    }
}

/// Random numbers that a printed seed brings back (SplitMix64).
public struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    /// Numbers that follow from `seed`.
    public init(seed: UInt64) { state = seed }

    init(state: UInt64) { self.state = state }

    /// The next number.
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
        return word ^ word >> 31
    }
}

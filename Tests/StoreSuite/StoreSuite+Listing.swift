internal import Resolution
internal import ResolutionProtocol

// Lists: complete, each name once, whatever its length.
extension StoreSuite {
    private static func all(
        _ store: StoreUnderTest,
        _ head: [UInt8],
        limit: Int
    ) throws -> [[UInt8]] {
        var names: [[UInt8]] = []
        var after: [UInt8]?
        repeat {
            let part = try store.listing.names(keysBeginWith: head, after: after, limit: limit)
            try expect(part.names.count <= limit, "at most \(limit)")
            names += part.names
            after = part.after
        } while after != nil
        return names
    }

    @Sendable static func listing(_ store: StoreUnderTest) throws {
        let long = String(repeating: "l", count: 700)
        let wanted = (0..<25).map { "88.8/Short\($0)" } + (0..<25).map { "88.8/Long" + long + "\($0)" }
        let others = ["88.80/a", "88.9/" + long, "88.7/z", "0.NA/88.8", "0.NA/88.8.1", "0.NA/88.80"]
        for name in wanted + others { _ = try put(store, name, "v", .absent) }
        let sorted = wanted.sorted().map { Array($0.utf8) }
        func sort(_ names: [[UInt8]]) -> [[UInt8]] { names.sorted { $0.lexicographicallyPrecedes($1) } }
        let whole = try all(store, Array("88.8/".utf8), limit: 1_000)
        try expectEqual(sort(whole), sorted, "all of a prefix")
        for limit in [1, 7, 50] {
            try expectEqual(try all(store, Array("88.8/".utf8), limit: limit), whole, "in parts of \(limit)")
        }
        // Heads beyond what a key of the file can hold.
        let head = Array(("88.8/LONG" + long.uppercased()).utf8)
        try expectEqual(try all(store, head, limit: 4).count, 25, "a long head")
        try expectEqual(try all(store, head + Array("1".utf8), limit: 4).count, 11, "a longer one")
        try expectEqual(try all(store, head + Array("24".utf8), limit: 4).count, 1, "one alone")
        try expectEqual(
            sort(try all(store, Array("0.NA/88.8.".utf8), limit: 4)),
            [Array("0.NA/88.8.1".utf8)],
            "prefixes below a prefix"
        )
        try expectEqual(try all(store, Array("1.".utf8), limit: 4), [], "nothing")
        let none = try store.listing.names(keysBeginWith: Array("88.8/".utf8), after: nil, limit: 0)
        try expectEqual(none, RecordNames(), "none asked for")
    }

    @Sendable static func listingWhileWriting(_ store: StoreUnderTest) throws {
        let long = String(repeating: "l", count: 600)
        let names = (0..<60).map { "88.8/" + ($0 % 2 == 0 ? long : "") + "\($0)" }
        for name in names { _ = try put(store, name, "v", .absent) }
        var seen: [[UInt8]] = []
        var (after, step): ([UInt8]?, Int) = (nil, 0)
        repeat {
            let part = try store.listing.names(keysBeginWith: Array("88.8/".utf8), after: after, limit: 5)
            seen += part.names
            after = part.after
            // The name to go on behind is removed, and others come.
            if let last = part.names.last {
                _ = try store.apply(.remove(name: try Identifier(last), expecting: .present))
            }
            _ = try put(store, "88.8/new\(step)", "v", .absent)
            step += 1
        } while after != nil
        let old = seen.filter { !$0.starts(with: Array("88.8/new".utf8)) }
        try expectEqual(Set(old), Set(names.map { Array($0.utf8) }), "each that was there")
        try expectEqual(Set(seen).count, seen.count, "none twice")
    }
}

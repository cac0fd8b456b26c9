import ResolutionProtocol
import Testing

@testable import Resolution

struct TraceTests {
    private static func value(_ index: UInt32, _ type: String, _ data: String) -> HandleValue {
        HandleValue(index: index, type: Array(type.utf8), data: Array(data.utf8))
    }

    private static func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

    /// Walks a world of references, where a name that is missing is not found; level by level what came.
    private static func walk(
        from start: String,
        _ world: [String: [String]],
        _ limits: TraceLimits = TraceLimits()
    ) -> (levels: [[String]], items: [TraceItem], trace: Trace) {
        var trace = Trace(bytes(start), limits: limits)
        var levels: [[String]] = []
        var items: [TraceItem] = []
        while !trace.isOver {
            for (place, name) in trace.names.enumerated() {
                let targets = world[String(decoding: name, as: UTF8.self)]
                let values = targets?.enumerated().map { value(UInt32($0 + 1), "REFERENCE.X", $1) }
                trace.take(values.map { .found($0) } ?? TraceFinding(refusal: .identifierNotFound), at: place)
            }
            let level = trace.finishLevel()
            levels.append(level.map { String(decoding: $0.identifier, as: UTF8.self) })
            items += level
        }
        return (levels, items, trace)
    }

    @Test func allNewIdentifiersOfALevelAreAskedForAtOnce() {
        let world = ["1/a": ["1/b", "1/c"], "1/b": ["1/d", "1/c"], "1/c": ["1/d"], "1/d": []]
        let walked = Self.walk(from: "1/a", world)
        #expect(walked.levels == [["1/a"], ["1/b", "1/c"], ["1/d"]])
        #expect(walked.items.map(\.state) == [.found, .found, .found, .found])
        #expect(
            walked.items[3].origin
                == TraceLink(index: 1, type: Self.bytes("REFERENCE.X"), identifier: Self.bytes("1/b"))
        )
        // References to what is known are told, and not followed.
        #expect(walked.items[1].links.map(\.identifier) == [Self.bytes("1/d"), Self.bytes("1/c")])
    }

    @Test func P7_circlesAreCutHoweverTheyAreSpelt() {
        let world = ["1.a/x": ["1.A/x", "1.B/y"], "1.B/y": ["1.A/x", "1.b/y"]]
        let walked = Self.walk(from: "1.a/x", world)
        #expect(walked.levels == [["1.a/x"], ["1.B/y"]])
        // Owners may tell suffixes apart by case: those are two.
        #expect(Self.walk(from: "1/x", ["1/x": ["1/X"], "1/X": ["1/x"]]).levels == [["1/x"], ["1/X"]])
    }

    @Test func theDepthEndsIt() {
        var world: [String: [String]] = [:]
        for number in 0..<300 { world["1/\(number)"] = ["1/\(number + 1)"] }
        let walked = Self.walk(from: "1/0", world, TraceLimits(depthMax: 2))
        #expect(walked.levels == [["1/0"], ["1/1"], ["1/2"], ["1/3"]])
        #expect(walked.items.map(\.state) == [.found, .found, .found, .beyondDepth])
        #expect(Self.walk(from: "1/0", world, TraceLimits(depthMax: 1_000)).levels.count == 256)
    }

    @Test func theNumberOfIdentifiersEndsIt() {
        let world = ["1/0": (1...100).map { "1/\($0)" }]
        let walked = Self.walk(from: "1/0", world, TraceLimits(identifierCountMax: 10))
        #expect(walked.items.count { $0.state == .notFound } == 9)
        #expect(walked.items.count { $0.state == .beyondCount } == 40)
        #expect(walked.trace.untoldCount == 51 && walked.trace.identifierCount == 10)
    }

    @Test func theBytesOfValuesEndIt() {
        let long = String(repeating: "x", count: 900)
        let world = ["1/0": ["1/a\(long)", "1/b\(long)", "1/c"], "1/a\(long)": ["1/d\(long)"], "1/b\(long)": ["1/e"]]
        let walked = Self.walk(from: "1/0", world, TraceLimits(byteCountMax: 2_880))
        #expect(walked.items.map(\.state) == [.found, .found, .beyondBytes, .notFound, .notFound])
        #expect(walked.trace.byteCount <= 2_880)
        // An identifier whose values were left out leads nowhere.
        #expect(!walked.items.contains { $0.identifier == Self.bytes("1/e") })
    }

    @Test func nothingSaidOfANameIsSilence() {
        var trace = Trace(Self.bytes("1/a"))
        trace.take(.silence, at: 7)
        #expect(trace.finishLevel().map(\.state) == [.unreachable])
        #expect(trace.isOver && trace.finishLevel().isEmpty)
    }

    @Test func codesTellTheLeavesApart() {
        func state(_ code: ResponseCode) -> TraceState? {
            guard case .none(let state, code) = TraceFinding(refusal: code) else { return nil }
            return state
        }
        #expect(state(.identifierNotFound) == .notFound)
        for code in [ResponseCode.valuesNotFound, .notAdministrator, .insufficientPermission, .authenticationNeeded] {
            #expect(state(code) == .denied)
        }
        for code in [ResponseCode.error, .serverBusy, .notResponsible, .serviceReferral, .recursionLimitExceeded] {
            #expect(state(code) == .unreachable)
        }
    }

    @Test func whatAReferenceIs() {
        func targets(_ value: HandleValue, _ types: [String] = []) -> [String] {
            ReferenceRule(types: types.map(Self.bytes)).links(of: [value]).links
                .map { String(decoding: $0.identifier, as: UTF8.self) }
        }
        for type in ["REFERENCE", "reference.case", "HS_ALIAS"] {
            #expect(targets(Self.value(1, type, "1/a")) == ["1/a"], "\(type)")
        }
        for type in ["REFERENCES", "URL", "HS_SERV", "HS_ALIAS.X"] {
            #expect(targets(Self.value(1, type, "1/a")).isEmpty, "\(type)")
        }
        #expect(targets(Self.value(1, "Supplier", "1/a"), ["supplier"]) == ["1/a"])
        #expect(targets(Self.value(1, "part.bolt", "1/a"), ["part."]) == ["1/a"])
        // The whole data is one identifier, or it is none.
        for data in ["", "1", "/a", "1/", "1/a\n1/b", "1/" + String(repeating: "x", count: 2_047)] {
            #expect(targets(Self.value(1, "REFERENCE", data)).isEmpty, "\(data.prefix(8))")
        }
        var value = Self.value(1, "URL", "1/a")
        value.references = ["1/b", "1/c", "1/b"].map { ValueReference(identifier: Self.bytes($0), index: 0) }
        #expect(targets(value) == ["1/b", "1/c"])
    }

    @Test func aRecordsReferencesAreBounded() {
        let values = (1...5_000).map { Self.value(UInt32($0), "REFERENCE", "1/\($0)") }
        let (links, isWhole) = ReferenceRule().links(of: values)
        #expect(links.count == ReferenceRule.linkCountMax && !isWhole)
        var trace = Trace(Self.bytes("1/0"), limits: TraceLimits(identifierCountMax: 2))
        trace.take(.found(values), at: 0)
        #expect(trace.finishLevel()[0].flags.contains(.withoutLinks))
    }

    @Test func anothersTraceIsTakenUpWhereItStopped() {
        func item(_ name: String, _ level: UInt8, _ state: TraceState) -> TraceItem {
            TraceItem(level: level, state: state, code: .success, identifier: Self.bytes(name), origin: .none)
        }
        let items = [
            item("1/a", 0, .found), item("2/b", 1, .elsewhere), item("1/c", 1, .found), item("2/d", 3, .elsewhere),
        ]
        let rule = ReferenceRule()
        #expect(Trace(resuming: items, at: [], limits: TraceLimits(), rule: rule).isOver)
        var trace = Trace(resuming: items, at: [1, 3], limits: TraceLimits(depthMax: 4), rule: rule)
        #expect(trace.names == [Self.bytes("2/b")] && trace.level == 1)
        // What is known already is not asked for again.
        trace.take(.found(["1/c", "2/D", "2/e"].map { Self.value(1, "REFERENCE", $0) }), at: 0)
        #expect(trace.finishLevel().map(\.level) == [1])
        #expect(trace.names == [Self.bytes("2/D"), Self.bytes("2/e")])
        #expect(trace.finishLevel().map(\.level) == [2, 2])
        #expect(trace.level == 3 && trace.names == [Self.bytes("2/d")])
        trace.take(.found([Self.value(1, "REFERENCE", "3/x")]), at: 0)
        #expect(trace.finishLevel().map(\.state) == [.found])
        #expect(trace.names == [Self.bytes("3/x")] && trace.level == 4)
        _ = trace.finishLevel()
        #expect(trace.isOver)
        // A level that leads nowhere is followed by the next one that is wanted.
        var gap = Trace(resuming: items, at: [1, 3], limits: TraceLimits(), rule: rule)
        _ = gap.finishLevel()
        #expect(gap.level == 3 && gap.names == [Self.bytes("2/d")])
    }
}

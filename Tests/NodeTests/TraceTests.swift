import Glibc
import Testing

/// `idctl trace` of the wine case (docs/trace.md) over two nodes, each a process.
struct TraceTests {
    /// In one call or level by level; whether the node asks the dealer's on behalf of others.
    @Test(arguments: [[], ["--own-way"]], [true, false])
    func theWineCaseIsTracedOverTwoEnterprises(way: [String], recurses: Bool) throws {
        let nodes = try WineNodes(recurses: recurses)
        defer { nodes.stop() }
        let traced = try nodes.trace(WineNodes.bottle, way)
        #expect(traced.code == .code(0), "\(traced.lines)")
        #expect(traced.lines.last == "14 identifiers, 8 levels: 14 found")
        #expect(traced.lines.dropLast().count == 15)
        // Each is told once, at the level of the shortest way to it.
        let levels = [
            (name: "\(WineNodes.maker)/BOTTLE-0001", level: "0"), (name: "\(WineNodes.maker)/CASE-0007", level: "1"),
            (name: "\(WineNodes.maker)/LOT-SORGHUM-9", level: "4"),
            (name: "\(WineNodes.dealer)/SCAN-556013", level: "7"),
        ]
        for (name, level) in levels {
            let told = Self.levels(of: name, in: traced.lines)
            #expect(told == [level], "\(name) in \(traced.lines)")
        }
        let json = try nodes.trace(WineNodes.bottle, ["--json", "--quiet"] + way)
        #expect(json.code == .code(0))
        #expect(json.lines.count == 14 && json.lines.allSatisfy { $0.hasPrefix("{\"level\":") })
        #expect(json.lines.last?.contains("\"city\"") == true)
        let circle = "\"references\":[{\"identifier\":\"\(WineNodes.bottle)\",\"index\":2002"
        #expect(json.lines.last?.contains(circle) == true)
    }

    /// Of the eight levels four are the dealer's, an identifier each: a call waits for its own node once, and that one
    /// for the dealer's once a level.
    @Test func aCallTakesOneQuestionForEachLevelThatAnotherNodeKeeps() throws {
        let nodes = try WineNodes(recurses: true)
        defer { nodes.stop() }
        for calls in 1...2 as ClosedRange<UInt64> {
            #expect(try nodes.trace(WineNodes.bottle, []).lines.last == "14 identifiers, 8 levels: 14 found")
            // Figures are as of a second ago.
            for _ in 0..<200 where try nodes.secondary.figure("questions") < 4 * calls { usleep(100_000) }
            #expect(try nodes.secondary.figure("traces") == calls)
            #expect(try nodes.secondary.figure("questions") == 4 * calls)
        }
    }

    @Test(arguments: [[], ["--own-way"]], [true, false])
    func F1_theSilentDealersLeavesAreUnreachableAndTheRestIsThere(way: [String], recurses: Bool) throws {
        let nodes = try WineNodes(recurses: recurses)
        defer { nodes.stop() }
        nodes.enterprise.kill()
        let traced = try nodes.trace(WineNodes.bottle, ["--json", "--quiet"] + way)
        #expect(traced.code == .code(6), "\(traced.lines)")
        let found = traced.lines.filter { $0.contains("\"state\":\"found\"") }
        #expect(found.count == 10)
        let silent = traced.lines.filter { $0.contains("\"state\":\"unreachable\"") }
        #expect(silent.count == 1 && silent.first?.contains("\(WineNodes.dealer)/RECEIPT-8801") == true)
    }

    @Test(arguments: [[], ["--own-way"]], [true, false])
    func whatTheDealerKeepsToItselfIsDenied(way: [String], recurses: Bool) throws {
        let nodes = try WineNodes(recurses: recurses, dealerPermissions: "1100")
        defer { nodes.stop() }
        let traced = try nodes.trace(WineNodes.bottle, way)
        #expect(traced.code == .code(6), "\(traced.lines)")
        #expect(traced.lines.last == "11 identifiers, 6 levels: 10 found, 1 denied")
        #expect(traced.lines.contains { $0.contains("denied") && $0.contains("RECEIPT-8801") })
        // Begun there nothing is found at all, and the exit code says so.
        #expect(try nodes.trace("\(WineNodes.dealer)/RECEIPT-8801", way).code == .code(4))
    }

    @Test func boundsAreToldAndTheBeginningDecidesTheExitCode() throws {
        let nodes = try WineNodes(recurses: true)
        defer { nodes.stop() }
        let shallow = try nodes.trace(WineNodes.bottle, ["--depth", "1"])
        #expect(shallow.code == .code(0))
        #expect(shallow.lines.last == "5 identifiers, 3 levels: 3 found, 2 not followed (depth)")
        let few = try nodes.trace(WineNodes.bottle, ["--identifiers", "2"])
        #expect(few.code == .code(6))
        #expect(few.lines.contains { $0.contains("W-TRACE-001") })
        #expect(few.lines.contains { $0.contains("not followed (number)") })
        let chinese = try nodes.trace(WineNodes.bottle, ["--depth", "0"], language: "zh")
        #expect(chinese.lines.last == "共 3 个标识，2 层：1 已找到，2 未追溯（层数）")
        #expect(try nodes.trace("\(WineNodes.maker)/NONE").code == .code(3))
        #expect(try nodes.trace(WineNodes.bottle, ["--depth", "255"]).code == .code(64))
        nodes.secondary.kill()
        #expect(try nodes.trace().code == .code(7))
    }

    @Test func typesOfTheUsersChoiceAreFollowedToo() throws {
        let node = try NodeProcess(Self.typed())
        defer { node.stop() }
        func trace(_ options: [String]) throws -> [String] {
            let arguments = ["trace", "88.118/a", "--server", "\(node.address)", "--lang", "en"] + options
            let outcome = try BuiltProgram.run(arguments, program: "idctl", in: node.directory.directory)
            return outcome.text.split(separator: "\n").map(String.init)
        }
        #expect(try trace([]).last == "1 identifier, 1 level: 1 found")
        #expect(try trace(["--type", "supplier"]).last == "2 identifiers, 2 levels: 2 found")
        #expect(try trace(["--type", "SUPPLIER", "--values"]).contains { $0.contains("88.118/b") })
    }

    @Test func whichCasesContainThisBottle() throws {
        let nodes = try WineNodes(recurses: false, keepsReferences: true)
        defer { nodes.stop() }
        let traced = try nodes.trace(WineNodes.bottle, ["--reverse"])
        #expect(traced.code == .code(0), "\(traced.lines)")
        #expect(traced.lines.last == "2 identifiers, 2 levels: 2 found")
        #expect(traced.lines.contains { $0.contains("/CASE-0007") && $0.contains("REFERENCE.BOTTLE") })
        // From the raw material to all that was made of it, and, of another node's identifier, who refers to it here.
        let lot = try nodes.trace("\(WineNodes.maker)/LOT-SORGHUM-9", ["--reverse", "--depth", "20"])
        #expect(lot.lines.last == "7 identifiers, 6 levels: 7 found", "\(lot.lines)")
        let receipt = try nodes.trace("\(WineNodes.dealer)/RECEIPT-8801", ["--reverse", "--depth", "1"])
        #expect(receipt.lines.contains { $0.contains("found") && $0.contains("/OUTBOUND-0611") })
        // The dealer's node keeps none.
        let arguments = ["trace", WineNodes.bottle, "--reverse", "--server", "\(nodes.enterprise.address)"]
        let refused = try BuiltProgram.run(arguments, program: "idctl", in: nodes.enterprise.directory.directory)
        #expect(refused.ending == .code(1) && refused.text.contains("E-TRACE-002"))
        nodes.secondary.stop()
        let check = ["verify-db", "--config", nodes.secondary.directory.configuration]
        #expect(
            try BuiltProgram.run(check, program: "idctl", in: nodes.secondary.directory.directory).ending == .code(0)
        )
    }

    private static func typed() throws -> NodeDirectory {
        let directory = try NodeDirectory()
        let file = directory.directory.path + "/typed.csv"
        let rows = "identifier,1:supplier,2:note\n88.118/a,88.118/b,no identifier\n88.118/b,none,88.118/a\n"
        try TestFile.write(file, Array(rows.utf8))
        let arguments = ["import", file, "--data", directory.data, "--no-verify"]
        #expect(try BuiltProgram.run(arguments, program: "idctl", in: directory.directory).ending == .code(0))
        return directory
    }

    /// The levels at which lines tell that `name` was found.
    private static func levels(of name: String, in lines: [String]) -> [String] {
        var levels: [String] = []
        for line in lines {
            let cells = line.split(separator: " ").map(String.init)
            if cells.count > 2, cells[1] == "found", cells[2] == name { levels.append(cells[0]) }
        }
        return levels
    }
}

import ResolutionProtocol
import Testing

/// What the load tool writes about a real node, read by others and by itself (L9, L14).
@Suite struct LoadResultTests {
    private let directory: NodeDirectory
    private var scratch: String { directory.directory.path }

    init() throws {
        directory = try NodeDirectory(settings: [("workers", "1")])
        try directory.fill(homed: [SampleRecords.prefix], records: SampleRecords.records(40))
    }

    /// Runs the load tool; what it prints goes into a file of that name.
    private func load(_ arguments: [String], into name: String) throws -> ChildProcess.Ending? {
        try TestFile.write("\(scratch)/\(name)", [])
        let outcome = try BuiltProgram.run(
            arguments,
            program: "idload",
            in: directory.directory,
            output: "\(scratch)/\(name)",
            seconds: 60
        )
        return outcome.ending
    }

    private func tree(_ name: String) throws -> JSONTree {
        try #require(JSONTree(TestFile.read("\(scratch)/\(name)")))
    }

    private func count(_ name: String, _ tree: JSONTree) -> UInt64? {
        if case .word(let word)? = tree[name] { UInt64(word) } else { nil }
    }

    @Test func L9_csvJSONHistogramAndPageOfARunHaveTheSameFigures() throws {
        let node = try NodeProcess(directory)
        defer { _ = node.stop(seconds: 12) }
        let identifiers = (0..<40).map { String(decoding: SampleRecords.name($0), as: UTF8.self) }
        try TestFile.write("\(scratch)/names", Array(identifiers.joined(separator: "\n").utf8))
        let run = ["\(node.address)", "--replay", "\(scratch)/names", "--rate", "200", "--seconds", "2"]
        let files = ["--csv", "\(scratch)/a.csv", "--histogram", "\(scratch)/a.hgrm", "--report", "\(scratch)/a.html"]
        // A busy machine may make the tool itself late, which is no fault of its files.
        let ending = try load(run + files + ["--json"], into: "a.json")
        #expect(ending == .code(0) || ending == .code(11))
        let result = try tree("a.json")
        let answered = try #require(count("answered", result))
        #expect(answered > 0)

        let rows = try TestFile.text("\(scratch)/a.csv").split(separator: "\n").drop { $0.hasPrefix("#") }
        let columns = try #require(rows.first).split(separator: ",")
        let place = try #require(columns.firstIndex(of: "answered"))
        let sums = rows.dropFirst().map { UInt64($0.split(separator: ",", omittingEmptySubsequences: false)[place]) }
        #expect(sums.compactMap { $0 }.reduce(0, +) == answered)

        let histogram = try TestFile.text("\(scratch)/a.hgrm")
        let last = try #require(histogram.split(separator: "\n").last { !$0.hasPrefix("#") }).split(separator: " ")
        #expect(last.dropFirst(2).first.map { UInt64($0) } == answered)
        if count("lost", result) == 0 {
            #expect(last.first.map { Double($0) } == count("max_us", result).map(Double.init))
        }
        #expect(try TestFile.text("\(scratch)/a.hgrm.service").contains("Total count    = "))

        let page = try TestFile.text("\(scratch)/a.html")
        for name in ["sent", "answered", "wrong", "lost", "p50_us", "service_p99_us", "max_us"] {
            let figure = count(name, result).map(String.init) ?? "inf"
            #expect(page.contains("<data id=\"\(name)\" value=\"\(figure)\">"), "\(name)")
        }

        try compared(run: run)
    }

    /// A result compares with itself, and merged with another one it is a result again.
    private func compared(run: [String]) throws {
        let first = "\(scratch)/a.json"
        #expect(try load(["compare", first, first, "--json"], into: "same.json") == .code(0))
        _ = try load(run + ["--json", "--seed", "5", "--keys", "uniform"], into: "b.json")
        #expect(try load(["compare", first, "\(scratch)/b.json", "--fail-worse"], into: "apart") == .code(11))
        let ending = try load(["merge", first, "\(scratch)/b.json", "--json"], into: "both.json")
        #expect(ending == .code(0) || ending == .code(11))
        let (one, other, both) = (try tree("a.json"), try tree("b.json"), try tree("both.json"))
        #expect(count("sent", both) == (count("sent", one) ?? 0) + (count("sent", other) ?? 0))
        let again = try load(["report", "\(scratch)/both.json", "--report", "\(scratch)/both.html"], into: "both")
        #expect(again == .code(0))
        #expect(try TestFile.text("\(scratch)/both.html").contains("</html>"))
        #expect(try load(["report", "\(scratch)/names"], into: "none") == .code(1))
        #expect(try load(["merge", first], into: "none") == .code(64))
        #expect(try load(run + ["--report", "-"], into: "none") == .code(64))
        #expect(try load(run + ["--report", "/nowhere/at/all.html"], into: "none") == .code(1))
    }
}

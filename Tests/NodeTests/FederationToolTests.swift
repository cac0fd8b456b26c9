import Testing

/// Fourteen nodes as `tools/run-federation` sets them up; `tools/long federation` does it at full size.
struct FederationToolTests {
    @Test func F1_everyIdentifierIsFoundFromEveryLevelAndKilledNodesComeBack() throws {
        let directory = try TestDirectory()
        let tool = #filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" } + "/tools/run-federation"
        let outcome = try BuiltProgram.run(
            [tool, "--quick", "--identifiers", "700", "--lang", "en", "--programs", BuiltProgram.directory],
            program: "/bin/sh",
            in: directory,
            seconds: 600
        )
        #expect(outcome.ending == .code(0), "\(outcome.text)")
        for claim in [
            "700 of 700 identifiers resolve to their values at their owners, TCP",
            "700 of 700 identifiers resolve to their values at foreign secondary nodes, UDP",
            "kill -9 top: others 260/260, cached 20/20, stale and marked 3/3", "19 passed, 0 failed",
        ] {
            #expect(outcome.text.contains(claim), "\(outcome.text)")
        }
    }
}

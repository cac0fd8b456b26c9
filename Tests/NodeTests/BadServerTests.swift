import Glibc
import Testing

/// `idload` against a server that is bad on purpose and counts what it does.
struct BadServerTests {
    @Test("L3, L11: each fault is in its own column, as often as it was made; a stall shows in the high percentiles")
    func faults() throws {
        let directory = try TestDirectory()
        // The late answers of the first second come in before the last question is asked.
        let server = try BadServer(
            wrong: 100,
            twice: 40,
            late: 150,
            goodAfter: 1_000,
            stallEvery: 3_000,
            stall: 1_000,
            lateMilliseconds: 5_000,
            in: directory
        )
        let output = "\(directory.path)/result.json"
        try TestFile.write(output, [])
        let outcome = try BuiltProgram.run(
            [
                "127.0.0.1:\(server.port)", "--id", "88.118.8/part", "--rate", "1000", "--seconds", "7",
                "--timeout", "3000", "--json",
            ],
            program: "idload",
            in: directory,
            output: output,
            seconds: 120
        )
        let made = try server.stop()
        let result = try TestFile.text(output)
        func figure(_ name: String) -> UInt64? { Self.figure(name, in: result) }
        #expect(made.requests > 1_000 && made.wrong > 0 && made.twice > 0 && made.late > 0 && made.stalls > 0)
        #expect(figure("sent") == made.requests)
        #expect(figure("wrong") == made.wrong)
        #expect(figure("code 2") == made.wrong)
        #expect(figure("duplicate") == made.twice)
        #expect(figure("late") == made.late)
        #expect(figure("lost") == made.late)
        #expect(figure("answered") == made.requests - made.late)
        #expect(figure("unexpected") == 0)
        #expect(figure("p50_us").map { $0 < 900_000 } == true)
        #expect(figure("p99_us").map { $0 > 900_000 } == true)
        // Wrong answers end it with 10, whatever else was asked for.
        #expect(outcome.ending == .code(10), "\(outcome.text)")
    }

    /// The first number behind a name in JSON.
    private static func figure(_ name: String, in json: String) -> UInt64? {
        guard let key = json.firstRange(of: "\"\(name)\":") else { return nil }
        return UInt64(json[key.upperBound...].prefix { $0.isNumber })
    }
}

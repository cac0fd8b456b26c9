import Glibc
import ResolutionProtocol
import Testing

/// The load tool's search against a server whose capacity is known (`echo-server`). A busy machine makes its figures
/// lower, so that the bounds are wide; `tools/long find-max` holds them to 5 %.
struct IdloadSearchTests {
    private static let capacity = 2_000.0

    @Test func `L6 a search finds the capacity of a server that has one and says why it stopped`() throws {
        let directory = try TestDirectory()
        let said = directory.path + "/echo"
        let output = open(said, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        defer { close(output) }
        let server = try ChildProcess(
            BuiltProgram.directory + "/echo-server",
            ["0", "200", "-1", "udp", "\(Int(Self.capacity))"],
            output: output,
            error: output
        )
        defer { server.send(SIGTERM) }
        let target = "127.0.0.1:\(try Self.port(in: said))"
        // A machine that holds the server up makes its capacity less for a while: then it is searched for again.
        var found: [Double]? = []
        for _ in 0..<6 {
            found = try Self.search(target, in: directory)
            guard let rates = found else { return }
            #expect(rates.allSatisfy { $0 <= Self.capacity * 1.1 }, "\(rates)")
            if rates.allSatisfy({ $0 >= Self.capacity / 4 }) { break }
        }
        #expect(found?.allSatisfy { $0 >= Self.capacity / 4 } == true, "\(found ?? [])")
    }

    /// The rates that a search finds; nil: another process of the machine kept the tool from its plan, twice, which it
    /// then says.
    private static func search(_ target: String, in directory: TestDirectory) throws -> [Double]? {
        let outcome = try BuiltProgram.run(
            [
                target, "--id", "88.118.8/pump", "--find-max", "--rate", "500", "--trial-seconds", "0.3",
                "--final-seconds", "1", "--json",
            ],
            program: "idload",
            in: directory,
            seconds: 180
        )
        let document = try #require(
            outcome.text.split(separator: "\n").first { $0.hasPrefix("{") }.flatMap { JSONTree(Array($0.utf8)) },
            "\(outcome.text)"
        )
        guard case .array(let figures)? = document["figures"] else { throw NodeFailure("no figures: \(outcome.text)") }
        #expect(figures.count == 2)
        guard outcome.ending == .code(0) else {
            #expect(outcome.ending == .code(11) && outcome.text.contains("\"generator_limited\":true"))
            return nil
        }
        return try figures.map { figure in
            guard case .word(let word)? = figure["rate"], let rate = Double(word) else {
                throw NodeFailure("no rate: \(outcome.text)")
            }
            return rate
        }
    }

    /// The first line that a server has written.
    private static func port(in path: String) throws -> UInt16 {
        for _ in 0..<2_000 {
            if let line = try TestFile.text(path).split(separator: "\n").first, let port = UInt16(line) { return port }
            usleep(5_000)
        }
        throw NodeFailure("the server says no port")
    }
}

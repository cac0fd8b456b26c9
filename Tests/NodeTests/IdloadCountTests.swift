import Glibc
import ResolutionProtocol
import Testing

/// Runs of the load tool for a number of resolutions, interrupted and killed, against the node's own counts;
/// `tools/long count` does it with 100,000,000.
struct IdloadCountTests {
    private static let count: UInt64 = 200_000

    @Test(arguments: ["tcp", "udp"])
    func `L16 a run that is interrupted and killed goes on and agrees with the node`(_ carrier: String) throws {
        let directory = try NodeDirectory()
        try directory.fill(homed: [SampleRecords.prefix], records: SampleRecords.records(1_000))
        let node = try NodeProcess(directory)
        let state = directory.directory.path + "/state"
        let command = [
            "\(node.address)", "--replay", try Self.list(in: directory), "--keys", "uniform", "--protocol", carrier,
            "--closed", "48", "--rate", "20k", "--timeout", "20000", "--count", "\(Self.count)", "--state", state,
            "--control", directory.controlSocket, "--json",
        ]
        for (signal, ending) in [
            (SIGINT, ChildProcess.Ending.code(130)), (SIGKILL, .signal(SIGKILL)), (SIGTERM, .code(130)),
        ] {
            #expect(try Self.begin(command, state: state, endedBy: signal) == ending)
        }
        let outcome = try BuiltProgram.run(command, program: "idload", in: directory.directory, seconds: 120)
        #expect(outcome.ending == .code(0), "\(outcome.text)")
        let document = try #require(
            outcome.text.split(separator: "\n").first { $0.hasPrefix("{") }.flatMap { JSONTree(Array($0.utf8)) }
        )
        let reconciliation = try #require(document["reconciliation"])
        let told = try #require(document["count"])
        #expect(try told.number("asked") as UInt64 == Self.count, "\(outcome.text)")
        #expect(try told.number("left") as UInt64 == 0)
        #expect(try told.number("parts") as UInt64 == 4)
        #expect(try told.number("killed_parts") as UInt64 == 1)
        #expect(try reconciliation.number("unexplained") as UInt64 == 0)
        // A row for each second, however long the run may take.
        #expect(try document.number("row_seconds") as UInt64 == 1)
        // Over TCP nothing is missing there, and over loopback no datagram either, but for a buffer that is full.
        if carrier == "tcp" { #expect(try node.figure("resolution_requests_of_all_days") == Self.count) }
        #expect(node.stop() == .code(0))
    }

    /// Runs until two states have been written, sends a signal, and says how it ended.
    private static func begin(
        _ command: [String],
        state: String,
        endedBy signal: Int32
    ) throws -> ChildProcess.Ending? {
        let nothing = open("/dev/null", O_RDWR | O_CLOEXEC)
        defer { close(nothing) }
        let program = BuiltProgram.directory + "/idload"
        let process = try ChildProcess(program, command, output: nothing, error: nothing)
        var seen = Set([written(state)])
        for _ in 0..<3_000 where seen.count < 3 {
            usleep(10_000)
            seen.insert(written(state))
        }
        process.send(signal)
        return process.wait(seconds: 60)
    }

    /// When a file was written, in nanoseconds; 0 where there is none.
    private static func written(_ path: String) -> Int {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_mtim.tv_sec * 1_000_000_000 + status.st_mtim.tv_nsec : 0
    }

    /// A file of the identifiers.
    private static func list(in directory: NodeDirectory) throws -> String {
        let path = directory.directory.path + "/asked.txt"
        let names = (0..<1_000).map { String(decoding: SampleRecords.name($0), as: UTF8.self) }
        try TestFile.write(path, Array((names.joined(separator: "\n") + "\n").utf8))
        return path
    }
}

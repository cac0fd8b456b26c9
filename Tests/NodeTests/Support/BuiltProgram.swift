import Glibc

/// The programs as this build made them.
enum BuiltProgram {
    /// The program `idnode`.
    static let path = directory + "/idnode"

    /// They lie beside the tests' own executable.
    static let directory: String = {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink("/proc/self/exe", &buffer, buffer.count)
        let own = String(decoding: buffer.prefix(max(0, count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return own.split(separator: "/").dropLast().reduce("") { "\($0)/\($1)" }
    }()

    /// What a run of the program came to.
    struct Outcome: Sendable {
        var ending: ChildProcess.Ending?
        /// Standard output and standard error, as they came.
        var text: String
    }

    /// Runs a program, one of ours or at a path of its own, with `arguments` to its end, which must come within so many
    /// seconds. Standard output goes to `output` in place of the outcome's text.
    static func run(
        _ arguments: [String],
        program: String = "idnode",
        in directory: TestDirectory,
        output: String? = nil,
        seconds: Double = 20
    ) throws -> Outcome {
        let log = "\(directory.path)/output-\(UInt64.random(in: 0...UInt64.max))"
        let descriptor = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw NodeFailure("cannot write \(log): errno \(errno)") }
        defer { close(descriptor) }
        let elsewhere = try output.map { try Self.opened($0) }
        defer { if let elsewhere { close(elsewhere) } }
        let process = try ChildProcess(
            program.hasPrefix("/") ? program : "\(Self.directory)/\(program)",
            arguments,
            output: elsewhere ?? descriptor,
            error: descriptor
        )
        let ending = process.wait(seconds: seconds)
        return Outcome(ending: ending, text: try TestFile.text(log))
    }

    private static func opened(_ path: String) throws -> Int32 {
        let descriptor = open(path, O_WRONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw NodeFailure("cannot write \(path): errno \(errno)") }
        return descriptor
    }
}

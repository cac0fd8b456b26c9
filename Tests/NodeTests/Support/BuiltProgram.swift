import Glibc

/// The program `idnode` as this build made it.
enum BuiltProgram {
    /// It lies beside the tests' own executable.
    static let path: String = {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink("/proc/self/exe", &buffer, buffer.count)
        let own = String(decoding: buffer.prefix(max(0, count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return own.split(separator: "/").dropLast().reduce("") { "\($0)/\($1)" } + "/idnode"
    }()

    /// What a run of the program came to.
    struct Outcome: Sendable {
        var ending: ChildProcess.Ending?
        /// Standard output and standard error, as they came.
        var text: String
    }

    /// Runs `idnode` with `arguments` to its end, which must come within so many seconds.
    static func run(_ arguments: [String], in directory: TestDirectory, seconds: Double = 20) throws -> Outcome {
        let log = "\(directory.path)/output-\(UInt64.random(in: 0...UInt64.max))"
        let descriptor = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw NodeFailure("cannot write \(log): errno \(errno)") }
        defer { close(descriptor) }
        let process = try ChildProcess(path, arguments, output: descriptor, error: descriptor)
        let ending = process.wait(seconds: seconds)
        return Outcome(ending: ending, text: try TestFile.text(log))
    }
}

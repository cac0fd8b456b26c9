import Glibc
import StoreSuite
import Testing

/// A process of `crash-writer` that is killed.
final class CrashProcess {
    private let pid: pid_t

    /// Starts it; what it writes goes nowhere but for its errors. `environment` is added to ours.
    init(_ work: String, _ directory: String, _ last: String, environment added: [String] = []) throws {
        let path = try Self.built("crash-writer")
        var started = pid_t()
        let inherited = Array(UnsafeBufferPointer(start: environ, count: Self.environmentCount)).map { $0 }
        let variables = added.map { (text: String) in strdup(text) }
        defer { for variable in variables { free(variable) } }
        let environment: [UnsafeMutablePointer<CChar>?] = variables + inherited + [nil]
        let arguments: [UnsafeMutablePointer<CChar>?] =
            [path, work, directory, last].map { (text: String) in strdup(text) } + [nil]
        defer { for argument in arguments { free(argument) } }
        let code = posix_spawn(&started, path, nil, nil, arguments, environment)
        try #require(code == 0)
        pid = started
    }

    private static var environmentCount: Int {
        var count = 0
        while environ[count] != nil { count += 1 }
        return count
    }

    /// The path of what is built with the tests: it lies in the folder of the test bundle.
    static func built(_ name: String) throws -> String {
        let own = try #require(link("/proc/self/exe"))
        let folder = CommandLine.arguments.first.map { $0.hasSuffix(".xctest") ? $0 : own } ?? own
        let path = String(folder[..<(try #require(folder.lastIndex(of: "/")))]) + "/" + name
        try #require(access(path, R_OK) == 0, "\(path) is built with the tests")
        return path
    }

    private static func link(_ path: String) -> String? {
        var buffer = [UInt8](repeating: 0, count: 4_096)
        let count = buffer.withUnsafeMutableBytes { bytes in
            bytes.withMemoryRebound(to: CChar.self) { chars in
                chars.baseAddress.map { readlink(path, $0, chars.count) } ?? -1
            }
        }
        return count > 0 ? String(decoding: buffer[..<count], as: UTF8.self) : nil
    }

    /// Waits for its end; its exit code.
    func wait() -> Int32 {
        var status: Int32 = 0
        waitpid(pid, &status, 0)
        return status & 0x7F == 0 ? status >> 8 : -1
    }

    /// Lets it work until it `hasCome` so far, for a minute at most.
    func run(until hasCome: () -> Bool) {
        for _ in 0..<60_000 where !hasCome() { usleep(1_000) }
    }

    /// Kills it after `milliseconds`; false: it had ended by itself.
    func kill(afterMilliseconds milliseconds: Int) -> Bool {
        usleep(UInt32(milliseconds) * 1_000)
        _ = Glibc.kill(pid, SIGKILL)
        var status: Int32 = 0
        waitpid(pid, &status, 0)
        return status & 0x7F == SIGKILL
    }
}

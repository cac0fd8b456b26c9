import EventLoop
import Glibc
import Synchronization
import Testing

/// Lets other threads run.
func pauseBriefly() { sched_yield() }

@Suite struct NamedThreadTests {
    private final class Findings: Sendable {
        let name = Mutex("")
        let cores = Mutex("")
    }

    private static func ownFile(_ name: String) -> String {
        guard let file = fopen("/proc/thread-self/\(name)", "r") else { return "" }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 8_192)
        let count = fread(&bytes, 1, bytes.count, file)
        return String(decoding: bytes[..<count], as: UTF8.self)
    }

    @Test func hasItsNameAndItsCore() throws {
        let findings = Findings()
        let thread = try NamedThread(name: "worker-with-a-long-name", core: 0) {
            findings.name.withLock { $0 = Self.ownFile("comm") }
            findings.cores.withLock { $0 = Self.ownFile("status") }
        }
        thread.join()
        thread.join()
        #expect(findings.name.withLock { $0 } == "worker-with-a-l\n")
        #expect(findings.cores.withLock { $0 }.contains("Cpus_allowed_list:\t0\n"))
    }

    @Test func runsWhereTheCoreDoesNotExist() throws {
        let findings = Findings()
        let thread = try NamedThread(name: "anywhere", core: 1_000_000) { findings.name.withLock { $0 = "ran" } }
        thread.join()
        #expect(findings.name.withLock { $0 } == "ran")
    }
}

import Console
import StorageLMDB
import Testing

@testable import idctl

@Suite struct BackupMessageTests {
    @Test(arguments: [
        (BackupError.alreadyExists(path: "p"), "E-BACKUP-001", ProgramExit.conflict),
        (.noRoom(path: "p"), "E-BACKUP-002", .failed),
        (.cutShort(path: "p", byteCount: 1), "E-BACKUP-009", .failed),
        (.disagrees(path: "p", reason: "r"), "E-BACKUP-011", .failed),
        (.store(.inUse(path: "p", pid: 1)), "E-STORE-010", .failed),
        (.interrupted, "E-RUN-001", .interrupted),
    ])
    func eachReasonHasItsCodeAndExit(error: BackupError, code: String, exit: ProgramExit) {
        let failure = CommandFailure(error)
        #expect(failure.messages.map(\.code.description) == [code])
        #expect(failure.exit == exit)
    }
}

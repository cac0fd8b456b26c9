import EventLoop
import Glibc
import Resolution
import ResolutionClient
import ResolutionProtocol
import StorageLMDB
import Testing
import TransportSuite

/// Backup and restore as an operator does them: with the programs, beside a running node (cases D3, D8, D9, O5).
@Suite struct BackupTests {
    private static let recordCount = 400

    private static func directory() throws -> NodeDirectory {
        let directory = try NodeDirectory(settings: [("workers", "2")])
        try directory.fill(homed: [SampleRecords.prefix], records: SampleRecords.records(recordCount))
        return directory
    }

    private static func idctl(_ arguments: [String], in directory: NodeDirectory) throws -> BuiltProgram.Outcome {
        try BuiltProgram.run(arguments + ["--lang", "en"], program: "idctl", in: directory.directory)
    }

    /// O5: back up beside a node under load, restore on an empty directory, start a node there, ask it everything.
    @Test func o5TheRestoreDrillEndsWithANodeThatAnswersTheSame() throws {
        let directory = try Self.directory()
        let node = try NodeProcess(directory)
        let clients = try [NodeAsker.Carrier.tcp, .udp].map {
            try LoadClient(node.address, $0, recordCount: Self.recordCount)
        }
        let file = directory.directory.path + "/node.backup"
        let backup = try Self.idctl(["backup", "--config", directory.configuration, "--to", file], in: directory)
        #expect(backup.ending == .code(0), "\(backup.text)")
        for client in clients { #expect(client.finish(stops: true).fault == nil) }
        let status = String(decoding: try node.control.ask(.status), as: UTF8.self)
        #expect(status.contains("\"last_backup\":{\"result\":\"done\""), "\(status)")
        let metrics = String(decoding: try node.control.ask(.metrics), as: UTF8.self)
        #expect(metrics.contains("\nhanjiang_backup_last_attempt_done 1\n"), "\(metrics)")

        let check = try Self.idctl(["restore", file, "--check"], in: directory)
        #expect(check.ending == .code(0), "\(check.text)")
        let empty = try NodeDirectory(settings: [("workers", "2")])
        #expect(unlink(empty.dataFile) == 0 && unlink(empty.data + "/lock") == 0)
        #expect(rmdir(empty.data + "/counts") == 0)
        let restore = try Self.idctl(["restore", file, "--data", empty.data], in: directory)
        #expect(restore.ending == .code(0), "\(restore.text)")
        #expect(try Self.records(in: empty) == (try Self.records(of: directory, besideNode: true)))
        let second = try NodeProcess(empty)
        let asker = try NodeAsker(second.address, .tcp)
        for number in 0..<Self.recordCount {
            let request = asker.request(SampleRecords.name(number))
            try asker.send(request.wire)
            let answer = try #require(asker.receive())
            let name = SampleRecords.name(number)
            let id = request.envelope.requestID
            try Asking.check(answer, gives: SampleRecords.values(number), of: name, requestID: id)
        }
        #expect(second.stop() == .code(0))
        #expect(node.stop() == .code(0))
    }

    /// The drill as an operator runs it, with a backup made for it; a damaged one fails it.
    @Test func o5TheRestoreDrillOfTheToolsPasses() throws {
        let directory = try TestDirectory()
        let tools = #filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" } + "/tools"
        func drill(_ arguments: [String]) throws -> BuiltProgram.Outcome {
            let script = [tools + "/restore-drill", "--programs", BuiltProgram.directory]
            return try BuiltProgram.run(script + arguments, program: "/bin/sh", in: directory, seconds: 120)
        }
        let passed = try drill([])
        #expect(passed.ending == .code(0), "\(passed.text)")
        #expect(passed.text.contains("the restore drill passed: 5001 records"), "\(passed.text)")
        let damaged = directory.path + "/damaged.backup"
        try TestFile.write(damaged, Array("HJBACKUP".utf8) + [0, 0, 0, 1, 1, 2, 3])
        let failed = try drill([damaged])
        #expect(failed.ending == .code(1) && failed.text.contains("E-BACKUP-009"), "\(failed.text)")
    }

    private static func records(in directory: NodeDirectory) throws -> [[UInt8]: [UInt8]] {
        try records(of: directory, besideNode: false)
    }

    /// Names and values of all records, as they are stored.
    private static func records(of directory: NodeDirectory, besideNode: Bool) throws -> [[UInt8]: [UInt8]] {
        var options = StoreOptions()
        options.isBesideOthers = besideNode
        options.isReadOnly = true
        let store = try Store.open(directory: directory.data, options: options)
        defer { store.close() }
        var records: [[UInt8]: [UInt8]] = [:]
        try store.scan { record in
            records[[UInt8](record.name)] = [UInt8](record.valueList)
            return true
        }
        return records
    }

    @Test func d8ARestoreIntoARunningNodesDirectoryIsRefused() throws {
        let directory = try Self.directory()
        let file = directory.directory.path + "/node.backup"
        let backup = try Self.idctl(["backup", "--data", directory.data, "--to", file], in: directory)
        #expect(backup.ending == .code(0), "\(backup.text)")
        let node = try NodeProcess(directory)
        let restore = try Self.idctl(["restore", file, "--data", directory.data, "--yes"], in: directory)
        #expect(restore.ending == .code(1) && restore.text.contains("E-STORE-010"), "\(restore.text)")
        try NodeAsker(node.address, .tcp).askHonestly()
        #expect(node.stop() == .code(0))
        let asked = try Self.idctl(["restore", file, "--data", directory.data], in: directory)
        #expect(asked.ending == .code(64) && asked.text.contains("--yes"), "\(asked.text)")
        let replacing = ["restore", file, "--data", directory.data, "--replace"]
        let unconfirmed = try Self.idctl(replacing + ["--yes"], in: directory)
        #expect(unconfirmed.ending == .code(64) && unconfirmed.text.contains("--confirm"), "\(unconfirmed.text)")
        let confirmed = try Self.idctl(replacing + ["--confirm", directory.data], in: directory)
        #expect(confirmed.ending == .code(0), "\(confirmed.text)")
        #expect(try directory.verify().isSound)
    }

    @Test func d3ABackupThatCannotBeWrittenSaysSoAndIsNoted() throws {
        let directory = try Self.directory()
        let node = try NodeProcess(directory)
        let target = directory.directory.path + "/missing/node.backup"
        let backup = try Self.idctl(["backup", "--data", directory.data, "--to", target], in: directory)
        #expect(backup.ending == .code(1) && backup.text.contains("E-BACKUP-003"), "\(backup.text)")
        let status = String(decoding: try node.control.ask(.status), as: UTF8.self)
        #expect(status.contains("\"last_backup\":{\"result\":\"failed\""), "\(status)")
        let full = try Self.idctl(
            ["backup", "--data", directory.data, "--to", "-"],
            in: directory,
            output: "/dev/full"
        )
        #expect(full.ending == .code(1) && full.text.contains("E-BACKUP-002"), "\(full.text)")
        try NodeAsker(node.address, .tcp).askHonestly()
        #expect(node.stop() == .code(0))
    }

    /// Ctrl-C ends a backup with 130, and nothing is left of it.
    @Test func anInterruptedBackupLeavesNoFile() throws {
        let directory = try Self.directory()
        let csv = directory.directory.path + "/many.csv"
        let rows = (0..<20_000).map { "88.118.8/many-\($0),https://example.org/\($0 &* 7_919)" }
        try TestFile.write(csv, Array((["identifier,1:URL"] + rows).joined(separator: "\n").utf8))
        let imported = try Self.idctl(["import", csv, "--data", directory.data, "--no-verify"], in: directory)
        #expect(imported.ending == .code(0), "\(imported.text)")
        let node = try NodeProcess(directory)
        let targets = directory.directory.path + "/targets"
        #expect(mkdir(targets, 0o700) == 0)
        let log = open(directory.directory.path + "/interrupted", O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        defer { close(log) }
        let backup = try ChildProcess(
            BuiltProgram.directory + "/idctl",
            ["backup", "--data", directory.data, "--to", targets, "--limit", "1"],
            output: log,
            error: log
        )
        while try TestFile.names(in: targets).isEmpty, backup.poll() == nil { usleep(1_000) }
        backup.send(SIGINT)
        #expect(backup.wait() == .code(130))
        #expect(try TestFile.names(in: targets).isEmpty)
        #expect(node.stop() == .code(0))
    }

    private static func idctl(
        _ arguments: [String],
        in directory: NodeDirectory,
        output: String
    ) throws -> BuiltProgram.Outcome {
        try BuiltProgram.run(arguments, program: "idctl", in: directory.directory, output: output)
    }

    @Test func verifyDatabaseReadsARunningNodesStore() throws {
        let directory = try Self.directory()
        let node = try NodeProcess(directory)
        let verify = ["verify-db", "--config", directory.configuration, "--compare-log", "--limit", "50"]
        let verified = try Self.idctl(verify, in: directory)
        #expect(verified.ending == .code(0) && verified.text.contains("damaged 0"), "\(verified.text)")
        #expect(node.stop() == .code(0))
    }
}

import Glibc
import ResolutionProtocol
import StorageLMDB
import Testing

/// Data files that are not as they were written (cases D5, D6, D8).
@Suite struct DamageTests {
    private static func directory() throws -> NodeDirectory {
        let directory = try NodeDirectory()
        try directory.fill(homed: [SampleRecords.prefix], records: SampleRecords.records(200))
        return directory
    }

    @Test func d5FlippedByteInARecordIsCode2AndNeverAWrongValue() throws {
        let directory = try Self.directory()
        var bytes = try TestFile.read(directory.dataFile)
        let victim = SampleRecords.values(123)[1].data
        let places = bytes.indices.filter { bytes[$0...].starts(with: victim) }
        #expect(!places.isEmpty)
        for place in places { bytes[place + 3] ^= 0x10 }
        try TestFile.write(directory.dataFile, bytes)
        let node = try NodeProcess(directory)
        for carrier in NodeAsker.Carrier.allCases {
            let asker = try NodeAsker(node.address, carrier)
            for indexes in [[], [1], [2]] as [[UInt32]] {
                let answer = try asker.resolve(SampleRecords.name(123), indexes: indexes)
                #expect(answer.header.responseCode == .error)
            }
            for number in 0..<200 where number != 123 {
                let expected = ResolutionAnswer(
                    identifier: SampleRecords.name(number),
                    values: SampleRecords.values(number)
                )
                #expect(try asker.resolve(SampleRecords.name(number)).body == .resolved(expected))
            }
        }
        #expect(try node.figure("damaged_records_met") == 6)
        #expect(node.stop() == .code(0))
        #expect(node.errorText.contains("level=error message=\"damaged data\""))
        #expect(try !directory.verify().isSound)
    }

    /// What is done to a data file, and what the node must say of it.
    enum Spoiling: String, CaseIterable, Sendable {
        case missing, empty, truncated, garbage, newer

        var words: (english: String, chinese: String) {
            switch self {
            case .missing: ("the data file is missing", "数据文件缺失")
            case .empty: ("the data file is empty", "数据文件为空")
            case .truncated: ("cut short", "文件被截断")
            case .garbage: ("not a data file of this program", "不是本程序的数据文件")
            case .newer: ("newer than this program knows", "高于本程序支持的版本")
            }
        }

        func apply(to path: String) throws {
            var bytes = try TestFile.read(path)
            switch self {
            case .missing:
                unlink(path)
                return
            case .empty: bytes = []
            case .truncated: bytes = Array(bytes[..<(bytes.count / 2)])
            case .garbage: bytes = bytes.indices.map { UInt8(truncatingIfNeeded: $0 &* 167 &+ 13) }
            case .newer:
                // LMDB's version stands 20 bytes into each of its two meta pages.
                for page in [0, 4_096] { bytes[page + 20] = 2 }
            }
            try TestFile.write(path, bytes)
        }
    }

    @Test(arguments: Spoiling.allCases)
    func d6SpoiltDataFileRefusesToStartAndNothingIsTouched(spoiling: Spoiling) throws {
        let directory = try Self.directory()
        try spoiling.apply(to: directory.dataFile)
        let before = try TestDirectory.snapshot(directory.data)
        for (language, words) in [("en", spoiling.words.english), ("zh", spoiling.words.chinese)] {
            let outcome = try BuiltProgram.run(
                ["run", "--config", directory.configuration, "--lang", language],
                in: directory.directory
            )
            #expect(outcome.ending == .code(1))
            #expect(outcome.text.contains("E-NODE-010") && outcome.text.contains(words), "\(outcome.text)")
            #expect(outcome.text.contains(directory.dataFile))
        }
        // The lock names who held it last: that is its only content.
        let after = try TestDirectory.snapshot(directory.data)
        #expect(after.filter { $0.key != "lock" } == before.filter { $0.key != "lock" })
        #expect(after.keys == before.keys)
    }

    @Test func d6MissingDirectoryIsNotMade() throws {
        let directory = try Self.directory()
        #expect(rename(directory.data, directory.data + "-moved") == 0)
        let outcome = try BuiltProgram.run(["run", "--config", directory.configuration], in: directory.directory)
        #expect(outcome.ending == .code(1) && outcome.text.contains("no such data directory"), "\(outcome.text)")
        #expect(access(directory.data, F_OK) != 0)
    }

    @Test func d8SecondNodeOnTheSameDirectoryIsRefusedWithThePid() throws {
        let directory = try Self.directory()
        let node = try NodeProcess(directory)
        for (language, words) in [("en", "in use by process"), ("zh", "正被进程")] {
            let outcome = try BuiltProgram.run(
                ["run", "--config", directory.configuration, "--lang", language],
                in: directory.directory
            )
            #expect(outcome.ending == .code(1))
            #expect(outcome.text.contains("\(words) \(node.process.processID)"), "\(outcome.text)")
        }
        try NodeAsker(node.address, .udp).askHonestly()
        #expect(try node.figure("identifiers") == 200)
    }
}

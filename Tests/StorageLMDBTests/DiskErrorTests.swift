import StoreSuite
import Testing

@testable import StorageLMDB

@Suite(.serialized) struct DiskErrorTests {
    /// What fails, as WriteRecorder.h numbers it.
    enum Fault: UInt64, CaseIterable {
        case synchronization = 1
        case write = 2
        case writeOfTheMetaPage = 3
    }

    @Test(arguments: Fault.allCases)
    func d10WhenTheDiskRefusesNothingIsAcknowledgedNorTriedAgainAndReadsGoOn(_ fault: Fault) throws {
        let directory = try TemporaryDirectory()
        let data = directory.path + "/data"
        try Store.create(directory: data, options: smallOptions)
        let control = try #require(SharedWords(path: directory.path + "/control", count: 8))
        control[2] = fault.rawValue
        let recorder = try CrashProcess.built("libWriteRecorder.so")
        let process = try CrashProcess(
            "errors",
            data,
            directory.path + "/control",
            environment: ["LD_PRELOAD=\(recorder)", "HANJIANG_RECORDER_CONTROL=\(directory.path)/control"]
        )
        #expect(process.wait() == 0)
        let store = try Store.open(directory: data, options: smallOptions)
        let underTest = StoreUnderTest(records: try store.makeReader(), log: store.log, listing: store)
        for number in 0..<20 {
            let found = try underTest.find(Array("88.1/\(number)".utf8))
            #expect(found.values == [StoreSuite.value("\(number)")], "acknowledged before")
        }
        #expect(try store.verify(comparingLog: true) { Issue.record("\($0)") }.isSound)
    }
}

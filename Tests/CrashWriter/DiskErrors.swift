internal import Glibc
internal import Resolution
internal import StorageLMDB
internal import StoreSuite
internal import Synchronization

/// Works on a store while the disk refuses, as the recorder of writes makes it do (reliability case D10).
enum DiskErrors {
    /// Words of the control file that the recorder shares.
    private enum Word {
        static let fault = 0
        static let writeCount = 1
    }

    /// `path`: the recorder's control file, whose word 2 says what is to fail. Ends with 0 when all is as it must be.
    static func meet(_ directory: String, _ path: String) throws {
        guard let control = SharedWords(path: path, count: 8) else { CrashWriter.end("no control") }
        let failed = Atomic<Int>(0)
        let store = try Store.open(directory: directory, options: CrashWriter.options)
        try store.log.start { event in
            if case .failed = event { failed.add(1, ordering: .relaxed) }
        }
        let underTest = StoreUnderTest(records: try store.makeReader(), log: store.log, listing: store)
        for number in 0..<20 { expect(try put(number, underTest).isDone, "write \(number)") }
        control[Word.fault] = control[2]
        expectFailure(20, underTest)
        expect(failed.load(ordering: .relaxed) == 1, "the state is told once")
        control[Word.fault] = 0
        let written = control[Word.writeCount]
        for number in 21..<40 { expectFailure(number, underTest) }
        // Beyond a tick, which folds counts and trims.
        usleep(1_300_000)
        for number in 0..<20 { try expectFound(number, underTest) }
        for number in 21..<40 { expect(try find(number, underTest).status == .absent, "no trace of \(number)") }
        store.close()
        expect(control[Word.writeCount] == written, "nothing was written any more")
    }

    private static func expectFailure(_ number: Int, _ underTest: StoreUnderTest) {
        do {
            CrashWriter.end("acknowledged although the disk refused: \(try put(number, underTest))")
        } catch let error as ChangeLogError {
            if case .failed = error { return }
            CrashWriter.end("not failed, but \(error)")
        } catch {
            CrashWriter.end("\(error)")
        }
    }

    private static func expectFound(_ number: Int, _ underTest: StoreUnderTest) throws {
        let found = try find(number, underTest)
        expect(found.values == [StoreSuite.value("\(number)")], "reading \(number): \(found.status)")
    }

    private static func find(_ number: Int, _ underTest: StoreUnderTest) throws -> FoundRecord {
        try underTest.find(Array("88.1/\(number)".utf8))
    }

    private static func put(_ number: Int, _ underTest: StoreUnderTest) throws -> CommandOutcome {
        let name = try StoreSuite.identifier("88.1/\(number)")
        return try underTest.apply(.put(name: name, values: [StoreSuite.value("\(number)")], expecting: .absent))
    }

    private static func expect(_ holds: @autoclosure () throws -> Bool, _ text: String) {
        if (try? holds()) != true { CrashWriter.end(text) }
    }
}

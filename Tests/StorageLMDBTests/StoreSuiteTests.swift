import StoreSuite
import Testing

@testable import StorageLMDB

@Suite struct StoreSuiteTests {
    @Test(arguments: StoreSuite.checks) func memoryStore(_ check: StoreSuite.Check) throws {
        let store = MemoryStore()
        let underTest = StoreUnderTest(
            records: store,
            log: store,
            listing: store,
            prefixRows: { store.prefixRows() },
            identifierCounts: { store.identifierCounts() }
        )
        try check.run(underTest)
    }

    @Test(arguments: StoreSuite.checks, HintVariant.allCases)
    func storageLMDB(_ check: StoreSuite.Check, _ index: HintVariant) throws {
        var options = smallOptions
        options.index = index.options
        try withStore(options) { _, underTest in try check.run(underTest) }
    }

    @Test(arguments: StoreSuite.checks) func storageLMDBInAMapThatGrows(_ check: StoreSuite.Check) throws {
        var options = smallOptions
        options.mapSizeBytes = 256 << 10
        try withStore(options) { _, underTest in try check.run(underTest) }
    }
}

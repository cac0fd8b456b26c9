import Resolution
import Testing

@Suite struct OriginClassTests {
    @Test func numbersAndNamesStandInFilesAndConfigurations() {
        #expect(OriginClass.allCases.map(\.rawValue) == [0, 1, 2, 3, 4, 5])
        #expect(
            OriginClass.allCases.map(\.name) == ["external", "recursive", "enterprise", "probe", "monitoring", "own"]
        )
        #expect(OriginClass.allCases.map(\.isExternal) == [true, true, true, false, false, false])
    }
}

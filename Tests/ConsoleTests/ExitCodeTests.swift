import Console
import Testing

struct ExitCodeTests {
    @Test func codesAreThoseOfTheTable() {
        #expect(ExitCode.allCases.map(\.rawValue) == [0, 1, 3, 4, 5, 6, 7, 10, 11, 64, 130])
    }

    @Test func everyMeaningIsItsOwn() {
        #expect(Set(ExitCode.allCases.map(\.meaning)).count == ExitCode.allCases.count)
    }
}

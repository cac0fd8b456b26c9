import Testing
import VectorFiles

@Suite struct VectorTests {
    @Test func everyVectorOfTheFolderPasses() throws {
        let report = VectorReport(of: try VectorFolder.files(in: VectorFolder.path))
        for line in report.lines { print(line) }
        #expect(report.failures.isEmpty)
        #expect(report.passedCount > 0, "\(VectorFolder.path) holds no vector that can be judged")
    }
}

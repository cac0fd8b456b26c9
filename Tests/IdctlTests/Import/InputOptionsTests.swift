import ArgumentParser
import RecordFiles
import Testing

@testable import idctl

@Suite struct InputOptionsTests {
    @Test(arguments: [
        ["import", "a.csv", "--data", "d", "--files", "f"], ["import", "a.jsonl", "--data", "d", "--files", "f"],
        ["import", "-", "--data", "d", "--files", "f"], ["import", "a.txt", "--data", "d", "--sheet", "s"],
        ["import", "a.xlsx", "--data", "d", "--files", "f"], ["import", "a.csv", "--data", "d", "--sheet", "s"],
        ["verify", "a.csv", "--files", "f"], ["verify", "a.csv", "--sheet", "s"],
    ])
    func `B9 an option that means nothing to the format is refused with 64`(arguments: [String]) {
        do {
            _ = try Idctl.parseAsRoot(arguments)
            Issue.record("\(arguments) was accepted")
        } catch {
            #expect(Idctl.exitCode(for: error).rawValue == 64)
        }
    }

    @Test(arguments: [
        ["import", "a.txt", "--data", "d", "--files", "f"],
        ["import", "-", "--format", "batch", "--data", "d", "--files", "f"],
        ["import", "a.xlsx", "--data", "d", "--sheet", "s"], ["verify", "a", "--format", "xlsx", "--sheet", "s"],
        ["verify", "a.batch", "--files", "f"],
    ])
    func `B9 where it means something it is taken`(arguments: [String]) throws {
        #expect(try Idctl.parseAsRoot(arguments) is any IdctlCommand)
    }

    @Test func `the directory and the worksheet are part of what a journal is about`() {
        let all = [
            InputForm(), InputForm(files: "a"), InputForm(sheet: "a"), InputForm(files: "a", sheet: "a"),
            InputForm(format: .batchText, files: "b"),
        ]
        #expect(Set(all.map(\.identity)).count == all.count)
        #expect(InputForm().identity.isEmpty, "journals of earlier builds go on")
    }
}

import ArgumentParser
import Console
import Testing

@testable import idctl

@Suite struct CommandLineTests {
    @Test func `language and colour may stand anywhere before a double dash`() {
        let options = GlobalOptions.take(from: ["--lang", "zh", "resolve", "--no-color", "x", "--", "--lang=en"])
        #expect(options.language == .chinese)
        #expect(options.noColour)
        #expect(options.rest == ["resolve", "x", "--", "--lang=en"])
        #expect(GlobalOptions.take(from: ["--lang=klingon"]).unknownLanguage == "klingon")
    }

    @Test func `a mistyped command gets the nearest one`() {
        #expect(CommandNames.complaint(about: ["resolv", "x"])?.advice?.english == "did you mean “resolve”?")
        #expect(CommandNames.complaint(about: ["prefix", "hom"])?.advice?.english == "did you mean “home”?")
        #expect(CommandNames.complaint(about: ["id", "creat"])?.advice?.english == "did you mean “create”?")
        #expect(CommandNames.complaint(about: ["key", "new"]) == nil)
        #expect(CommandNames.complaint(about: ["resolve", "x"]) == nil)
        #expect(CommandNames.complaint(about: ["--version"]) == nil)
    }

    @Test(arguments: [
        ["resolve", "88.118/x", "--tcp", "--udp"], ["resolve"], ["count"], ["count", "--data", "d", "--config", "c"],
        ["import", "f.csv"], ["import", "f.csv", "--data", "d", "--max-rejects", "x"],
        ["prefix", "home", "--data", "d"], ["prefix", "delegate", "--data", "d", "88.118"],
        ["export", "--data", "d", "--spreadsheet-safe"], ["export"], ["export", "--server", "s"],
        ["export", "--data", "d", "--server", "s"], ["export", "--data", "d", "--format", "xlsx"],
        ["id", "create", "88.118/x"], ["id", "create", "88.118/x", "--value", "1 URL x", "--from", "f"],
        ["id", "get", "88.118/x", "--auth", "300:0.NA/88.118"], ["id", "get", "88.118/x", "--key-file", "f"],
        ["id", "get", "88.118/x", "--auth", "1:a/b", "--key-file", "f", "--secret-file", "f"],
        ["id", "get", "88.118/x", "--local"], ["id", "get", "88.118/x", "--data", "d", "--server", "s"],
        ["id", "get", "88.118/x", "--at", "2026-05-03"],
        ["id", "get", "88.118/x", "--at", "2026-05-03", "--config", "c", "--server", "s"],
        ["id", "history", "88.118/x"], ["id", "history", "88.118/x", "--data", "d", "--limit", "0"],
        ["id", "diff", "88.118/x", "--data", "d"], ["id", "diff", "88.118/x", "--from", "2026-05-03"],
        ["key", "new", "--out", "f"], ["key", "new", "--type", "dsa", "--out", "f"],
        ["key", "new", "--type", "rsa", "--bits", "1024", "--out", "f"],
        ["key", "new", "--type", "sm2", "--bits", "2048", "--out", "f"],
        ["status", "--data", "d", "--watch", "--every", "0"], ["status", "--data", "d", "--every", "1"],
        ["status", "--data", "d", "--watch", "--metrics"], ["status", "--data", "d", "--json", "--all"],
        ["export"], ["profile", "use"], ["profile", "use", "a", "--none"],
        ["profile", "add", "a", "--config", "c", "--data", "d"], ["batch"],
        ["prefix", "allot", "88.118", "--data", "d"], ["prefix", "limit", "88.118", "--data", "d"],
        ["prefix", "delegate", "--data", "d", "88.118", "--address", "192.0.2.7"],
        ["prefix", "delegate", "--data", "d", "88.118", "--site", "s", "--tcp", "2641"],
    ])
    func `a command line that cannot be meant is refused with 64`(arguments: [String]) {
        do {
            _ = try Idctl.parseAsRoot(arguments)
            Issue.record("\(arguments) was accepted")
        } catch {
            #expect(Idctl.exitCode(for: error).rawValue == 64)
        }
    }
}

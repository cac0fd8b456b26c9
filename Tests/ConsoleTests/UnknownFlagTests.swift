import Testing

@testable import Console

struct UnknownFlagTests {
    private static let help = """
        OPTIONS:
          --config <file>         Use --conf files.
          --session/--no-session  Log in.
          --only
          -h, --help              Show help information.
        """

    @Test(arguments: [
        (["--confg", "x"], "--config"), (["run", "--hepl"], "--help"), (["--no-sesion"], "--no-session"),
        (["--onyl=3"], "--only"),
    ])
    func `C8 the nearest flag is named`(arguments: [String], nearest: String) {
        let message = UnknownFlag.complaint(in: arguments, help: Self.help)
        #expect(message?.code == "E-USAGE-002")
        #expect(message?.advice?.chinese == "是否想输入“\(nearest)”？")
    }

    @Test(arguments: [
        ["--config", "x"], ["--config=--x"], ["--", "--confg"], ["-x"], [], ["--no-session", "--only"],
    ])
    func `known flags and what is none are left alone`(arguments: [String]) {
        #expect(UnknownFlag.complaint(in: arguments, help: Self.help) == nil)
    }

    @Test func `what a description mentions is no flag`() {
        #expect(UnknownFlag.complaint(in: ["--conf"], help: Self.help) != nil)
    }
}

import Testing

@testable import Console

struct ProgramVersionTests {
    @Test func `C9 a version names program, commit, build, protocol and libraries`() {
        let version = ProgramVersion(
            program: "idctl",
            commit: "0123456789ab+",
            protocolVersion: "2.11",
            libraries: [ProgramVersion.Library("libuv", "1.44.2")]
        )
        #expect(version.line == "idctl \(ProgramVersion.number)")
        let lines = version.text.split(separator: "\n")
        #expect(lines[1] == "commit    0123456789ab+")
        #expect(lines[2] == "build     debug" || lines[2] == "build     release")
        #expect(lines[4] == "libuv     1.44.2")
    }
}

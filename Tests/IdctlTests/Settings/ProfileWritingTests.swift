import Console
import Glibc
import NodeConfiguration
import Testing

@testable import idctl

@Suite struct ProfileWritingTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func mode(_ path: String) -> mode_t {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_mode & 0o777 : 0
    }

    @Test func `a new file and its directories are their owner's alone, another keeps its mode`() throws {
        let path = folder.file("new/hanjiang/idctl.toml")
        try ProfileWriting.change(path) { $0.adding("a", [.server: "s"]) }
        #expect(mode(path) == 0o600 && mode(folder.file("new/hanjiang")) == 0o700 && mode(folder.file("new")) == 0o700)
        #expect(folder.read("new/hanjiang/idctl.toml") == "[profile.a]\nserver = \"s\"\n")
        chmod(path, 0o644)
        try ProfileWriting.change(path) { $0.using("a") }
        #expect(mode(path) == 0o644)
        #expect(try ProfilePlace.read(path).use?.text == "a")
    }

    @Test func `a link stays a link, and what cannot be changed stays as it was`() throws {
        let path = try folder.write("profile.a.server = \"x\"\n", as: "real.toml")
        let link = folder.file("link.toml")
        #expect(symlink(path, link) == 0)
        #expect(throws: CommandFailure.self) { try ProfileWriting.change(link) { $0.removing("a")?.text } }
        try ProfileWriting.change(link) { $0.using("a") }
        #expect(folder.read("real.toml") == "use = \"a\"\nprofile.a.server = \"x\"\n")
        var status = stat()
        #expect(lstat(link, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK)
        try folder.writeBytes([0xFF], as: "real.toml")
        #expect(throws: CommandFailure.self) { try ProfileWriting.change(path) { $0.using(nil) } }
        #expect(unlink(path) == 0)
        #expect(throws: CommandFailure.self) { try ProfileWriting.change(link) { $0.using(nil) } }
        #expect(lstat(link, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK, "one that leads nowhere too")
        #expect(folder.names == ["link.toml"], "nothing is left")
    }
}

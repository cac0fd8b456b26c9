import Glibc
import Testing

@testable import Console
@testable import idctl

@Suite struct ReplacementFileTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func status(_ name: String) throws -> stat {
        var status = stat()
        try #require(lstat(folder.file(name), &status) == 0)
        return status
    }

    @Test func `a new file is its owner's alone and has its name once it is kept`() throws {
        let path = folder.file("new")
        let file = try ReplacementFile(for: path)
        try file.write(Array("one".utf8))
        try file.write(Array(" two".utf8))
        let names = folder.names
        #expect(names.count == 1 && names[0].hasPrefix("new.partial-"), "\(names)")
        #expect(try status(names[0]).st_mode & 0o777 == 0o600)
        try file.keep()
        #expect(folder.names == ["new"] && folder.read("new") == "one two")
        #expect(try status("new").st_mode & 0o777 == 0o600)
        #expect(fcntl(file.descriptor, F_GETFD) & FD_CLOEXEC != 0)
    }

    @Test func `what is not kept leaves nothing, and the earlier file in its place`() throws {
        let path = try folder.write("earlier", as: "file")
        chmod(path, 0o644)
        do { try ReplacementFile(for: path).write([0x41]) }
        #expect(folder.names == ["file"] && folder.read("file") == "earlier")
        let file = try ReplacementFile(for: path)
        try file.keep(mode: 0o640)
        #expect(try status("file").st_mode & 0o777 == 0o640)
        #expect(folder.names == ["file"] && folder.read("file") == "")
    }

    @Test func `a link stays, and what it leads to is replaced`() throws {
        let path = try folder.write("earlier", as: "real")
        #expect(symlink("real", folder.file("link")) == 0)
        let file = try ReplacementFile(for: folder.file("link"))
        try file.write([0x41])
        try file.keep()
        #expect(folder.read("real") == "A" && folder.names == ["link", "real"])
        #expect(try status("link").st_mode & S_IFMT == S_IFLNK)
        #expect(unlink(path) == 0)
        #expect(throws: ReplacementFile.Failure(errorNumber: ENOENT)) {
            try ReplacementFile(for: self.folder.file("link"))
        }
        #expect(folder.names == ["link"], "one that leads nowhere is left alone")
    }

    @Test func `what others have put beside it is not written to`() throws {
        let victim = try folder.write("theirs", as: "victim")
        #expect(symlink(victim, folder.file("file.partial")) == 0)
        let file = try ReplacementFile(for: folder.file("file"))
        try file.write([0x41])
        try file.keep()
        #expect(folder.read("victim") == "theirs" && folder.names.count == 3)
        #expect(folder.read("file") == "A")
    }

    @Test func `what is no regular file, and no directory to be in, is refused`() throws {
        #expect(mkfifo(folder.file("pipe"), 0o600) == 0)
        for (name, reason) in [("pipe", EINVAL), (".", EINVAL), ("none/file", ENOENT)] {
            #expect(throws: ReplacementFile.Failure(errorNumber: reason)) {
                try ReplacementFile(for: self.folder.file(name))
            }
        }
        #expect(folder.names == ["pipe"])
    }

    @Test func `the directory of a file`() {
        #expect(ReplacementFile.directory(of: "f") == "." && ReplacementFile.directory(of: "/f") == "/")
        #expect(ReplacementFile.directory(of: "a/b/f") == "a/b")
    }
}

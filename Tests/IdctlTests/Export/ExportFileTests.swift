import Glibc
import RecordFiles
import Testing

@testable import idctl

@Suite struct ExportFileTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func mode(_ name: String) -> mode_t {
        var status = stat()
        return lstat(folder.file(name), &status) == 0 ? status.st_mode & 0o7777 : 0
    }

    @Test func `C5 an export is its owner's alone, whatever was there before`() throws {
        let path = try folder.write("earlier\n", as: "out.jsonl")
        chmod(path, 0o666)
        // What an earlier build, or somebody else, may have left.
        let theirs = try folder.write("", as: "out.jsonl.partial")
        chmod(theirs, 0o644)
        let file = try ExportFile(path: path)
        try file.sink.append(Array("later\n".utf8))
        #expect(folder.read("out.jsonl") == "earlier\n")
        try file.keep()
        #expect(folder.read("out.jsonl") == "later\n" && mode("out.jsonl") == 0o600)
        #expect(folder.read("out.jsonl.partial") == "" && folder.names.count == 2)
    }

    @Test func `an export that is not whole leaves what there was`() throws {
        let path = try folder.write("earlier\n", as: "out.jsonl")
        try withExtendedLifetime(try ExportFile(path: path)) {
            try $0.sink.append([UInt8](repeating: 0x41, count: 1 << 20))
            #expect(folder.names.count == 2)
        }
        #expect(folder.names == ["out.jsonl"] && folder.read("out.jsonl") == "earlier\n")
    }

    @Test func `a pipe takes the bytes as they come, and stays one`() throws {
        let path = folder.file("pipe")
        #expect(mkfifo(path, 0o600) == 0)
        let reader = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        defer { close(reader) }
        let file = try ExportFile(path: path)
        try file.sink.append([0x41, 0x42])
        try file.keep()
        var bytes = [UInt8](repeating: 0, count: 8)
        #expect(read(reader, &bytes, bytes.count) == 2 && bytes[..<2] == [0x41, 0x42])
        #expect(folder.names == ["pipe"])
    }

    @Test func `a device is written to; a directory and a link that leads nowhere are told`() throws {
        let full = try ExportFile(path: "/dev/full")
        try full.sink.append([0x41])
        #expect(throws: RecordFileError.writeFailed(errno: ENOSPC)) { try full.keep() }
        let folderPath = folder.path
        #expect(throws: RecordFileError.cannotOpen(path: folderPath, errno: EISDIR)) {
            try ExportFile(path: folderPath)
        }
        let link = folder.file("link")
        #expect(symlink("nowhere", link) == 0)
        #expect(throws: RecordFileError.cannotOpen(path: link, errno: ENOENT)) { try ExportFile(path: link) }
        #expect(folder.names == ["link"])
    }

    @Test func `a stream is known by its names`() throws {
        var pipes: [Int32] = [0, 0]
        #expect(pipe(&pipes) == 0)
        defer { for descriptor in pipes { close(descriptor) } }
        #expect(StandardStream.output.isMeant(by: "-") && StandardStream.input.isMeant(by: "-"))
        for stream in [StandardStream.input, .output, .errors] {
            #expect(!stream.isReached(by: "-") && !stream.isReached(by: "/dev/fd/\(pipes[0])"))
            #expect(!stream.isMeant(by: "/dev/null") && !stream.isMeant(by: "/none"))
        }
    }
}

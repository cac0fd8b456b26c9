import Foundation
import Glibc
import RecordFiles
import Testing

@Suite struct ReferencedFilesTests {
    private static func options(_ directory: String) throws -> ReadingOptions {
        var options = ReadingOptions()
        options.files = try ReferencedFiles(directory: directory)
        return options
    }

    /// What a FILE line naming `name` gives below a directory with `site`, `keys/a.bin`, links out of it, a pipe and a
    /// file that is too long.
    private func read(_ name: String) throws -> (data: [UInt8]?, code: RowErrorCode?) {
        let root = FileManager.default.temporaryDirectory.appending(path: "hanjiang-files-\(UUID())")
        let folder = root.appending(path: "allowed")
        try FileManager.default.createDirectory(
            at: folder.appending(path: "keys"),
            withIntermediateDirectories: true
        )
        defer { try? FileManager.default.removeItem(at: root) }
        try Data("secret".utf8).write(to: root.appending(path: "secret"))
        try Data([0, 255, 10]).write(to: folder.appending(path: "keys/a.bin"))
        try Data(count: RecordLimits.fieldByteCountMax + 1).write(to: folder.appending(path: "long"))
        #expect(symlink("../secret", folder.appending(path: "out").path) == 0)
        #expect(symlink("..", folder.appending(path: "up").path) == 0)
        #expect(mkfifo(folder.appending(path: "pipe").path, 0o600) == 0)
        let input = Array("CREATE a/1\n1 T 86400 1110 FILE \(name)\n".utf8)
        let reader = try RecordFile.reader(
            of: RowSource(bytes: input),
            format: .batchText,
            options: Self.options(folder.path)
        )
        var row = RecordRow()
        switch try reader.next(into: &row) {
        case .record: return (row.copy(row.values[0].data), nil)
        case .rejected(let rejection): return (nil, rejection.error.code)
        case .end: return (nil, nil)
        }
    }

    @Test("B9: FILE takes the bytes of a file below the directory named")
    func below() throws {
        #expect(try read("keys/a.bin").data == [0, 255, 10])
    }

    @Test(
        "B9: FILE takes nothing else: no absolute path, no `..`, no link, no pipe, no directory, nothing over 1 MiB",
        arguments: [
            "/etc/passwd", "../secret", "keys/../../secret", "out", "up/secret", "pipe", "keys", "keys/", "long",
            "none",
            "./keys/a.bin", "", String(repeating: "keys/", count: 20) + "a.bin",
        ]
    )
    func refused(name: String) throws {
        #expect(try read(name).code == .badFile)
    }

    @Test("B9: files cannot make a record larger than a record may be")
    func tooMany() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "hanjiang-files-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data(count: RecordLimits.fieldByteCountMax).write(to: folder.appending(path: "a"))
        let lines = (1...9).map { "\($0) T 86400 1110 FILE a\n" }.joined()
        let reader = try RecordFile.reader(
            of: RowSource(bytes: Array("CREATE a/1\n\(lines)".utf8)),
            format: .batchText,
            options: Self.options(folder.path)
        )
        var row = RecordRow()
        guard case .rejected(let rejection) = try reader.next(into: &row) else {
            Issue.record("the record was taken")
            return
        }
        #expect(rejection.error.code == .recordTooLong)
    }
}

import Foundation
import Glibc
import RecordFiles
import Testing

@Suite struct RecordFileTests {
    @Test(
        "A file written at a path reads back from it; only its owner may read it",
        arguments: RecordFormat.allCases.filter(\.isWritable)
    )
    func file(format: RecordFormat) throws {
        var name = Array("\(NSTemporaryDirectory())/hanjiang-records-XXXXXX".utf8CString)
        let isMade = name.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return false }
            return mkdtemp(base) != nil
        }
        try #require(isMade)
        let folder = name.withUnsafeBufferPointer { buffer in
            String(decoding: buffer.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }
        let path = folder + (format == .csv ? "/a.CSV" : format == .batchText ? "/a.batch" : "/a.ndjson")
        defer {
            unlink(path)
            rmdir(folder)
        }
        let records = (0..<5_000).map { PlainRecord("88.118/\($0)", [text(1, "URL", "https://a.example/\($0)")]) }
        let writer = try RecordFile.writer(to: try RowSink(path: path), format: format)
        for record in records { try writer.write(record.row) }
        try writer.finish()
        var status = stat()
        #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o600)

        let reader = try RecordFile.reader(path: path)
        var row = RecordRow()
        var found: [PlainRecord] = []
        while case .record = try reader.next(into: &row) { found.append(PlainRecord(row)) }
        #expect(found == records)
        #expect(reader.progress.byteOffset == Int(status.st_size))
        #expect(reader.progress.byteCount == Int(status.st_size))
    }

    @Test("A full disk is an error")
    func fullDisk() throws {
        let writer = try RecordFile.writer(to: try RowSink(path: "/dev/full"), format: .csv)
        #expect(throws: RecordFileError.writeFailed(errno: ENOSPC)) { try writer.finish() }
    }

    @Test("The examples of docs/import-formats.md are read as it says")
    func documentation() throws {
        let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let descriptor = open("/\(root)/docs/import-formats.md", O_RDONLY)
        try #require(descriptor >= 0)
        defer { close(descriptor) }
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        let count = read(descriptor, &buffer, buffer.count)
        try #require(count > 0 && count < buffer.count)
        let parts = String(decoding: buffer[..<count], as: UTF8.self).split(separator: "```")
        let formats: [Substring: RecordFormat] = ["csv": .csv, "json": .jsonLines, "batch": .batchText]
        let examples = try parts.compactMap { part in
            let language = part.prefix { $0 != "\n" }
            return try formats[language].map { try ReadAll(String(part.dropFirst(language.count + 1)), $0) }
        }
        #expect(examples.map(\.records.count) == [2, 1, 1, 2, 0])
        #expect(examples.map(\.codes) == [[], [], [], [], [.identifierIsNumber]])
        #expect(examples.map(\.records.first?.values.count) == [3, 2, 2, 4, nil])
    }
}

import Glibc
import RecordFiles
import Testing

@Suite struct RowSourceTests {
    @Test("B4: a file in GB18030 is refused with a message that says so")
    func gb18030() throws {
        // 标识,1:URL / 中文,x in GB18030.
        let input: [UInt8] = [0xB1, 0xEA, 0xCA, 0xB6, 0x2C, 0x31, 0x3A, 0x58, 0x0A, 0xD6, 0xD0, 0xCE, 0xC4, 0x2C, 0x78]
        #expect(throws: RecordFileError.suspectedGB18030) { try ReadAll(input, .csv) }
        #expect(RecordFileError.suspectedGB18030.message(.english).contains("GB18030"))
        #expect(RecordFileError.suspectedGB18030.message(.chinese).contains("GB18030"))
        #expect(throws: RecordFileError.utf16) { try ReadAll([0xFF, 0xFE, 0x61, 0], .csv) }
    }

    @Test("A file that is not there is an error with the system's reason")
    func missing() {
        #expect(throws: RecordFileError.cannotOpen(path: "/nowhere/at all.csv", errno: ENOENT)) {
            try RecordFile.reader(path: "/nowhere/at all.csv")
        }
        #expect(throws: RecordFileError.unknownFormat(path: "x.doc")) { try RecordFile.reader(path: "x.doc") }
    }

    @Test("A pipe that gives a byte at a time gives the same rows")
    func pipe() throws {
        var ends: [Int32] = [0, 0]
        #expect(Glibc.pipe(&ends) == 0)
        let input = Array("identifier,1:URL\r\na/1,x\r\na/2,\"y\r\ny\"\r\n".utf8)
        let writing = ends[1]
        let thread = Thread {
            for byte in input { _ = withUnsafeBytes(of: byte) { Glibc.write(writing, $0.baseAddress, 1) } }
            close(writing)
        }
        let reader = try RecordFile.reader(of: RowSource(descriptor: ends[0]), format: .csv)
        var row = RecordRow()
        var found: [PlainRecord] = []
        while case .record = try reader.next(into: &row) { found.append(PlainRecord(row)) }
        thread.join()
        close(ends[0])
        #expect(found == [PlainRecord("a/1", [text(1, "URL", "x")]), PlainRecord("a/2", [text(1, "URL", "y\r\ny")])])
    }

    @Test("B5: a line without an end is refused in bounded memory")
    func endlessLine() async {
        // In a child process: the peak of this one is that of all tests that run beside.
        await #expect(processExitsWith: .success) {
            for format in RecordFormat.text { try RowSourceTests.expectBoundedMemory(format) }
        }
    }

    private static func expectBoundedMemory(_ format: RecordFormat) throws {
        var ends: [Int32] = [0, 0]
        #expect(Glibc.pipe(&ends) == 0)
        let writing = ends[1]
        let (head, tail) = endless(format)
        let block = [UInt8](repeating: 0x78, count: 1 << 20)
        let thread = Thread {
            _ = head.withUnsafeBytes { Glibc.write(writing, $0.baseAddress, $0.count) }
            for _ in 0..<200 { _ = block.withUnsafeBytes { Glibc.write(writing, $0.baseAddress, $0.count) } }
            _ = tail.withUnsafeBytes { Glibc.write(writing, $0.baseAddress, $0.count) }
            close(writing)
        }
        let before = peakKiB()
        let reader = try RecordFile.reader(of: RowSource(descriptor: ends[0]), format: format)
        var row = RecordRow()
        guard case .rejected(let rejection) = try reader.next(into: &row) else {
            Issue.record("the endless line was not refused")
            return
        }
        #expect(rejection.error.code == (format == .csv ? .fieldTooLong : .recordTooLong))
        guard case .record = try reader.next(into: &row) else {
            Issue.record("the row after the endless line was lost")
            return
        }
        #expect(String(decoding: row.copy(row.identifier), as: UTF8.self) == "a/2")
        #expect(row.line == (format == .jsonLines ? 2 : 3))
        thread.join()
        close(ends[0])
        #expect(peakKiB() - before < 100 << 10)
    }

    /// What stands before and behind the endless line.
    private static func endless(_ format: RecordFormat) -> (head: [UInt8], tail: [UInt8]) {
        switch format {
        case .csv: (Array("identifier,1:URL\na/1,".utf8), Array("\na/2,x\n".utf8))
        case .jsonLines:
            (Array("{\"identifier\":\"".utf8), Array("\n{\"identifier\":\"a/2\",\"values\":[]}\n".utf8))
        case .spreadsheet: ([], [])
        case .batchText:
            (Array("CREATE a/1 ".utf8), Array("\n\nCREATE a/2\n1 URL 86400 1110 UTF8 x\n".utf8))
        }
    }

    private static func peakKiB() -> Int {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return usage.ru_maxrss
    }
}

/// A thread that runs `body` once.
private struct Thread {
    private final class Box {
        let body: () -> Void
        init(_ body: @escaping () -> Void) { self.body = body }
    }

    private var identity = pthread_t()

    init(_ body: @escaping @Sendable () -> Void) {
        let box = Unmanaged.passRetained(Box(body)).toOpaque()
        pthread_create(
            &identity,
            nil,
            { box in
                guard let box else { return nil }
                Unmanaged<Box>.fromOpaque(box).takeRetainedValue().body()
                return nil
            },
            box
        )
    }

    func join() { pthread_join(identity, nil) }
}

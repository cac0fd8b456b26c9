import Glibc
import Testing

@testable import Console

struct StandardOutputTests {
    /// A stream whose system calls answer as scripted: a count to take at most, or minus errno.
    private final class Script {
        var answers: [Int]
        var taken: [UInt8] = []
        var waitCount = 0
        init(_ answers: [Int]) { self.answers = answers }

        func write(_ bytes: UnsafeRawBufferPointer) -> Int {
            let answer = answers.isEmpty ? bytes.count : answers.removeFirst()
            guard answer > 0 else { return answer }
            let count = min(answer, bytes.count)
            taken += bytes.prefix(count)
            return count
        }
    }

    private func output(_ script: Script, capacity: Int = 1_000) -> StandardOutput {
        StandardOutput(capacity: capacity, write: script.write, wait: { script.waitCount += 1 })
    }

    @Test func shortWritesSignalsAndFullPipesLoseNothing() throws {
        let script = Script([1, -Int(EINTR), 2, -Int(EAGAIN), 3])
        var output = output(script)
        try output.writeLine("标识 abc")
        #expect(script.taken.isEmpty)
        try output.flush()
        #expect(script.taken == Array("标识 abc\n".utf8))
        #expect(script.waitCount == 1)
    }

    @Test func leavesWhenTheBufferIsFull() throws {
        let script = Script([])
        var output = output(script, capacity: 4)
        try output.write("abc")
        #expect(script.taken.isEmpty)
        try output.write("de")
        #expect(script.taken == Array("abcde".utf8))
    }

    @Test func aClosedPipeIsAnOutcomeAndStays() {
        let script = Script([2, -Int(EPIPE)])
        var output = output(script)
        #expect(throws: Never.self) { try output.write("abcd") }
        #expect(throws: OutputError.readerGone) { try output.flush() }
        #expect(throws: OutputError.readerGone) { try output.write("more") }
        #expect(throws: OutputError.readerGone) { try output.flush() }
        #expect(script.taken == Array("ab".utf8))
    }

    @Test func otherErrorsKeepTheirNumber() {
        var output = output(Script([-Int(ENOSPC)]))
        #expect(throws: Never.self) { try output.write("x") }
        #expect(throws: OutputError.failed(errorNumber: ENOSPC)) { try output.flush() }
    }

    /// A pipe takes 64 KiB; whoever writes more must wait for the reader, here the very same thread.
    @Test func aRealPipeTakesMoreThanItHolds() throws {
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        let (reader, writer) = (ends[0], ends[1])
        defer { close(reader) }
        try #require(fcntl(writer, F_SETFL, O_NONBLOCK) == 0)
        let bytes = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        var received: [UInt8] = []
        let failure = StandardOutput.writeAll(
            bytes,
            write: { StandardOutput.writeOnce($0, to: writer) },
            wait: { received += Self.readOnce(from: reader) }
        )
        close(writer)
        while case let part = Self.readOnce(from: reader), !part.isEmpty { received += part }
        #expect(failure == nil)
        #expect(received == bytes)
    }

    @Test func aRealPipeWithoutReader() throws {
        StandardOutput.ignoreClosedPipes()
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        close(ends[0])
        defer { close(ends[1]) }
        var output = StandardOutput(descriptor: ends[1], capacity: 10)
        #expect(throws: OutputError.readerGone) { try output.write("more than ten bytes") }
    }

    private static func readOnce(from descriptor: Int32) -> ArraySlice<UInt8> {
        var part = [UInt8](repeating: 0, count: 4_096)
        let count = read(descriptor, &part, part.count)
        return part.prefix(max(0, count))
    }
}

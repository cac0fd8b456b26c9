import Console
import Foundation
import Testing

@testable import idload

struct LoadSecondTests {
    private func second() -> LoadSecond {
        var second = LoadSecond()
        second.elapsedSeconds = 3.0001
        second.seconds = 1
        second.targetPerSecond = 1_000
        second.sent = 999
        second.answered = 990
        second.lost = 1
        second.wrong = 2
        second.notSent = 1
        for _ in 0..<990 { second.response.note(nanoseconds: 150_000) }
        second.outstanding = 8
        second.connections = 4
        second.processorShare = 0.123
        return second
    }

    @Test func L8_theLiveLineHasTargetAndActualRate() {
        let text = LiveLine.text(second())
        for part in [
            "3 s", "999/s of 1,000/s", "answered 990", "lost 1", "wrong 2", "p50 150 µs", "outstanding 8", "12 %",
        ] {
            #expect(text.english.contains(part), "\(part)")
        }
        #expect(text.chinese.contains("目标 1,000/s"))
        var warm = second()
        warm.isMeasured = false
        #expect(LiveLine.text(warm).english.contains("warm-up"))
    }

    @Test func L9_aRowHasAFieldForEachColumn() {
        let row = SecondsFile.row(SecondRow(second()))
        #expect(row == "3.0,1,1000.0,999,990,1,2,150,150,inf,inf,4,8,1,12.3,0\n")
        #expect(row.split(separator: ",", omittingEmptySubsequences: false).count == SecondsFile.columns.count)
        let empty = SecondsFile.row(SecondRow(LoadSecond()))
        #expect(empty == "0.0,1,,0,0,0,0,,,,,0,0,0,0.0,0\n")
    }

    @Test func L9_theFileBeginsWithWhatWasRun() throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "idload-\(UUID().uuidString).csv").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let file = try SecondsFile(path: path)
        let host = HostFacts(system: "S", machine: "M", processor: "", processorCount: 1, memoryByteCount: 0)
        file.begin(RunFacts(commandLine: ["idload", "a\nb"], version: "v", host: host, seed: 9))
        file.add(second())
        #expect(file.failure == nil)
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
        #expect(lines.count == 6)
        #expect(lines[..<4].allSatisfy { $0.hasPrefix("# ") })
        #expect(lines[3] == "# seed: 9")
        #expect(lines[4].hasPrefix("second,measured,target,sent"))
    }

    @Test func L9_aFileThatCannotBeWrittenIsTold() throws {
        #expect(throws: LoadError.self) { try SecondsFile(path: "/nowhere/at/all.csv") }
        let full = try SecondsFile(path: "/dev/full")
        full.add(second())
        #expect(full.failure?.message.code == "E-FILE-002")
    }
}

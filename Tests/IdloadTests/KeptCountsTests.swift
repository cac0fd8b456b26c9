import Console
import EventLoop
import Foundation
import Testing

@testable import idload

/// A run's own files, set beside a node's counts after the run.
struct KeptCountsTests {
    /// Lends a file of these bytes.
    private func withFile<Result>(_ bytes: [UInt8], _ body: (String) throws -> Result) throws -> Result {
        let path = FileManager.default.temporaryDirectory.appending(path: "idload-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        return try body(path)
    }

    private func refusal(_ bytes: [UInt8]) throws -> String {
        let error = try withFile(bytes) { path in #expect(throws: LoadError.self) { try KeptCounts.sides(at: path) } }
        return error?.message.rendered(program: "idload", language: .english) ?? ""
    }

    @Test func L16_aResultHasItsSide() throws {
        let document = SampleRun.document(answered: 900, lost: 3, wrong: 2)
        let sides = try withFile(document.json) { try KeptCounts.sides(at: $0) }
        #expect(sides.totals.sent == 903 && sides.totals.right == 898 && sides.totals.wrong == 2)
        #expect(sides.totals.lost == 3 && sides.usesDatagrams && sides.killedPartCount == 0)
    }

    @Test func L16_aStateHasTheCountsOfAllPartsAndOfKilledOnes() throws {
        var state = CountState(
            facts: [CountState.Fact(name: "targets", value: "tcp://127.0.0.1:2641 1.0, udp://127.0.0.1:2641 0.5")],
            seed: 7,
            count: 10_000
        )
        state.beginPart(now: nil)
        var part = CountTotals()
        part.sent = 2_000
        part.right = 1_990
        // Killed, and never gone on with.
        state = state.with(part, sentPerSecondMax: 700, isOver: false)
        var sides = try withFile(state.json) { try KeptCounts.sides(at: $0) }
        #expect(sides.totals.sent == 2_000 && sides.usesDatagrams && sides.killedPartCount == 1)
        sides.after.queries = 2_900
        sides.adopt()
        #expect(sides.adopted == 900 && Reconciliation(sides: sides).unexplained == 0)
    }

    @Test func L16_whatDoesNotGoWithOneNodesCountsIsRefused() throws {
        var warm = SampleRun.document()
        warm.plan.warmupSeconds = 2
        #expect(try refusal(warm.json).contains("E-LOAD-063"))
        #expect(try refusal(SampleRun.ofTwoTargets().json).contains("several targets"))
        var written = SampleRun.document()
        let target = LoadTarget(address: SocketAddress(ipv4: 0x7F00_0001, port: 2641), carrier: .admin)
        written.result.channels = [ChannelResult(target: target, tally: written.result.tally)]
        #expect(try refusal(written.json).contains("--protocol admin"))
        let text = String(decoding: SampleRun.document().json, as: UTF8.self)
        let parts = "{\"count\":{\"parts\":3}," + text.dropFirst()
        #expect(try refusal(Array(parts.utf8)).contains("--state"))
        #expect(try refusal(Array("{}".utf8)).contains("E-LOAD-060"))
    }

    @Test func L16_aNodesStatusIsReadFromAFile() throws {
        let status = #"{"pid":7,"metrics":{"answers_1":5},"counting":{"resolution_requests_of_all_days":12}}"#
        #expect(try withFile(Array(status.utf8)) { try LedgerReading.ledger(inFile: $0).queries } == 12)
        #expect(throws: LoadError.self) {
            try withFile(Array("{}".utf8)) { try LedgerReading.ledger(inFile: $0).queries }
        }
    }
}

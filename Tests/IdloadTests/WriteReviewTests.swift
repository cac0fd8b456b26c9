import Console
import EventLoop
import FakeServer
import ResolutionClient
import ResolutionProtocol
import Testing

@testable import idload

/// Looking at what was written when a run is over.
struct WriteReviewTests {
    private static let plan = WriteSample.plan

    /// A server of records, of which number 2 is away and number 3 another one.
    private static func server() throws -> FakeServer {
        try FakeServer(connection: { connection in
            while let wire = connection.readMessage() {
                guard let request = try? Message(wire: wire), case .resolve(let asked) = request.body,
                    let number = plan.number(of: asked.identifier)
                else { return }
                var answer = request
                answer.header.responseCode = number == 2 || number == 5 ? .identifierNotFound : .success
                let values = plan.values(number, version: number == 3 ? 1 : 0)
                answer.body =
                    number == 2 || number == 5
                    ? .error(ErrorBody(message: []))
                    : .resolved(ResolutionAnswer(identifier: asked.identifier, values: values))
                connection.write(answer.wire)
            }
        })
    }

    /// A book of eight records: 0 to 4 acknowledged, 5 and 6 not answered, 7 refused.
    private static func book() -> WriteBook {
        let book = WriteBook(plan, seed: 1)
        for number in 0..<8 {
            guard let question = book.nextCreation() else { break }
            if number < 5 { WriteSample.take(question, book) }
            if number == 7 { WriteSample.take(question, book, code: .identifierExists) }
        }
        return book
    }

    @Test func L13_anAcknowledgementThatDoesNotHoldIsFound() throws {
        let server = try Self.server()
        defer { server.stop() }
        var review = WriteReview(Self.plan, Self.book(), at: server.address)
        review.check()
        let figures = review.figures
        #expect([figures.created, figures.unanswered, figures.checked, figures.unchecked] == [5, 2, 7, 0])
        #expect([figures.missing, figures.different, figures.found] == [1, 1, 1])
        #expect(Set(review.samples.map(\.fault)) == [.missing, .values])
        var result = LoadResult(
            channels: [Self.channel(right: 5)],
            seconds: 1,
            wasInterrupted: false,
            wasRefused: false
        )
        result.note(review, at: 0)
        #expect(result.tally.right == 3)
        #expect(result.tally.wrong == 2)
        #expect(result.tally.faults == [.missing: 1, .values: 1])
        #expect(result.channels[0].tally.wrong == 2)
        #expect(result.tally.samples.count == 2)
    }

    @Test func L13_whatCannotBeLookedAtIsNoSuccess() throws {
        let server = try FakeServer(connection: { _ in })
        defer { server.stop() }
        var review = WriteReview(Self.plan, Self.book(), at: server.address)
        review.check()
        #expect(review.figures.unchecked == 7)
        var document = SampleRun.document(wrong: 0)
        #expect(document.exitCode == .done)
        document.written = review.figures
        #expect(document.exitCode == .outcomeUnknown)
        #expect(document.lines(.english).contains { $0.contains("7 records could not be looked at") })
        #expect(document.lines(.chinese).contains { $0.contains("7 条记录无法核对") })
    }

    @Test func L13_theResultSaysWhatWasWritten() throws {
        var document = SampleRun.document(wrong: 0)
        var figures = WriteFigures(head: Self.plan.head, created: 1_234, changed: 56, checked: 1_234)
        document.written = figures
        let stays = document.lines(.english)
        #expect(stays.contains("written: 1,234 records 88.118.8/LOAD-r1-… and 56 changes of them"))
        #expect(stays.contains { $0.contains("--delete-afterwards") })
        figures.deleted = 1_230
        figures.undeleted = 4
        document.written = figures
        #expect(document.lines(.english).contains("deleted: 1,230, and 4 could not be"))
        let tree = try #require(JSONTree(document.json)?["written"])
        #expect(try tree.number("created") as Int == 1_234)
        #expect(try tree.number("not_deleted") as Int == 4)
        // Whoever reads results reads these, too.
        #expect(throws: Never.self) { try RunDocument(json: document.json) }
    }

    private static func channel(right: UInt64) -> ChannelResult {
        var tally = Tally()
        tally.right = right
        tally.sent = right
        let target = LoadTarget(address: .init(ipv4: 0x7F00_0001, port: 1), carrier: .admin)
        return ChannelResult(target: target, tally: tally)
    }
}

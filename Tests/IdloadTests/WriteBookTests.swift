import EventLoop
import ResolutionProtocol
import Testing

@testable import idload

/// What is written, and what is known of it.
struct WriteBookTests {
    @Test func L13_namesTellTheirNumberAndNoOthers() {
        let plan = WriteSample.plan
        #expect(plan.identifier(42) == Array("88.118.8/LOAD-r1-00000042".utf8))
        for number in [0, 42, WritePlan.recordCountMax - 1] {
            #expect(plan.number(of: plan.identifier(number)) == number)
        }
        for name in ["88.118.8/LOAD-r2-00000042", "88.118.8/LOAD-r1-42", "88.118.8/LOAD-r1-0000004x"] {
            #expect(plan.number(of: Array(name.utf8)) == nil)
        }
    }

    @Test func L13_threadsAndTargetsShareTheNumbersAndNeverMeet() {
        let writers = (0..<6).map { WriteNumbers(place: $0, count: 6) }
        let numbers = writers.flatMap { writer in (0..<50).map { writer.number(of: $0) } }
        #expect(Set(numbers) == Set(0..<300))
        #expect(writers[2].record(of: 20) == 3)
        #expect(writers[3].record(of: 20) == nil)
        #expect(writers.map(\.countMax).reduce(0, +) == WritePlan.recordCountMax)
        for writer in writers { #expect(writer.number(of: writer.countMax - 1) < WritePlan.recordCountMax) }
    }

    @Test func L13_aRequestIsItsNumber() {
        for request in [
            WriteRequest(record: 0, version: 0, isChange: false), WriteRequest(record: 7, version: 15, isChange: true),
            WriteRequest(record: WritePlan.recordCountMax - 1, version: 3, isChange: true),
        ] {
            #expect(WriteRequest(request.question) == request)
            #expect(UInt32(exactly: request.question) != nil)
        }
    }

    @Test func L13_onlyWhatWasAcknowledgedIsChangedAndOnceAtATime() throws {
        let book = WriteBook(WriteSample.plan(createShare: 0.000_001), seed: 3)
        // Nothing is there yet, so that something has to be created.
        let first = try #require(book.next())
        let second = try #require(book.next())
        #expect([first, second].allSatisfy { !WriteRequest($0).isChange })
        WriteSample.take(first, book)
        let change = try #require(book.next())
        #expect(WriteRequest(change) == WriteRequest(record: 0, version: 1, isChange: true))
        // Its change is under way, and the other's creation is.
        #expect(book.next().map { WriteRequest($0).isChange } == false)
        WriteSample.take(change, book)
        #expect(book.changeCount == 1)
        #expect(book.record(0) == WrittenRecord(.acknowledged, version: 1))
    }

    @Test func L13_whatWasRefusedOrNotAnsweredIsKnownAsThat() throws {
        let book = WriteBook(WriteSample.plan, seed: 3)
        let creations = (0..<4).compactMap { _ in book.nextCreation() }
        #expect(WriteSample.take(creations[0], book, code: .serverBusy) == .code(3))
        #expect(WriteSample.take(creations[1], book, found: .unproven) == .unproven)
        book.giveUp(creations[2])
        WriteSample.take(creations[3], book)
        #expect((0..<4).map { book.record($0).state } == [.refused, .unanswered, .unanswered, .acknowledged])
        func change() throws -> Int {
            for _ in 0..<1_000 {
                let next = try #require(book.next())
                if WriteRequest(next).isChange { return next }
                WriteSample.take(next, book, code: .identifierExists)
            }
            throw WireError.invalidField
        }
        // A refused change leaves what was there.
        #expect(WriteSample.take(try change(), book, code: .insufficientPermission) == .code(401))
        #expect(book.record(3) == WrittenRecord(.acknowledged))
        book.giveUp(try change())
        #expect(book.record(3) == WrittenRecord(.changing, version: 1))
    }

    @Test func L13_anAnswerIsHeldAgainstItsRequest() throws {
        let book = WriteBook(WriteSample.plan, seed: 3)
        let question = try #require(book.nextCreation())
        let name = book.identifier(of: question)
        func fault(_ change: (inout Message) -> Void) -> AnswerFault? {
            var answer = WriteSample.answer(to: book.request(question))
            change(&answer)
            let wire = answer.wire
            return WriteAnswerReader.fault(in: wire.span.bytes, operation: .createIdentifier, identifier: name)
        }
        #expect(fault { _ in } == nil)
        #expect(fault { $0.body = .created(nil) } == nil)
        #expect(fault { $0.body = .created(WireText(name.map { $0 ^ ($0 > 0x40 ? 0x20 : 0) })) } == nil)
        #expect(fault { $0.body = .created(WireText(Array("88.118.8/other".utf8))) } == .identifier)
        #expect(fault { $0.header.opCode = .modifyValue } == .operation(OpCode.modifyValue.rawValue))
        let whole = WriteSample.answer(to: book.request(question)).wire
        for count in 0..<whole.count - 4 {
            let cut = Array(whole.prefix(count))
            #expect(
                WriteAnswerReader.fault(in: cut.span.bytes, operation: .createIdentifier, identifier: name)
                    == .malformed
            )
        }
    }

    @Test func L13_numbersEnd() {
        let numbers = WriteNumbers(place: WritePlan.recordCountMax - 2, count: WritePlan.recordCountMax - 1)
        let book = WriteBook(WriteSample.plan(createShare: 1), numbers, seed: 3)
        #expect(book.next() != nil)
        #expect(book.next() == nil)
    }

    @Test("L13: what is written has its part of one plan, and figures of its own, beside what is asked")
    func inOneRun() {
        let book = WriteBook(WriteSample.plan, seed: 5)
        let asked = SimulatedTarget { $0 + 100_000 }
        let written = SimulatedTarget(ownQuestions: book) {
            WriteSample.answerWire(to: $0)
        } answerTime: {
            $0 + 3_000_000
        }
        written.follow(asked)
        let questions = QuestionSet()
        questions.add(Array("88.118.8/part".utf8))
        var plan = LoadPlan(target: .init(ipv4: 0x7F00_0001, port: 1), seed: 5)
        plan.targets[0].weight = 3
        plan.targets.append(LoadTarget(address: .init(ipv4: 0x7F00_0001, port: 1), carrier: .admin))
        plan.loop = .open(Schedule(.constant(1_000), seconds: 4), catchesUp: false)
        let result = LoadEngine(plan: plan, questions: questions, carriers: [asked, written], clock: asked).run { _ in }
        #expect(result.channels.map(\.tally.sent) == [3_000, 1_000])
        #expect(result.channels.map(\.tally.right) == [3_000, 1_000])
        #expect(book.count + book.changeCount == 1_000)
        #expect((400...600).contains(book.changeCount))
        let times = result.channels.map { $0.tally.microseconds(atPercentile: 50) ?? 0 }
        #expect(times[0] < 1_000 && times[1] >= 3_000)
    }

    @Test func L13_refusalsAreWrongAndSilenceIsLost() {
        let book = WriteBook(WriteSample.plan(createShare: 1), seed: 5)
        var count = 0
        let target = SimulatedTarget(ownQuestions: book) { request in
            count += 1
            return WriteSample.answerWire(to: request, code: count % 10 == 0 ? .serverBusy : .success)
        } answerTime: {
            $0 < 1_000_000_000 ? $0 + 100_000 : nil
        }
        var plan = LoadPlan(target: .init(ipv4: 0x7F00_0001, port: 1), carrier: .admin, seed: 5)
        plan.loop = .open(Schedule(.constant(1_000), seconds: 2), catchesUp: false)
        let tally = LoadEngine(plan: plan, questions: QuestionSet(), carriers: [target], clock: target).run { _ in }
            .tally
        #expect(tally.wrong == UInt64(count / 10))
        #expect(tally.faults == [.code(3): tally.wrong])
        #expect(tally.right + tally.wrong + tally.lost == 2_000)
        #expect(tally.lost >= 999)
        #expect(tally.samples.contains { $0.column == .lost && $0.identifier.starts(with: WriteSample.plan.head) })
    }
}

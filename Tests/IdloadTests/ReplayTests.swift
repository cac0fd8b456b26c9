import ArgumentParser
import Console
import EventLoop
import FakeServer
import Foundation
import ResolutionProtocol
import Testing

@testable import idload

/// Files of `--replay` that are read while the run goes on.
struct ReplayTests {
    /// A file in a folder of its own, which is removed with it.
    private final class Replayed {
        let path: String
        private let folder: URL

        init(_ bytes: some Sequence<UInt8>) throws {
            folder = FileManager.default.temporaryDirectory.appending(path: "idload-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            path = folder.appending(path: "list").path
            try Data(bytes).write(to: URL(filePath: path))
        }

        deinit { try? FileManager.default.removeItem(at: folder) }
    }

    private func names(_ range: Range<Int>) -> [String] { range.map { "88.118.8/part-\($0)" } }

    private func file(_ lines: [String]) throws -> Replayed { try Replayed(lines.joined(separator: "\n").utf8) }

    /// Asks what a file has, each thread's part by itself, and returns what each asked.
    private func run(
        _ path: String,
        stops: Bool = true,
        threads: Int = 1,
        rate: Double = 1_000,
        seconds: Double = 4,
        answerTime: @escaping (UInt64) -> UInt64? = { $0 + 100_000 }
    ) throws -> [(asked: [String], result: LoadResult)] {
        let stream = try QuestionStream.open(ReplayFile(path: path, wraps: !stops))
        defer { stream.close() }
        let questions = QuestionSet()
        questions.stream = stream
        var plan = LoadPlan(target: SocketAddress(ipv4: 0x7F00_0001, port: 1), seed: 5)
        plan.keys = .inOrder(isShuffled: false, stops: stops)
        plan.loop = .open(Schedule(.constant(rate), seconds: seconds), catchesUp: false)
        return (0..<threads).map { number in
            let target = SimulatedTarget(answerTime: answerTime)
            let engine = LoadEngine(
                plan: plan,
                questions: questions,
                carriers: [target],
                clock: target,
                share: ThreadShare(number: number, count: threads)
            )
            let result = engine.run { _ in }
            return (target.identifiers, result)
        }
    }

    @Test func L12_aListIsAskedInItsOrderAndThenTheRunEnds() throws {
        let lines = ["", "88.118.8/first\r"] + names(0..<2_500) + ["", "", "88.118.8/last"]
        let file = try file(lines)
        let (asked, result) = try run(file.path)[0]
        #expect(asked == ["88.118.8/first"] + names(0..<2_500) + ["88.118.8/last"])
        #expect(result.tally.right == 2_502)
        #expect(result.limits.isEmpty)
    }

    @Test func L12_aListBeginsAgainWhereItEnds() throws {
        let file = try file(names(0..<700))
        let (asked, result) = try run(file.path, stops: false)[0]
        #expect(result.tally.right == 4_000)
        #expect(asked == (0..<4_000).map { names(0..<700)[$0 % 700] })
    }

    @Test(arguments: [2, 3])
    func L12_threadsShareAFileWithoutAskingALineTwice(_ threads: Int) throws {
        let file = try file(names(0..<9_000))
        let parts = try run(file.path, threads: threads, rate: 9_000, seconds: 1)
        let asked = parts.flatMap(\.asked)
        // Simulated threads run one after the other, and each leaves the rest of its last block.
        #expect((9_000 - threads * QuestionBlock.questionCountMax...9_000).contains(asked.count))
        #expect(Set(asked).count == asked.count)
        #expect(parts.allSatisfy { $0.asked.count > 1_000 })
        for part in parts { #expect(part.asked == part.asked.sorted { number($0) < number($1) }) }
    }

    private func number(_ name: String) -> Int { Int(name.split(separator: "-")[1]) ?? -1 }

    @Test func L12_aFileOfAnyLengthTakesBoundedMemory() throws {
        // Far more than may be read ahead: blocks that were asked come back and are filled again.
        let file = try file(names(0..<400_000))
        let stream = try QuestionStream.open(ReplayFile(path: file.path, wraps: false))
        defer { stream.close() }
        var window = QuestionWindow(stream, timeoutNanoseconds: 1_000_000)
        var seen: Set<Int> = []
        var slots: Set<Int> = []
        var now: UInt64 = 0
        var count = 0
        var strangers = 0
        asking: while true {
            now += 1_000
            switch window.next(nowNanoseconds: now) {
            case .end: break asking
            case .notYet: usleep(1_000)
            case .question(let question):
                let (slot, place) = (StreamedQuestion.slot(of: question), StreamedQuestion.place(of: question))
                let bytes = try #require(window.slots[slot]?.message(place))
                if !bytes[28..<bytes.count - 12].elementsEqual("88.118.8/part-\(count)".utf8) { strangers += 1 }
                seen.insert(Int(bitPattern: window.slots[slot]?.bytes))
                slots.insert(slot)
                count += 1
            }
        }
        #expect(count == 400_000)
        #expect(strangers == 0)
        // A block is over a millisecond after its last question, which is one block later.
        #expect(seen.count <= QuestionStream.readyCountMax + 8)
        #expect(slots.count == 391)
        #expect(stream.questionCount == 400_000)
        #expect(stream.failure == nil)
    }

    @Test func L12_aBlockWithQuestionsUnderWayIsKept() throws {
        let file = try file(names(0..<5_000))
        // Every hundredth is answered after half a second, every thousandth not at all.
        var count = 0
        let (asked, result) = try run(file.path, rate: 5_000, seconds: 2) { sent in
            count += 1
            return count % 1_000 == 0 ? nil : sent + (count % 100 == 0 ? 500_000_000 : 100_000)
        }[0]
        #expect(asked.count == 5_000)
        #expect(result.tally.right == 4_995)
        #expect(
            result.tally.samples.map { String(decoding: $0.identifier, as: UTF8.self) } == [
                "88.118.8/part-999", "88.118.8/part-1999", "88.118.8/part-2999", "88.118.8/part-3999",
                "88.118.8/part-4999",
            ]
        )
    }

    @Test func L12_aLateAnswerToWhatIsNotHeldAnyMoreNamesNobody() throws {
        let file = try file(names(0..<20_000))
        // Answered seconds after they were given up, when others have their place in memory.
        let (_, result) = try run(file.path) { $0 % 7 == 0 ? $0 + 2_500_000_000 : $0 + 1_000 }[0]
        #expect(result.tally.late > 0)
        for sample in result.tally.samples where sample.column == .late {
            #expect(sample.identifier.isEmpty)
            #expect(!sample.packet.isEmpty)
        }
    }

    @Test func L12_aListCanSayWhichTypesAreWanted() throws {
        let file = try file(["88.118.8/a\tURL\t0.TYPE/X", "88.118.8/b"])
        var block = try #require(try filled(file.path))
        let first = try Message(wire: wire(block, 0))
        let second = try Message(wire: wire(block, 1))
        let types = ["URL", "0.TYPE/X"].map { WireText(Array($0.utf8)) }
        #expect(first.body == .resolve(ResolutionRequest(identifier: Array("88.118.8/a".utf8), types: types)))
        #expect(second.body == .resolve(ResolutionRequest(identifier: Array("88.118.8/b".utf8))))
        #expect(second.header.flags == .requestDefault)
        // Held whole it is the same question.
        let questions = QuestionSet()
        try QuestionFiles.addIdentifiers(at: file.path, to: questions)
        let messages = block.inPlace(sinceNanoseconds: 0)
        for place in 0..<2 { #expect(Array(questions.message(of: place)) == Array(messages.message(place))) }
        #expect(questions.identifier(of: 0) == Array("88.118.8/a".utf8))
        #expect(questions.hasLists(0) && !questions.hasLists(1))
        block = QuestionBlock()
    }

    private func filled(_ path: String) throws -> QuestionBlock? {
        var file = try ReplayFile(path: path, wraps: false)
        let block = QuestionBlock()
        try file.fill(block)
        return block
    }

    private func wire(_ block: QuestionBlock, _ place: Int) -> [UInt8] {
        let slot = block.inPlace(sinceNanoseconds: 0)
        let message = slot.message(place)
        let question = [OutgoingQuestion(requestID: 7, version: slot.versions[place], message: message)]
        return question.withUnsafeBufferPointer { question in
            question.baseAddress.map { Array(OutgoingQuestion.envelope(of: $0)) + Array(message) } ?? []
        }
    }

    @Test(arguments: [
        ("88.118.8/a\n" + String(repeating: "x", count: 2_049) + "\n", 2, "E-LOAD-064"),
        ("88.118.8/a\n\n88.118.8/b\t\n", 3, "E-LOAD-064"), ("\tURL\n", 1, "E-LOAD-064"),
        ("88.118.8/a\t" + String(repeating: "T", count: 256), 1, "E-LOAD-064"),
        ("88.118.8/a" + String(repeating: "\tT", count: 65), 1, "E-LOAD-064"),
        ("88.118.8/a\n" + String(repeating: "x", count: 70_000) + "\n", 2, "E-LOAD-006"),
    ])
    func L12_aBadLineIsToldWithItsNumber(_ text: String, _ line: Int, _ code: String) throws {
        let file = try Replayed(text.utf8)
        for isWhole in [false, true] {
            let error = #expect(throws: LoadError.self) {
                if isWhole { return try QuestionFiles.addIdentifiers(at: file.path, to: QuestionSet()) }
                try QuestionStream.open(ReplayFile(path: file.path, wraps: false)).close()
            }
            #expect(error?.message.code == MessageCode(code))
            #expect(error?.message.place == MessagePlace(file: file.path, line: line))
        }
    }

    @Test func L12_aBadLineFarBehindEndsTheRunWithWhatWasBeforeIt() throws {
        let file = try file(names(0..<90_000) + ["\t"] + names(0..<10))
        let stream = try QuestionStream.open(ReplayFile(path: file.path, wraps: false))
        defer { stream.close() }
        #expect(stream.failure == nil)
        var count = 0
        var isOver = false
        while !isOver {
            switch stream.take() {
            case .block(let block): count += block.count
            case .notYet: usleep(1_000)
            case .end: isOver = true
            }
        }
        #expect(count == 90_000)
        #expect(stream.failure?.message.place?.line == 90_001)
    }

    @Test func L12_whatIsHeldWholeAndWhatIsRead() throws {
        let file = try file(names(0..<10) + ["88.118.8/x\tURL"])
        func questions(_ arguments: String...) throws -> QuestionSet {
            let options = try LoadOptions.parse(["127.0.0.1:2641", "--replay", file.path] + arguments)
            return try options.questions(for: try options.plan())
        }
        for flags in [[], ["--stop"], ["--once"], ["--keys", "sequential"], ["--missing", "5%"]] {
            let options = try LoadOptions.parse(["127.0.0.1:2641", "--replay", file.path] + flags)
            let questions = try options.questions(for: try options.plan())
            #expect(questions.stream != nil, "\(flags)")
            #expect(questions.identifierCount == 11)
            #expect(questions.missingCount == (flags.first == "--missing" ? 4_096 : 0))
            questions.stream?.close()
        }
        for flags in [
            ["--shuffle"], ["--keys", "uniform"], ["--id", "88.118.8/y"], ["--count", "5"], ["--find-max"],
        ] {
            let options = try LoadOptions.parse(["127.0.0.1:2641", "--replay", file.path] + flags)
            let questions = try options.questions(for: try options.plan())
            #expect(questions.stream == nil, "\(flags)")
            #expect(questions.knownCount >= 11)
        }
        #expect(try questions("--codes", "1,100").dueCodes == [1, 100])
        for wrong in ["x", "1,,2", "0"] {
            #expect(throws: LoadError.self) { try questions("--codes=\(wrong)") }
        }
        let options = try LoadOptions.parse(["127.0.0.1:2641", "--id", "88.118.8/y", "--codes", "1"])
        #expect(throws: LoadError.self) { try options.plan() }
        let empty = try Replayed([])
        let nothing = try LoadOptions.parse(["127.0.0.1:2641", "--replay", empty.path])
        let error = #expect(throws: LoadError.self) { try nothing.questions(for: try nothing.plan()) }
        #expect(error?.message.code == "E-LOAD-001")
    }
}

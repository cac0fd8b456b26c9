import ArgumentParser
import Console
import EventLoop
import FakeServer
import Foundation
import ResolutionProtocol
import Testing

@testable import idload

/// Recorded messages that are sent again.
struct RecordedMessageTests {
    private func resolution(_ name: String, flags: OpFlags = .requestDefault, requestID: UInt32 = 99) -> [UInt8] {
        question(name, flags: flags, requestID: requestID).wire
    }

    /// A request of another operation, in version 2.1 and a session.
    private var listing: [UInt8] {
        var message = question()
        message.envelope.version = ProtocolVersion(2, 1)
        message.envelope.sessionID = 77
        message.header.opCode = OpCode(rawValue: 105)
        message.body = .bytes([0, 0, 0, 1, 65])
        return message.wire
    }

    private func withFile<Outcome>(_ bytes: [UInt8], _ body: (String) throws -> Outcome) throws -> Outcome {
        let folder = FileManager.default.temporaryDirectory.appending(path: "idload-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "recorded").path
        try Data(bytes).write(to: URL(filePath: path))
        return try body(path)
    }

    @Test func L12_aMessageGoesOutAsItWasButForItsNumberSessionAndExpiry() throws {
        let recorded = [resolution("88.118.8/a", flags: [.requestDefault, .requestDigest]), listing]
        try withFile(recorded.flatMap { $0 }) { path in
            var file = try ReplayFile(path: path, wraps: false)
            #expect(file.format == .messages)
            let block = QuestionBlock()
            try file.fill(block)
            #expect(block.count == 2 && file.questionCount == 2)
            let slot = block.inPlace(sinceNanoseconds: 0)
            for (place, before) in recorded.enumerated() {
                let question = OutgoingQuestion(
                    requestID: 5,
                    version: slot.versions[place],
                    message: slot.message(place)
                )
                let sent = withUnsafePointer(to: question) { Array(OutgoingQuestion.envelope(of: $0)) }
                #expect(sent[..<4] == before[..<4])
                #expect(sent[4..<12] == [0, 0, 0, 0, 0, 0, 0, 5])
                #expect(sent[12...] == before[12..<20])
                let message = Array(slot.message(place))
                #expect(message[..<16] == before[20..<36])
                #expect(message[20...] == before[40...])
                #expect(message[16..<20] != before[36..<40])
            }
        }
    }

    @Test func L12_whatIsSignedStaysAsItWasSigned() throws {
        // A credential of 40 bytes, whatever it says.
        var wire = Array(question().wire.dropLast(4)) + [0, 0, 0, 40] + [UInt8](repeating: 7, count: 40)
        wire[19] += 40
        try wire.withUnsafeBytes { bytes in
            let read = try RecordedMessage(bytes, byteCountMax: 1_000)
            var memory = [UInt8](repeating: 0, count: read.body.count)
            memory.withUnsafeMutableBytes { read.write(to: $0, expiration: 1) }
            #expect(memory == Array(wire[20...]))
        }
    }

    @Test func L12_aDamagedFileIsToldWithItsByte() throws {
        let sound = resolution("88.118.8/a")
        var answer = question()
        answer.header.responseCode = .success
        func changed(_ offset: Int, _ value: UInt8) -> [UInt8] {
            var wire = sound
            wire[offset] = value
            return wire
        }
        let faults: [([UInt8], RecordedMessage.Fault)] = [
            (Array(sound.dropLast()), .cutShort), (Array(sound.prefix(12)), .cutShort),
            (changed(0, 9), .notAnEnvelope), (changed(2, 0x42), .notWhole), (changed(2, 0x22), .notWhole),
            (changed(15, 1), .notWhole), (changed(17, 255), .tooLong(0xFF_0000 + sound.count - 20, atMost: 262_144)),
            (changed(27, 1), .notARequest), (changed(43, 1), .lengths), (changed(sound.count - 1, 1), .lengths),
            (changed(46, 1), .lengths),
        ]
        for (damaged, fault) in faults {
            try withFile(sound + sound + damaged) { path in
                let error = #expect(throws: LoadError.self) {
                    try QuestionStream.open(ReplayFile(path: path, wraps: true)).close()
                }
                let message = UserMessage.badMessage(path, atByte: UInt64(2 * sound.count), fault)
                #expect(error?.message == message, "\(fault)")
                #expect(error?.message.text.english.hasPrefix("byte \(2 * sound.count): ") == true)
            }
        }
    }

    @Test func L12_aMessageThatIsLongerThanADatagramCannotBeSentAsOne() throws {
        let long = resolution("88.118.8/" + String(repeating: "x", count: 600))
        try withFile(long) { path in
            let udp = try LoadOptions.parse(["127.0.0.1:2641", "--replay", path])
            let error = #expect(throws: LoadError.self) { try udp.questions(for: try udp.plan()) }
            #expect(error?.message.code == "E-LOAD-065")
            let tcp = try LoadOptions.parse(["127.0.0.1:2641", "--replay", path, "--protocol", "tcp"])
            let questions = try tcp.questions(for: try tcp.plan())
            #expect(questions.areRecorded)
            questions.stream?.close()
        }
    }

    @Test(arguments: [
        ["--shuffle"], ["--keys", "uniform"], ["--id", "88.118.8/y"], ["--count", "5"], ["--find-max"],
        ["--missing", "5%"], ["--protocol", "dns"],
    ])
    func L12_recordedMessagesHaveAnOrderOfTheirOwn(_ flags: [String]) throws {
        try withFile(resolution("88.118.8/a")) { path in
            let options = try LoadOptions.parse(["127.0.0.1:2641", "--replay", path] + flags)
            let error = #expect(throws: LoadError.self) { try options.questions(for: try options.plan()) }
            #expect(error?.message.code == "E-LOAD-066")
            #expect(error?.exitCode == .usage)
        }
    }

    /// Judges an answer to the first message of a recording.
    private func fault(in answer: [UInt8], to recorded: [UInt8], codes: [UInt32] = []) throws -> AnswerFault? {
        try withFile(recorded) { path in
            let stream = try QuestionStream.open(ReplayFile(path: path, wraps: false))
            defer { stream.close() }
            let questions = QuestionSet()
            questions.areRecorded = true
            questions.dueCodes = codes
            var window = QuestionWindow(stream, timeoutNanoseconds: 1)
            guard case .question(let question) = window.next(nowNanoseconds: 0) else { return .malformed }
            let own = QuestionSet(questions, slots: window.slots)
            return AnswerReader.fault(in: answer.span.bytes, question: question, of: own)
        }
    }

    @Test func L12_anAnswerMustFitWhatWasRecorded() throws {
        let asked = resolution("88.118.8/a", flags: [.requestDefault, .requestDigest])
        let right = answerWire(to: asked)
        #expect(try fault(in: right, to: asked) == nil)
        #expect(try fault(in: answerWire(to: resolution("88.118.8/b")), to: asked) == .identifier)
        #expect(try fault(in: right, to: listing) == .operation(1))
        var refused = try Message(wire: listing)
        refused.header.responseCode = ResponseCode(rawValue: 402)
        refused.header.flags = .requestDefault
        refused.body = .bytes([1, 2, 3])
        #expect(try fault(in: refused.wire, to: listing) == .code(402))
        #expect(try fault(in: refused.wire, to: listing, codes: [1, 402]) == nil)
        #expect(try fault(in: Array(refused.wire.dropLast()), to: listing, codes: [402]) == .malformed)
        #expect(try fault(in: right, to: asked, codes: [100]) == .code(1))
    }

    @Test(arguments: [ResponseCode.serviceReferral, .prefixReferral])
    func aReferralIsRightWhereItIsDue(code: ResponseCode) throws {
        let asked = try Message(wire: resolution("88.118.8/a"))
        let site = HandleValue(index: 1, type: ValueType.site, data: [1, 2, 3])
        for values in [nil, [site]] {
            var answer = asked
            answer.header.responseCode = code
            answer.body = .referral(Referral(identifier: [], values: values))
            let questions = QuestionSet()
            #expect(questions.add(Array("88.118.8/a".utf8)))
            #expect(AnswerReader.fault(in: answer.wire.span.bytes, question: 0, of: questions) == .code(code.rawValue))
            questions.dueCodes = [code.rawValue]
            #expect(AnswerReader.fault(in: answer.wire.span.bytes, question: 0, of: questions) == nil)
        }
    }

    @Test(arguments: [LoadPlan.Carrier.udp, .tcp])
    func L12_recordedMessagesGoOverRealSockets(_ carrier: LoadPlan.Carrier) throws {
        let server = try FakeServer(
            datagram: { datagram, _ in [answerWire(to: datagram)] },
            connection: { connection in
                while let request = connection.readMessage() { connection.write(answerWire(to: request)) }
            }
        )
        defer { server.stop() }
        let recorded = (0..<50).flatMap { resolution("88.118.8/part-\($0)", flags: [.requestDefault, .requestDigest]) }
        try withFile(recorded) { path in
            let stream = try QuestionStream.open(ReplayFile(path: path, wraps: true))
            defer { stream.close() }
            let questions = QuestionSet()
            questions.areRecorded = true
            questions.stream = stream
            var plan = LoadPlan(target: server.address, carrier: carrier, seed: 1)
            plan.connections = 1
            plan.timeoutNanoseconds = 60_000_000_000
            plan.loop = .closed(outstanding: 4, ratePerSecondMax: 400, seconds: 0.5, warmupSeconds: 0)
            plan.keys = .inOrder(isShuffled: false, stops: false)
            let carriers = try LoadEngine.open(plan)
            let result = LoadEngine(plan: plan, questions: questions, carriers: carriers).run { _ in }
            #expect(result.tally.sent > 50)
            #expect(result.tally.right == result.tally.sent)
        }
    }
}

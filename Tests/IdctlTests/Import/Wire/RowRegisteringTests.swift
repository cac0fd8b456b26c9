import Console
import RecordFiles
import ResolutionClient
import ResolutionProtocol
import Synchronization
import Testing

@testable import idctl

@Suite struct RowRegisteringTests {
    /// A server of another make, or one in trouble: answers as `answering` says, by the number of the request.
    private final class Server: AdministrationAsking {
        private let answering: (Int, Message) -> (code: ResponseCode, body: MessageBody)
        private(set) var asked: [Message] = []

        init(_ answering: @escaping (Int, Message) -> (ResponseCode, MessageBody)) { self.answering = answering }

        func askInParts(_ request: Message, _ each: (Message) -> Bool) throws(AdministrationError) {
            asked.append(request)
            let (code, body) = answering(asked.count, request)
            var answer = request
            answer.header.responseCode = code
            answer.body = body
            _ = each(answer)
        }
    }

    private static let nothing = MessageBody.error(ErrorBody(message: Array("not here".utf8)))

    private static func registering(_ server: Server, isDryRun: Bool = false) -> RowRegistering {
        let session = Session(
            language: .english,
            outputTerminal: Terminal(isTerminal: false, isDecorated: false),
            errorTerminal: Terminal(isTerminal: false, isDecorated: false)
        )
        let patient = PatientAsking(server, place: "test", patience: Patience(seconds: 1), session: session)
        return RowRegistering(
            patient,
            batch: ImportBatch(),
            jobs: 4,
            isDryRun: isDryRun,
            pace: RowPace(rowsPerSecond: nil)
        )
    }

    private static func rows(_ numbers: [UInt32]) -> [WireRow] {
        numbers.map { number in
            var record = RecordRow()
            let (name, type, data) = (Array("88.118.8/\(number)".utf8), Array("URL".utf8), Array("x".utf8))
            record.setIdentifier(name.span.bytes)
            record.addValue(ValueRow(index: 1), type: type.span.bytes, data: data.span.bytes)
            return WireRow(record, number: number, RowAdditions())
        }
    }

    /// An answer to operation 9001 with this code for each row.
    private static func outcomes(_ request: Message, _ code: ResponseCode) -> (ResponseCode, MessageBody) {
        guard case .bytes(let body) = request.body, let apply = try? ApplyRequest(wire: body) else {
            return (.protocolError, nothing)
        }
        var writer = WireWriter(capacity: 64)
        for _ in apply.rows { ApplyOutcome(code: code).write(to: &writer) }
        return (.success, .bytes([UInt8](writer.bytes)))
    }

    @Test(arguments: [ResponseCode.operationNotSupported, .error])
    func aServerWithoutOperation9001IsAskedOneByOne(code: ResponseCode) throws {
        let server = Server { _, request in
            switch request.header.opCode {
            case .apply: (code, Self.nothing)
            default: request.body.names("88.118.8/1") ? (.identifierExists, Self.nothing) : (.success, .created(nil))
            }
        }
        let registering = Self.registering(server)
        let outcomes = try registering.outcomes(of: Self.rows([0, 1, 2]), as: .create)
        #expect(outcomes.map { $0?.code } == [.success, .identifierExists, .success])
        #expect(outcomes[1]?.text == Array("not here".utf8))
        _ = try registering.outcomes(of: Self.rows([3]), as: .put)
        #expect(server.asked.map(\.header.opCode) == [.apply] + Array(repeating: .createIdentifier, count: 4))
        #expect(server.asked.last?.header.flags.contains(.overwrite) == true)
        #expect(throws: CommandFailure.self) {
            _ = try Self.registering(server, isDryRun: true).outcomes(of: Self.rows([0]), as: .create)
        }
    }

    @Test func B7aBusyServerIsAskedAgainAndOneThatStaysBusyEndsWith7() throws {
        let busyTwice = Server { count, request in
            count <= 2 ? (.serverBusy, Self.nothing) : Self.outcomes(request, .success)
        }
        #expect(
            try Self.registering(busyTwice).outcomes(of: Self.rows([0]), as: .create).map { $0?.code } == [.success]
        )
        #expect(busyTwice.asked.count == 3)
        let always = Server { _, _ in (.serverReadOnly, Self.nothing) }
        do {
            _ = try Self.registering(always).outcomes(of: Self.rows([0]), as: .create)
            Issue.record("it ended well")
        } catch {
            #expect(error.exit == .outcomeUnknown)
        }
    }

    @Test func rowsOfOneMessageFollowEachOtherAndKeepTheirNumbers() throws {
        let server = Server { _, request in Self.outcomes(request, .success) }
        _ = try Self.registering(server).outcomes(of: Self.rows([0, 1, 2, 5, 6, 9]), as: .create)
        let requests = server.asked.compactMap { message -> ApplyRequest? in
            guard case .bytes(let body) = message.body else { return nil }
            return try? ApplyRequest(wire: body)
        }
        #expect(requests.map(\.firstRow) == [0, 5, 9])
        #expect(requests.map(\.rows.count) == [3, 2, 1])
        #expect(Set(requests.map(\.batch)).count == 1)
    }

    @Test func rowsOfAPutGoTogetherWhateverLiesBetweenThem() throws {
        let server = Server { _, request in Self.outcomes(request, .success) }
        let registering = Self.registering(server)
        _ = try registering.outcomes(of: Self.rows([0, 5, 9]), as: .put)
        _ = try registering.outcomes(of: Self.rows([0, 5, 9]), as: .put)
        _ = try registering.outcomes(of: Self.rows([0, 9]), as: .put)
        let requests = server.asked.compactMap { message -> ApplyRequest? in
            guard case .bytes(let body) = message.body else { return nil }
            return try? ApplyRequest(wire: body)
        }
        #expect(requests.map(\.rows.count) == [3, 3, 2])
        // The same rows have the same name, others another.
        #expect(requests[0].batch == requests[1].batch && requests[0].batch != requests[2].batch)
    }

    @Test func whatCameOfRowsBeforeTheServerWentIsKept() throws {
        let server = Server { count, request in
            count == 1 ? Self.outcomes(request, .success) : (.authenticationFailed, Self.nothing)
        }
        let done = Self.registering(server).register(Self.rows(Array(0..<600)), as: .create)
        #expect(done.failure?.exit == .notPermitted)
        let outcomes = done.outcomes
        #expect(outcomes.prefix { $0?.code == .success }.count == 512)
        #expect(outcomes.suffix(88).allSatisfy { $0 == nil })
    }

    @Test func aRowThatWasBusyGoesAgainUnderAnotherBatch() throws {
        let server = Server { count, request in Self.outcomes(request, count == 1 ? .serverBusy : .success) }
        #expect(
            try Self.registering(server).outcomes(of: Self.rows([0, 1]), as: .create).map { $0?.code } == [
                .success, .success,
            ]
        )
        let batches = server.asked.compactMap { message -> [UInt8]? in
            guard case .bytes(let body) = message.body else { return nil }
            return (try? ApplyRequest(wire: body))?.batch
        }
        #expect(batches.count == 2 && batches[0] != batches[1])
    }

    @Test func aProofThatIsRefusedEndsWith4() throws {
        let server = Server { _, _ in (.authenticationFailed, Self.nothing) }
        do {
            _ = try Self.registering(server).outcomes(of: Self.rows([0]), as: .create)
            Issue.record("it ended well")
        } catch {
            #expect(error.exit == .notPermitted)
        }
    }

    @Test func anAdministratorIsAddedWhereNoneIsNamedAndAnIndexIsFree() throws {
        let administrator = try AdministratorValue.make("300:0.NA/88.118.8", flag: "--auth")
        var record = RecordRow()
        let (name, type, data) = (Array("88.118.8/a".utf8), Array("URL".utf8), Array("x".utf8))
        record.setIdentifier(name.span.bytes)
        record.addValue(ValueRow(index: 100), type: type.span.bytes, data: data.span.bytes)
        let row = WireRow(record, number: 0, RowAdditions(administrator: administrator))
        #expect(row.values.map(\.index) == [100, 101])
        #expect(row.byteCount >= row.applyRow(.create).wire.count)
        let admin = Array("hs_admin".utf8)
        record.addValue(ValueRow(index: 5), type: admin.span.bytes, data: data.span.bytes)
        #expect(WireRow(record, number: 0, RowAdditions(administrator: administrator)).values.map(\.index) == [100, 5])
    }
}

extension MessageBody {
    /// Whether this is a request about `name`.
    fileprivate func names(_ name: String) -> Bool {
        guard case .values(let request) = self else { return false }
        return request.identifier == Array(name.utf8)
    }
}

extension RowRegistering {
    /// What came of each row, where nothing failed.
    fileprivate func outcomes(
        of rows: [WireRow],
        as kind: ApplyRow.Kind
    ) throws(CommandFailure) -> [ApplyOutcome?] {
        let done = register(rows, as: kind)
        if let failure = done.failure { throw failure }
        return done.outcomes
    }
}

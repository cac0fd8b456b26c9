import Console
import RecordFiles
import ResolutionClient
import ResolutionProtocol
import Testing

@testable import idctl

@Suite struct WireExportRunTests {
    /// A server that lists what it has not, and shows some only to those who ask for what everyone may read.
    private final class Server: AdministrationAsking {
        private(set) var resolved: [(name: String, flags: OpFlags)] = []
        private let names: [String]

        init(_ names: [String]) { self.names = names }

        func askInParts(_ request: Message, _ each: (Message) -> Bool) throws(AdministrationError) {
            var answer = request
            answer.header.responseCode = .success
            switch request.body {
            case .name:
                for name in names {
                    answer.body = .names([WireText(Array(name.utf8))])
                    guard each(answer) else { return }
                }
            case .resolve(let question):
                let name = String(decoding: question.identifier, as: UTF8.self)
                resolved.append((name, request.header.flags))
                (answer.header.responseCode, answer.body) = Self.answer(name, question, request.header.flags)
                _ = each(answer)
            default: throw .unexpectedAnswer(request.header.opCode)
            }
        }

        private static func answer(
            _ name: String,
            _ question: ResolutionRequest,
            _ flags: OpFlags
        ) -> (ResponseCode, MessageBody) {
            let nothing = MessageBody.error(ErrorBody(message: []))
            if name.hasSuffix("gone") { return (.identifierNotFound, nothing) }
            if name.hasSuffix("broken") { return (.error, nothing) }
            if name.hasSuffix("empty") { return (.valuesNotFound, nothing) }
            if name.hasSuffix("hidden"), !flags.contains(.publicOnly) { return (.notAdministrator, nothing) }
            let value = HandleValue(index: 1, timestamp: 1, type: Array("URL".utf8), data: Array("u".utf8))
            return (.success, .resolved(ResolutionAnswer(identifier: question.identifier, values: [value])))
        }
    }

    private static let names = ["a", "gone", "hidden", "broken", "empty", "z"].map { "88.118.8/\($0)" }

    /// The counts, the identifiers in the file, and the first that was not given.
    private static func export(
        _ server: Server,
        hasRights: Bool
    ) throws -> (counts: ExportCounts, lines: [Substring], refused: ResponseCode?) {
        let folder = try TemporaryFolder()
        let session = Session(
            language: .english,
            outputTerminal: Terminal(isTerminal: false, isDecorated: false),
            errorTerminal: Terminal(isTerminal: false, isDecorated: false)
        )
        let output = try ExportOutput(path: folder.file("out.jsonl"), form: ExportOutput.Form(), session: session)
        let administrator = Administrator(asking: server, place: "test", carrier: .tcp)
        let run = try WireExportRun(PrefixWalk(administrator, hasRights: hasRights, session), output: output)
        #expect(try run.run(prefix: Array("88.118.8".utf8)))
        return (output.counts, (folder.read("out.jsonl") ?? "").split(separator: "\n"), run.firstRefused?.code)
    }

    @Test func `A11 what went meanwhile is passed over, and what may not be read is counted`() throws {
        let server = Server(Self.names)
        let exported = try Self.export(server, hasRights: true)
        #expect(exported.counts == ExportCounts(written: 3, hidden: 2, refused: 1))
        #expect(exported.lines.map { $0.contains("hidden") } == [false, true, false], "in the order of the list")
        #expect(exported.refused == .error)
        #expect(server.resolved.map(\.name) == Self.names + ["88.118.8/hidden"])
        #expect(server.resolved.allSatisfy { $0.flags.contains(.authoritative) })
    }

    @Test func `A11 who has no key is given what everyone may read`() throws {
        let server = Server(Self.names)
        #expect(try Self.export(server, hasRights: false).counts == ExportCounts(written: 3, hidden: 1, refused: 1))
        #expect(server.resolved.count == Self.names.count)
        #expect(server.resolved.allSatisfy { $0.flags.contains(.publicOnly) })
    }

    @Test func `names beyond a block of the file they are kept in come back in order`() throws {
        let folder = try TemporaryFolder()
        let names = try ListedNames(directory: folder.path)
        let all = (0..<3_000).map { Array("88.118.8/\($0)".utf8) + [UInt8](repeating: 0x78, count: $0 % 2_048) }
        for name in all { try names.append(name) }
        #expect(names.count == all.count)
        try names.rewind()
        var found: [[UInt8]] = []
        while true {
            let next = try names.next(700)
            if next.isEmpty { break }
            found += next
        }
        #expect(found == all)
    }
}

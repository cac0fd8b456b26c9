import Console
import EventLoop
import NodeConfiguration
import Resolution
import ResolutionClient
import ResolutionProtocol
import Testing

@testable import idctl

/// `idctl resolve --explain`.
@Suite struct ExplanationTests {
    private static func explanation(
        _ identifier: String,
        _ outcome: Result<Message, AskFailure>,
        transport: AskTransport = .automatic
    ) throws -> Explanation {
        let address = try SocketAddress(text: "127.0.0.1:2641")
        let reading = Recognition(Array(identifier.utf8))
        return Explanation(
            reading: reading,
            oidRoot: "oid-res.org",
            route: try ServerRoute.find(server: "127.0.0.1:2641", configurationPath: nil),
            transport: transport,
            flags: .requestDefault,
            trace: AskTrace(now: 0),
            outcome: outcome.map {
                AnswerReport(identifier: reading.asked, server: "\(address)", carrier: .udp, answer: $0)
            }.mapError { AskError(server: "\(address)", carrier: .udp, failure: $0) }
        )
    }

    private static func answer(_ values: [HandleValue]) -> Message {
        Message(
            envelope: Envelope(requestID: 1, messageLength: 600),
            header: Header(opCode: .resolution, responseCode: .success, expiration: 0),
            body: .resolved(ResolutionAnswer(identifier: Array("88.118.8/x".utf8), values: values))
        )
    }

    private static let values = [
        HandleValue(index: 1, type: Array("URL".utf8), data: []),
        HandleValue(index: 7, permissions: [.adminRead], type: Array("PRICE".utf8), data: []),
        HandleValue(index: 100, type: ValueType.admin, data: []),
    ]

    @Test func `every fact is told in both languages, under names that never change`() throws {
        let facts = try Self.explanation("hdl:88.118.8/x", .success(Self.answer(Self.values))).facts
        #expect(
            facts.map(\.key) == [
                "scheme", "typed", "read", "canonical", "route", "prefix", "suffix", "parts", "server", "transport",
                "flags", "session",
                "rights", "code", "version", "siteSerial", "size",
            ]
        )
        #expect(facts.allSatisfy { !$0.text.english.isEmpty && !$0.text.chinese.isEmpty })
        let rights = try #require(facts.first { $0.key == "rights" }).text
        #expect(rights.english.contains("2 of 3 are public; not public, by their permissions: index 7"))
        #expect(rights.chinese.contains("3 个值中 2 个公开；按权限不公开：索引 7；管理用：索引 100"))
        let flags = try #require(facts.first { $0.key == "flags" }).text
        #expect(flags.english.hasSuffix("not set: authoritative, signed answer, encrypted answer"))
        #expect(try #require(facts.first { $0.key == "code" }).text.english == "1: found / 已找到")
    }

    @Test func `C6 who named the server is told, whoever it was`() throws {
        func route(_ settings: Settings, server: String? = nil) throws -> ServerRoute {
            try Settings.$current.withValue(settings) { try ServerRoute.find(server: server, configurationPath: nil) }
        }
        let address = "127.0.0.1:9"
        let named = GivenSetting(address, .profile("p", MessagePlace(file: "idctl.toml", line: 7)))
        var settings = Settings()
        #expect(try route(settings).origin == nil)
        #expect(try route(settings).text.english.contains("the default"))
        settings.profile = [.server: named]
        #expect(try route(settings).text.english == "127.0.0.1:9, IPv4: as server (idctl.toml:7) says")
        settings.environment = [.server: GivenSetting(address, .environment("IDCTL_SERVER"))]
        #expect(try route(settings).text.chinese == "127.0.0.1:9，IPv4：由 IDCTL_SERVER 指定")
        #expect(try route(settings, server: address).origin == "--server")
    }

    @Test func `its JSON has the rights, the route and each fact`() throws {
        let explanation = try Self.explanation("88.118.8/x", .success(Self.answer(Self.values)))
        let report = try #require(explanation.report)
        let tree = try #require(JSONTree(report.json(explanation))?["explanation"])
        #expect(tree["scheme"] == .string("vaa"))
        #expect(tree["secondaryNode"] == .string("118"))
        #expect(tree["enterprise"] == .string("8"))
        #expect(tree["serverFrom"] == .string("--server"))
        #expect(tree["flags"]?["publicOnly"] == .word("true"))
        #expect(tree["restricted"] == .array([.word("7")]))
        #expect(tree["administrative"] == .array([.word("100")]))
        #expect(tree["packets"] == .word("2"))
        #expect(tree["sendings"] == .word("1"))
    }

    @Test func `where no answer came the reason is told`() throws {
        let failure = AskFailure.noAnswer(sendings: 3, milliseconds: 3_000)
        let explanation = try Self.explanation("1.2.156", .failure(failure), transport: .udp)
        let chinese = explanation.lines(language: .chinese).joined(separator: "\n")
        #expect(chinese.contains("发送 3 次后，3000 毫秒内没有应答"))
        #expect(chinese.contains("OID 标识；此处按原样作为前缀名查询"))
        let error = AskError(server: "s", carrier: .udp, failure: failure)
        let tree = try #require(JSONTree(explanation.failureJSON(.noAnswer(error))))
        #expect(tree["failure"]?["code"] == .string("E-RESOLVE-002"))
        #expect(tree["code"] == nil)
        #expect(tree["explanation"]?["scheme"] == .string("oid"))
    }

    @Test func `rights are told where no value came, too`() throws {
        let text = ReadingRights([]).text
        #expect(text.english.hasSuffix("no value came"))
        #expect(text.chinese.hasSuffix("未收到任何值"))
        let many = (1...20).map { HandleValue(index: $0, permissions: [], type: Array("X".utf8), data: []) }
        #expect(
            ReadingRights(many).text.english.hasSuffix("index 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 …")
        )
    }

    @Test func `a referral is told`() throws {
        let message = Message(
            envelope: Envelope(requestID: 1, messageLength: 60),
            header: Header(opCode: .resolution, responseCode: .serviceReferral, expiration: 0),
            body: .referral(Referral(identifier: Array("88.9/\u{1B}".utf8), values: nil))
        )
        let facts = try Self.explanation("88.9.1/x", .success(message)).facts
        let text = try #require(facts.first { $0.key == "referral" }).text
        #expect(text.english == "not kept by this server; it refers to 88.9/\\x1B, which was not asked")
    }
}

import Console
import ResolutionClient
import ResolutionProtocol
import Testing

@testable import idctl

@Suite struct AnswerReportTests {
    private static func report(_ code: ResponseCode, _ body: MessageBody) -> AnswerReport {
        AnswerReport(
            identifier: Array("88.118.1/x".utf8),
            server: "127.0.0.1:2641",
            carrier: .udp,
            answer: Message(
                envelope: Envelope(requestID: 1, messageLength: 600),
                header: Header(opCode: .resolution, responseCode: code, expiration: 0),
                body: body
            )
        )
    }

    private static let values = [
        HandleValue(index: 1, timestamp: 1_610_612_736, type: Array("URL".utf8), data: Array("https://例.org/".utf8)),
        HandleValue(index: 2, ttlType: 1, ttl: 0, type: Array("BIN".utf8), data: [0, 1, 2]),
        HandleValue(
            index: 100,
            type: ValueType.admin,
            data: AdminRecord(
                permissions: 0x0FFF,
                administrator: ValueReference(identifier: Array("0.NA/88.118".utf8), index: 300)
            ).wire
        ),
    ]

    @Test func `values stand in JSON as the data model says`() throws {
        let answer = ResolutionAnswer(identifier: Array("88.118.1/x".utf8), values: Self.values)
        let json = Self.report(.success, .resolved(answer)).json()
        let tree = try #require(JSONTree(json))
        #expect(tree["code"] == .word("1"))
        #expect(tree["explanation"] == nil)
        let text = String(decoding: json, as: UTF8.self)
        #expect(
            text.contains(
                #"{"index":1,"type":"URL","data":{"format":"string","value":"https://例.org/"},"permissions":"1110","#
                    + #""ttl":86400,"timestamp":"2021-01-14T08:25:36Z"}"#
            )
        )
        #expect(
            text.contains(
                #""data":{"format":"base64","value":"AAEC"},"permissions":"1110","ttl":"1970-01-01T00:00:00Z"}"#
            )
        )
        #expect(
            text.contains(
                #"{"format":"admin","value":{"handle":"0.NA/88.118","index":300,"permissions":"111111111111"}}"#
            )
        )
    }

    @Test func `an answer that is stale says so, for scripts too`() throws {
        let answer = ResolutionAnswer(identifier: Array("88.118.1/x".utf8), values: Self.values)
        let fresh = Self.report(.success, .resolved(answer))
        #expect(!fresh.isStale)
        #expect(try #require(JSONTree(fresh.json()))["stale"] == nil)
        var message = fresh.answer
        message.header.flags.insert(.stale)
        let stale = AnswerReport(identifier: fresh.identifier, server: fresh.server, carrier: .udp, answer: message)
        #expect(stale.isStale)
        #expect(try #require(JSONTree(stale.json()))["stale"] == .word("true"))
    }

    @Test func `a refusal shows its code, and decides the exit`() {
        let report = Self.report(.identifierNotFound, .error(ErrorBody(message: Array("no\u{1B}".utf8))))
        #expect(report.lines(language: .english) == ["88.118.1/x: identifier not found (code 100): no\\x1B"])
        #expect(report.lines(language: .chinese).first?.contains("标识不存在") == true)
        #expect(ResponseMeaning.exit(for: report.code) == .notFound)
        #expect(ResponseMeaning.exit(for: .notResponsible) == .notFound)
        #expect(ResponseMeaning.exit(for: .serverBusy) == .outcomeUnknown)
    }

    @Test func `a site is shown with its servers`() {
        let server = SiteServer(
            serverID: 1,
            address: Array(repeating: 0, count: 12) + [192, 0, 2, 7],
            interfaces: [ServerInterface(kind: .both, transport: .tcp, port: 2_641)]
        )
        let value = HandleValue(
            index: 3,
            type: ValueType.site,
            data: SiteInfo(serialNumber: 5, servers: [server]).wire
        )
        #expect(
            ShownValue.dataText(of: value)
                == #"{"format":"site","value":{"version":1,"protocolVersion":"2.11","serialNumber":5,"primarySite":true,"#
                + #""multiPrimary":false,"attributes":[],"servers":[{"serverId":1,"address":"192.0.2.7","publicKey":"#
                + #"{"format":"base64","value":""},"interfaces":[{"query":true,"admin":true,"protocol":"TCP","#
                + #""port":2641}]}]}}"#
        )
    }

    @Test func `data that is not what its type promises is text or base64`() {
        let value = HandleValue(index: 3, type: ValueType.site, data: Array("not a site".utf8))
        #expect(ShownValue.dataText(of: value) == "not a site")
    }
}

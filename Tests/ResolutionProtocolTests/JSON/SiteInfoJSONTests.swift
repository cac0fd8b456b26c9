import ResolutionProtocol
import Testing

@Suite struct SiteInfoJSONTests {
    private static func site(_ members: String) throws -> SiteInfo {
        let text = #"{"protocolVersion":"2.11","serialNumber":1,\#(members)}"#
        return try SiteInfo(json: try #require(JSONTree(Array(text.utf8))))
    }

    @Test func attributesMayBeAnObject() throws {
        let site = try Self.site(#""attributes":{"desc":"站点","domain":"a.example"}"#)
        #expect(site.attributes.map { String(decoding: $0.name, as: UTF8.self) } == ["desc", "domain"])
        #expect(site.isPrimary == false)
        #expect(site.hashOption == .byAll)
    }

    @Test func aSerialNumberMayBeSigned() throws {
        let text = #"{"protocolVersion":"2.11","serialNumber":-32768}"#
        #expect(try SiteInfo(json: try #require(JSONTree(Array(text.utf8)))).serialNumber == 32_768)
    }

    @Test(arguments: [
        #""servers":[{"serverId":1,"address":"nowhere"}]"#, #""servers":[{"serverId":1}]"#, #""servers":{}"#,
        #""servers":[{"serverId":1,"address":"192.0.2.1\u0000","interfaces":[]}]"#,
        #""servers":[{"serverId":1,"address":"192.0.2.1","interfaces":[{"protocol":"SMTP","port":1}]}]"#,
        #""servers":[{"serverId":1,"address":"192.0.2.1","publicKey":{"format":"key","value":{"kty":"EC"}}}]"#,
        #""attributes":{"desc":1}"#, #""hashOption":256"#, #""primarySite":"yes""#,
    ])
    func whatIsNoSiteIsRefused(_ members: String) {
        #expect(throws: JSONFormError.self) { try Self.site(members) }
    }

    @Test(arguments: [
        ("192.0.2.1", "000000000000000000000000c0000201"), ("2001:db8:2::b", "20010db800020000000000000000000b"),
        ("0.0.0.0", "00000000000000000000000000000000"),
    ])
    func addresses(_ text: String, _ hex: String) throws {
        let bytes = try #require(ServerAddress.bytes(text))
        #expect(bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() == hex)
        #expect(ServerAddress.text(bytes) == text)
        #expect(ServerAddress.bytes(text + "x") == nil)
        #expect(ServerAddress.text(Array(bytes.dropLast())) == "")
    }
}

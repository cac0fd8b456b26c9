import ResolutionProtocol
import Testing

@Suite struct HandleValueJSONTests {
    private static func value(_ json: String) throws -> HandleValue {
        try HandleValue(json: try #require(JSONTree(Array(json.utf8))))
    }

    @Test func whatIsLeftOutHasItsUsualValue() throws {
        let value = try Self.value(#"{"index":1,"type":"URL","data":"https://例.org/","permissions":null}"#)
        #expect(
            value == HandleValue(index: 1, type: Array("URL".utf8), data: Array("https://例.org/".utf8))
        )
    }

    @Test(
        arguments: [
            ("0110", [.adminWrite, .publicRead]), ("1000", [.adminRead]), ("0000", []), ("0001", [.publicWrite]),
            ("*", [.adminRead, .adminWrite, .publicRead, .publicWrite]),
        ] as [(String, ValuePermissions)]
    )
    func everyDigitOfPermissionsCounts(_ digits: String, _ permissions: ValuePermissions) throws {
        let value = try Self.value(#"{"index":1,"type":"URL","data":"","permissions":"\#(digits)"}"#)
        #expect(value.permissions == permissions)
    }

    @Test(arguments: [#"{"format":"hex","value":"0A0b01"}"#, #"{"format":"base64","value":"CgsB"}"#])
    func dataMayBeHexOrBase64(_ json: String) throws {
        let value = try Self.value(#"{"index":1,"type":"X","data":\#(json)}"#)
        #expect(value.data == [0x0A, 0x0B, 0x01])
    }

    @Test(arguments: [
        #"[]"#, #"{}"#, #"{"index":1,"type":"X"}"#, #"{"index":-1,"type":"X","data":""}"#,
        #"{"index":4294967296,"type":"X","data":""}"#, #"{"index":1.5,"type":"X","data":""}"#,
        #"{"index":"1","type":"X","data":""}"#, #"{"index":1,"type":2,"data":""}"#,
        #"{"index":1,"type":"X","data":3}"#, #"{"index":1,"type":"X","data":{"format":"string"}}"#,
        #"{"index":1,"type":"X","data":{"format":"other","value":""}}"#,
        #"{"index":1,"type":"X","data":{"format":"hex","value":"0"}}"#,
        #"{"index":1,"type":"X","data":{"format":"hex","value":"+1"}}"#,
        #"{"index":1,"type":"X","data":{"format":"base64","value":"A"}}"#,
        #"{"index":1,"type":"X","data":"","ttl":true}"#, #"{"index":1,"type":"X","data":"","ttl":2147483648}"#,
        #"{"index":1,"type":"X","data":"","ttl":"2021-02-30T00:00:00Z"}"#,
        #"{"index":1,"type":"X","data":"","timestamp":"2021-01-14 08:25:36"}"#,
        #"{"index":1,"type":"X","data":"","permissions":"11102"}"#,
        #"{"index":1,"type":"X","data":"","permissions":"111"}"#,
        #"{"index":1,"type":"X","data":"","references":[{"handle":"88/1"}]}"#,
        #"{"index":1,"type":"X","data":"","references":{}}"#,
    ])
    func whatIsNoValueIsRefused(_ json: String) {
        #expect(throws: JSONFormError.self) { try Self.value(json) }
    }

    @Test func randomValuesAreReadAsTheyAreWritten() throws {
        var random = SeededRandom(printingSeedFor: #function)
        for _ in 0..<500 {
            var value = random.handleValue()
            value.ttlType &= 1
            value.permissions = ValuePermissions(rawValue: value.permissions.rawValue & 0x0F)
            // Names are UTF-8 here; data may be any bytes.
            value.type = Array("88.TYPE/é\(random.below(10))".utf8)
            value.references = random.list { ValueReference(identifier: Array("88/对".utf8), index: $0.number()) }
            #expect(try HandleValue(json: value.json()) == value)
            #expect(try HandleValue(json: value.json(alwaysPermissions: true)) == value)
        }
    }

    @Test func typedDataIsReadAsItIsWritten() throws {
        var random = SeededRandom(printingSeedFor: #function)
        for _ in 0..<200 {
            var site = random.siteInfo()
            site.reservedFlags = 0
            site.hashFilter = Array("filter".utf8)
            site.attributes = [SiteAttribute(name: Array("desc".utf8), value: Array("站点".utf8))]
            for place in site.servers.indices {
                let kinds = site.servers[place].interfaces.map { $0.kind.rawValue & 3 }
                for (position, kind) in kinds.enumerated() {
                    site.servers[place].interfaces[position].kind = ServerInterface.Kind(rawValue: kind)
                }
            }
            let admin = AdminRecord(
                permissions: random.number(UInt16.self) & 0x0FFF,
                administrator: ValueReference(identifier: Array("0.NA/88.é".utf8), index: random.number()),
                hasLegacyPadding: random.bool()
            )
            for (type, data) in [(ValueType.site, site.wire), (ValueType.admin, admin.wire)] {
                let value = HandleValue(index: 3, type: type, data: data)
                #expect(try HandleValue(json: value.json()) == value)
            }
        }
    }

    @Test func anSM2KeyIsBase64AndReadFromItsForm() throws {
        let record = PublicKeyRecord.sm2(subjectPublicKeyInfo: [0x30, 0x03, 0x01, 0x02, 0x03])
        let value = HandleValue(index: 300, type: ValueType.publicKey, data: record.wire)
        #expect(value.json()["data"]?["format"] == .string("base64"))
        #expect(try HandleValue(json: value.json()) == value)
        let json = #"{"index":300,"type":"HS_PUBKEY","data":{"format":"key","value":{"kty":"SM2","d":"MAMBAgM"}}}"#
        #expect(try Self.value(json).data == record.wire)
    }

    @Test func damagedJSONIsReadOrRefused() throws {
        var random = SeededRandom(printingSeedFor: #function)
        let text =
            Array(
                #"{"index":3,"type":"HS_ADMIN","data":{"format":"admin","value":{"handle":"0.NA/88","index":300,"#.utf8
            )
            + Array(#""permissions":"111111110011"}},"ttl":"2023-11-14T22:15:00Z","permissions":"1100","#.utf8)
            + Array(#""references":[{"handle":"88/1","index":6}]}"#.utf8)
        var readCount = 0
        for _ in 0..<5_000 {
            var bytes = text
            ByteMutation.mutate(&bytes, &random)
            guard let tree = JSONTree(bytes), let value = try? HandleValue(json: tree) else { continue }
            readCount += 1
            _ = value.json()
        }
        #expect(readCount > 0)
    }
}

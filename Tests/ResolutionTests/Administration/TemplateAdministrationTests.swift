import ResolutionProtocol
import Testing

@testable import Resolution

/// What the node takes and refuses where templates are (docs/data-templates.md).
@Suite struct TemplateAdministrationTests {
    private let client: Client
    private let template: String

    init() throws {
        client = Client(AdministeredNode())
        try client.logIn(.owner)
        template = String(decoding: try Pump.identifier(), as: UTF8.self)
    }

    /// Lets the owner change what was created.
    private var owner: HandleValue {
        .admin(100, Who.owner.reference, [.addValue, .removeValue, .modifyValue, .deleteIdentifier, .addAdmin])
    }

    private func holding(_ json: String) -> HandleValue {
        HandleValue(index: 1, type: DataTemplate.valueType, data: Array(json.utf8))
    }

    private func register(_ json: String = Pump.json()) -> Message? {
        create(template, [holding(json)])
    }

    private func create(_ name: String, _ values: [HandleValue]) -> Message? {
        client.ask(.createIdentifier, .values(name, values + [owner]))
    }

    private func modify(_ name: String, _ values: [HandleValue]) -> Message? {
        client.ask(.modifyValue, .values(name, values))
    }

    private func reserved(of name: String) -> [String] {
        (client.node.values(of: name) ?? []).filter { ReservedValues.contains($0.index) }
            .map { "\($0.index) " + String(decoding: $0.type + [32] + $0.data, as: UTF8.self) }
    }

    @Test func whatNamesATemplateMustComply() throws {
        #expect(register()?.code == .success)
        let named = try Pump.named()
        #expect(create("88.118.8/p1", Pump.values() + [named])?.code == .success)
        #expect(reserved(of: "88.118.8/p1") == ["1000 TEMPLATE_ID \(template)", "1001 TEMPLATE 泵-1"])
        let refused = create("88.118.8/p2", Pump.values(serial: "12345") + [named, .text(2009, "x", "")])
        #expect(refused?.code == .invalidValue)
        #expect(refused?.errorText.contains("value 2000 has 5 characters, not 2 to 4") == true)
        #expect(refused?.errorText.contains("no item with index 2009") == true)
        #expect(client.node.values(of: "88.118.8/p2") == nil)
        #expect(create("88.118.8/p3", [named])?.errorText.contains("value 2000 (serial) is required") == true)
    }

    @Test func theVersionMayBeRepeatedButNotChosen() throws {
        _ = register()
        let named = try Pump.named()
        let right = ReservedValues.version(Array("泵-1".utf8))
        let wrong = ReservedValues.version(Array("泵-2".utf8))
        #expect(create("88.118.8/p1", Pump.values() + [named, right])?.code == .success)
        #expect(create("88.118.8/p2", Pump.values() + [named, wrong])?.code == .invalidValue)
        #expect(create("88.118.8/p3", Pump.values() + [right])?.code == .invalidValue)
        #expect(create("88.118.8/p4", [.text(1000, "URL", "x")])?.code == .invalidValue)
        #expect(create("88.118.8/p5", [.text(1001, "URL", "x")])?.code == .invalidValue)
        #expect(modify("88.118.8/p1", [wrong])?.code == .invalidValue)
    }

    @Test func whatIsNamedIsATemplateOfThePrefixOrOneAbove() throws {
        let named = try Pump.named()
        #expect(create("88.118.8/p1", Pump.values() + [named])?.errorText.contains("no template") == true)
        _ = register()
        // Kept answers of "there is none" do not outlive the registration.
        #expect(create("88.118.8/p1", Pump.values() + [named])?.code == .success)
        let other = Client(AdministeredNode())
        try other.logIn(.neighbour)
        #expect(
            other.ask(.createIdentifier, .values("88.118.9/p", Pump.values() + [named]))?.code == .invalidValue
        )
    }

    @Test func whatIsNamedAfterATemplateIsMadeUnderIt() throws {
        _ = register()
        #expect(create(template + "SN1", Pump.values())?.code == .success)
        #expect(reserved(of: template + "SN1") == ["1000 TEMPLATE_ID \(template)", "1001 TEMPLATE 泵-1"])
        #expect(create(template + "SN2", [.text(1, "URL", "x")])?.code == .invalidValue)
        #expect(create("88.118.8/META_0123456789SN", [.text(1, "URL", "x")])?.code == .success)
    }

    @Test func theReservedValuesStayWithARecord() throws {
        _ = register()
        _ = create("88.118.8/p1", Pump.values() + [try Pump.named()])
        let indexes = MessageBody.indexes("88.118.8/p1", [1000])
        #expect(client.ask(.removeValue, indexes)?.code == .invalidValue)
        let anew = Pump.values(serial: "77") + [owner]
        #expect(client.ask(.createIdentifier, .values("88.118.8/p1", anew), flags: [.overwrite])?.code == .success)
        #expect(reserved(of: "88.118.8/p1").count == 2)
        // The version alone does not leave the template behind.
        let alone = [ReservedValues.version(Array("泵-1".utf8)), owner, .text(2000, "serial", "1")]
        #expect(
            client.ask(.createIdentifier, .values("88.118.8/p1", alone), flags: [.overwrite])?.code == .invalidValue
        )
        #expect(modify("88.118.8/p1", [.text(2000, "serial", "1")])?.code == .invalidValue)
        #expect(modify("88.118.8/p1", [.text(2000, "serial", "11")])?.code == .success)
    }

    @Test func aTemplateChangesByTheRulesOfEvolution() throws {
        _ = register()
        let named = try Pump.named()
        _ = create("88.118.8/p1", Pump.values() + [named])
        #expect(
            modify(template, [holding(Pump.json().replacing("\"serial\"", with: "\"number\""))])?.code == .invalidValue
        )
        #expect(modify(template, [holding(Pump.json(note: #""required": true"#))])?.code == .success)
        // What was there may be changed, though it has no note; what is new needs one.
        #expect(modify("88.118.8/p1", [.text(2000, "serial", "43")])?.code == .success)
        #expect(create("88.118.8/p2", Pump.values() + [named])?.code == .invalidValue)
        #expect(create("88.118.8/p2", Pump.values() + [named, .text(2002, "note", "n")])?.code == .success)
        let without = MessageBody.indexes("88.118.8/p2", [2002])
        #expect(client.ask(.removeValue, without)?.code == .invalidValue)
    }

    @Test func aTemplateIsWithdrawnBeforeItIsDeleted() throws {
        _ = register()
        let named = try Pump.named()
        _ = create("88.118.8/p1", Pump.values() + [named])
        let name = MessageBody.name(template)
        #expect(client.ask(.deleteIdentifier, name)?.errorText.contains("withdraw") == true)
        #expect(modify(template, [holding(Pump.json("withdrawn"))])?.code == .success)
        #expect(create("88.118.8/p2", Pump.values() + [named])?.code == .invalidValue)
        #expect(modify("88.118.8/p1", [.text(2000, "serial", "43")])?.code == .success)
        #expect(client.ask(.deleteIdentifier, name)?.code == .success)
        #expect(modify("88.118.8/p1", [.text(2000, "serial", "44")])?.code == .success)
        #expect(create("88.118.8/p2", Pump.values() + [named])?.code == .invalidValue)
    }

    @Test func aRecordHoldsATemplateUnderItsOwnName() throws {
        #expect(create("88.118.8/other", [holding(Pump.json())])?.code == .invalidIdentifier)
        #expect(register("{}")?.code == .invalidValue)
        #expect(register(Pump.json().replacing("88.118.8", with: "88.118.9"))?.code == .invalidValue)
        var second = holding(Pump.json())
        second.index = 2
        #expect(create(template, [holding(Pump.json()), second])?.code == .invalidValue)
        #expect(register()?.code == .success)
    }

    @Test func aRecordLeavesATemplateThatIsGone() throws {
        _ = register()
        _ = create("88.118.8/p1", Pump.values() + [try Pump.named()])
        _ = modify(template, [holding(Pump.json("withdrawn"))])
        #expect(client.ask(.removeValue, .indexes("88.118.8/p1", [1000, 1001]))?.code == .invalidValue)
        #expect(client.ask(.deleteIdentifier, .name(template))?.code == .success)
        #expect(client.ask(.removeValue, .indexes("88.118.8/p1", [1000, 1001]))?.code == .success)
        #expect(reserved(of: "88.118.8/p1").isEmpty)
    }

    @Test func whatDoesNotComplyMayBecomeBetterButNotWorse() throws {
        let long = Pump.json().replacing(#""maxLength": 4"#, with: #""maxLength": 9"#)
        _ = register(long)
        _ = create("88.118.8/p1", Pump.values(serial: "12345678") + [try Pump.named()])
        #expect(modify(template, [holding(Pump.json())])?.code == .success)
        #expect(modify("88.118.8/p1", [.text(2000, "serial", "123456789")])?.code == .invalidValue)
        #expect(modify("88.118.8/p1", [.text(2000, "serial", "123456")])?.code == .success)
        #expect(modify("88.118.8/p1", [.text(2000, "other", "1234")])?.code == .invalidValue)
        #expect(modify("88.118.8/p1", [.text(2000, "serial", "1234")])?.code == .success)
        #expect(modify("88.118.8/p1", [.text(2000, "serial", "12345")])?.code == .invalidValue)
    }

    @Test func aRowMayBeMadeUnderATemplateOfAnEarlierRow() throws {
        let rows = [
            ApplyRow(.create, identifier: Array(template.utf8), values: [holding(Pump.json()), owner]),
            ApplyRow(.create, identifier: Array("88.118.8/p1".utf8), values: Pump.values() + [try Pump.named()]),
            ApplyRow(.create, identifier: Array((template + "x").utf8), values: [.text(1, "URL", "x")]),
        ]
        #expect(try codes(of: rows) == [.success, .success, .invalidValue])
        #expect(reserved(of: "88.118.8/p1").count == 2)
        // What was only to be is not kept in mind.
        #expect(client.node.administration.setTemplates.isEmpty)
    }

    @Test func eachRowOfABatchIsChecked() throws {
        _ = register()
        let named = try Pump.named()
        let rows = [
            ApplyRow(.create, identifier: Array("88.118.8/p1".utf8), values: Pump.values() + [named]),
            ApplyRow(.create, identifier: Array("88.118.8/p2".utf8), values: [named]),
            ApplyRow(.put, identifier: Array("88.118.8/p3".utf8), values: Pump.values() + [named]),
        ]
        #expect(try codes(of: rows) == [.success, .invalidValue, .success])
        #expect(reserved(of: "88.118.8/p3").count == 2)
    }

    private func codes(of rows: [ApplyRow]) throws -> [ResponseCode] {
        let request = ApplyRequest(flags: [], batch: [UInt8](repeating: 3, count: 16), firstRow: 0, rows: rows)
        guard case .bytes(let bytes)? = client.ask(.apply, .bytes(request.wire))?.body else {
            Issue.record("no outcomes")
            return []
        }
        var reader = WireReader(bytes.span.bytes)
        var codes: [ResponseCode] = []
        while reader.remaining > 0 { codes.append(try ApplyOutcome(from: &reader).code) }
        return codes
    }
}

import Testing

@testable import idctl

@Suite struct ExportRunTests {
    private static let records = """
        {"identifier":"88.118.1/Pump-7","values":[{"index":1,"type":"URL","data":"https://example.org/7"},\
        {"index":2,"type":"NOTE","data":{"format":"base64","value":"AAEC"},"ttl":60,"permissions":"1100",\
        "timestamp":"2021-01-14T08:25:36Z"}]}
        {"identifier":"88.118.1/泵-8","values":[{"index":1,"type":"URL","data":"https://example.org/8"}]}
        {"identifier":"88.118.2/x","values":[{"index":5,"type":"DESC","data":"a \\"quoted\\" text"}]}

        """

    @Test func `an export imports into another node and comes out the same`() throws {
        let (first, second) = (try TestNode(homing: ["88.118.1", "88.118.2"]), try TestNode(homing: ["88.118.1"]))
        #expect(try first.importing(Self.records, as: "in.jsonl").tally.createdCount == 3)
        let exported = try first.exporting(keyPrefix: "88.")
        #expect(exported.counts.written == 3)
        #expect(exported.text.contains("88.118.1/Pump-7"), "the spelling as registered")
        let imported = try second.importing(exported.text, as: "in.jsonl") { $0.homesPrefixes = true }
        #expect(imported.tally.createdCount == 3)
        #expect(try second.exporting(keyPrefix: "88.").text == exported.text)
    }

    @Test func `only identifiers of the prefix are exported`() throws {
        let node = try TestNode(homing: ["88.118.1", "88.118.2"])
        _ = try node.importing(Self.records, as: "in.jsonl")
        let exported = try node.exporting(keyPrefix: "88.118.2/")
        #expect(exported.counts.written == 1)
        #expect(exported.text.hasPrefix(#"{"identifier":"88.118.2/x""#))
    }

    @Test func `names that only look like a template's are exported, each once`() throws {
        let node = try TestNode(homing: ["88.118.1"])
        let names = ["88.118.1/META_0123456789", "88.118.1/meta_ABCDEF0123x", "0.NA/META_0123456789", "88.118.1/A"]
        let lines = names.map { #"{"identifier":"\#($0)","values":[{"index":1,"type":"URL","data":"u"}]}"# + "\n" }
        #expect(try node.importing(lines.joined(), as: "in.jsonl") { $0.homesPrefixes = true }.tally.createdCount == 4)
        let exported = try node.exporting(keyPrefix: "")
        // And the name of the prefix.
        #expect(exported.counts.written == 5, "\(exported.text)")
        for name in names { #expect(exported.text.contains("\"\(name)\""), "\(name)") }
        #expect(exported.text.hasPrefix(#"{"identifier":"88.118.1/META_0123456789""#))
    }

    @Test func `secret keys are never exported`() throws {
        let node = try TestNode(homing: ["88.118.1"])
        let text = """
            {"identifier":"88.118.1/a","values":[{"index":1,"type":"URL","data":"u"},\
            {"index":300,"type":"HS_SECKEY","data":"topsecret"}]}
            {"identifier":"88.118.1/b","values":[{"index":300,"type":"hs_seckey","data":"topsecret"}]}

            """
        #expect(try node.importing(text, as: "in.jsonl").tally.createdCount == 2)
        let exported = try node.exporting(keyPrefix: "88.118.1/")
        #expect(!exported.text.contains("topsecret"))
        #expect(exported.counts == ExportCounts(written: 1, secrets: 2, onlySecrets: 1))
    }
}

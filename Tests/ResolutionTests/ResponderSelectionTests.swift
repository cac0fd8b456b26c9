import Resolution
import ResolutionProtocol
import Testing

/// Success: which values an answer has, and how identifiers are compared.
@Suite struct ResponderSelectionTests {
    private let node = Registry.node()

    @Test func wholeRecordComesAsTheReferenceBytesSay() {
        // wire.md §13, "Successful answer with one URL value, primary site serial 2".
        var settings = TestNode.settings()
        settings.site.serialNumber = 2
        let node = TestNode(
            settings: settings,
            rows: [PrefixRow(prefix: Array("35.TEST".utf8), state: .homed, number: 1)]
        )
        let value = HandleValue(
            index: 1,
            timestamp: 0x6000_0000,
            type: Array("URL".utf8),
            data: Array("https://example.org/".utf8)
        )
        node.store.put("35.TEST/A", [value])
        let reply = node.reply(
            to: Asked(.resolve("35.TEST/A")),
            at: BatchTime(unixSeconds: 0x6500_0000 - 43_200, nanoseconds: 1)
        )
        let expected: [UInt8] = bytes(
            "020b020b 00000000 01020304 00000000 0000005e",
            "00000001 00000001 99000000 0002 00 00 65000000 00000042",
            "00000009 33352e544553542f41 00000001",
            "00000001 60000000 00 00015180 0e 00000003 55524c",
            "00000014 68747470733a2f2f6578616d706c652e6f72672f 00000000 00000000"
        )
        #expect(reply.bytes == expected)
    }

    @Test func wholeRecord() {
        expectValues(of: node, .resolve(Registry.item), Registry.itemValues)
        #expect(node.store.calls == [[Array(Registry.item.utf8)]])
    }

    @Test(
        arguments: [
            ([1], [Registry.url]), ([2, 1], [Registry.url, Registry.text]), ([1, 1, 1], [Registry.url]),
            ([99, 5], [Registry.siteX]),
        ] as [([UInt32], [HandleValue])]
    )
    func byIndex(indexes: [UInt32], values: [HandleValue]) {
        expectValues(of: node, .resolve(Registry.item, indexes: indexes), values)
    }

    @Test(
        arguments: [
            (["URL"], [Registry.url]), (["url"], [Registry.url]), (["DESC", "URL"], [Registry.url, Registry.text]),
            (["HS_SITE"], [Registry.site]), (["HS_SITE.6"], [Registry.siteIPv6]),
        ] as [([String], [HandleValue])]
    )
    func byType(types: [String], values: [HandleValue]) {
        expectValues(of: node, .resolve(Registry.item, types: types), values)
    }

    @Test(arguments: ["HS_SITE.", "hs_site."])
    func byTypePrefix(type: String) {
        // The type itself and all below it, not HS_SITEX.
        expectValues(of: node, .resolve(Registry.item, types: [type]), [Registry.site, Registry.siteIPv6])
    }

    @Test func byIndexOrType() {
        expectValues(
            of: node,
            .resolve(Registry.item, indexes: [5, 2], types: ["URL", "HS_SITE.6"]),
            [Registry.url, Registry.text, Registry.siteIPv6, Registry.siteX]
        )
    }

    @Test func theSDKsFurtherFieldIsIgnored() {
        var request = Message.resolve(Registry.item, indexes: [1])
        for identity in ["", "300:88.118.1/admin"] {
            request.body = .resolve(
                ResolutionRequest(identifier: Array(Registry.item.utf8), indexes: [1], identity: Array(identity.utf8))
            )
            expectValues(of: node, request, [Registry.url])
        }
    }

    @Test func nothingSelectedIsCode200() {
        let text = "no such value that everyone may read"
        expectError(of: node, .resolve(Registry.item, indexes: [99]), .valuesNotFound, text)
        expectError(of: node, .resolve(Registry.item, types: ["EMAIL"]), .valuesNotFound, text)
        for type in ["", ".", "URLS", "HS_SITE.6.X"] {
            expectError(of: node, .resolve(Registry.item, types: [type]), .valuesNotFound, text)
        }
    }

    @Test func spellingIsTheAskers() {
        expectValues(of: node, .resolve("88.118.8/jxdy2106023000001"), Registry.itemValues)
        expectValues(of: node, .resolve("88.118.8/JxDy2106023000001"), Registry.itemValues)
        let calls = node.store.calls
        #expect(calls == Array(repeating: [Array(Registry.item.utf8)], count: 2))
    }

    @Test func everyASCIILetterFolds() {
        let upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
        node.store.put("88.118.8/\(upper)", [Registry.url])
        expectValues(of: node, .resolve("88.118.8/\(upper.lowercased())"), [Registry.url])
    }

    @Test func onlyASCIIFolds() {
        node.store.put("88.118.8/é", [Registry.url])
        node.store.put("88.118.8/K", [Registry.text])
        expectValues(of: node, .resolve("88.118.8/é"), [Registry.url])
        expectError(of: node, .resolve("88.118.8/É"), .identifierNotFound, "not found")
        // The Kelvin sign is not K, although Unicode folds it to k.
        expectError(of: node, .resolve("88.118.8/\u{212A}"), .identifierNotFound, "not found")
        expectValues(of: node, .resolve("88.118.8/k"), [Registry.text])
        // Neighbours of the letters: @ and `, [ and {.
        node.store.put("88.118.8/@[", [Registry.site])
        expectError(of: node, .resolve("88.118.8/`{"), .identifierNotFound, "not found")
    }

    @Test func decomposedAndComposedAreDifferentNames() {
        node.store.put("88.118.8/\u{E9}", [Registry.url])
        expectError(of: node, .resolve("88.118.8/e\u{301}"), .identifierNotFound, "not found")
    }

    @Test func caseSensitiveSuffix() {
        let node = Registry.node(settings: TestNode.settings(isSuffixCaseSensitive: true))
        node.store.put("88.118.8/Abc", [Registry.url])
        expectValues(of: node, .resolve("88.118.8/Abc"), [Registry.url])
        for other in ["abc", "ABC", "aBC"] {
            expectError(of: node, .resolve("88.118.8/\(other)"), .identifierNotFound, "not found")
        }
        // Names of prefixes never distinguish case, whatever the suffixes do.
        node.store.put("0.NA/88.118.8", [Registry.text])
        for name in ["0.NA/88.118.8", "0.na/88.118.8", "0.Na/88.118.8"] {
            expectValues(of: node, .resolve(name), [Registry.text])
        }
    }

    @Test func prefixIsFoldedWhateverTheSuffixes() {
        for isSensitive in [false, true] {
            let node = TestNode(
                settings: TestNode.settings(isSuffixCaseSensitive: isSensitive),
                rows: [PrefixRow(prefix: Array("88.118.OUI".utf8), state: .homed, number: 1)]
            )
            node.store.put("88.118.oui/A", [Registry.url])
            for prefix in ["88.118.oui", "88.118.OUI", "88.118.Oui"] {
                expectValues(of: node, .resolve("\(prefix)/A"), [Registry.url])
            }
        }
    }

    @Test func barePrefixIsItsRecord() {
        for name in ["88.118.8", "0.NA/88.118.8", "0.na/88.118.8"] {
            expectValues(of: node, .resolve(name), Registry.prefixValues)
        }
        #expect(node.store.calls == Array(repeating: [Array("0.NA/88.118.8".utf8)], count: 3))
    }

    @Test func heartbeatIsAnswered() {
        // The national SDK asks for "0" on an idle connection; any answer that names its request will do.
        expectError(
            of: node,
            .resolve("0"),
            .notResponsible,
            "not responsible for this prefix"
        )
        #expect(node.store.calls.isEmpty)
    }
}

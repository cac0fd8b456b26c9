import ResolutionProtocol
import Testing

/// What `XMLReader` makes of the data of `HS_NAMESPACE`, hostile data included.
@Suite struct NamespaceDescriptionTests {
    private func read(_ xml: String) throws -> NamespaceDescription { try NamespaceDescription(xml: Array(xml.utf8)) }

    @Test func everythingItKnows() throws {
        let found = try read(
            """
            \u{FEFF}<?xml version="1.0" encoding="UTF-8"?> <!-- a > b --> <ns a='1'>
              <contact>a&amp;b@example.com</contact><status>inactive</status><statusmsg>停用</statusmsg>
              <locs no_nslocs="yes">88/1</locs><other><status>active</status></other><locs>88/2</locs>
              <template x='"' delimiter="@&#x41;"><value index="1"/></template>
            </ns>
            """
        )
        #expect(found.contact == Array("a&b@example.com".utf8))
        #expect(found.status == Array("inactive".utf8))
        #expect(found.statusMessage == Array("停用".utf8))
        #expect(found.locationIdentifiers == [Array("88/1".utf8), Array("88/2".utf8)])
        #expect(found.templateDelimiter == Array("@A".utf8))
    }

    @Test func nothingInItMeansTheDefaults() throws {
        for xml in ["<n/>", "<n></n>", "<n x='y' />", "<n>text</n>", "<n><!-- --></n>", "<n><unknown/></n>"] {
            let found = try read(xml)
            #expect(found.status == Array("active".utf8))
            #expect(found.contact == nil && found.statusMessage == nil && found.locationIdentifiers == nil)
        }
    }

    @Test func theFirstOfSeveralCounts() throws {
        let found = try read(
            "<n><status>a</status><status>b</status><template/><template delimiter='x'/>"
                + "<contact>c</contact><contact/></n>"
        )
        #expect(found.status == Array("a".utf8))
        #expect(found.contact == Array("c".utf8))
        #expect(found.templateDelimiter == nil)
    }

    @Test func aGreaterThanSignInQuotesEndsNoTag() throws {
        #expect(try read("<n><template delimiter='>' a=\"/>\"/></n>").templateDelimiter == Array(">".utf8))
    }

    @Test func textIsTakenFromCharacterDataAndAroundChildren() throws {
        #expect(try read("<n><status>a<![CDATA[<&>]]>b<x>no</x>&lt;</status></n>").status == Array("a<&>b<".utf8))
        #expect(try read("<n><status>a<!-- no -->b</status></n>").status == Array("ab".utf8))
        #expect(try read("<n><status>&quot;&apos;&gt;&#65;&#x4E2D;</status></n>").status == Array("\"'>A中".utf8))
    }

    @Test(arguments: [
        "", "   ", "text", "<", "<n", "<n>", "<n><", "<n><status>", "<n><status>a", "<n><status>a</status>", "</n>",
        "<n><!--", "<n><!-->", "<n><![CDATA[x", "<?xml", "<>", "< n/>", "<n a></n>", "<n a=b/>", "<n a='b/>",
        "<n><template delimiter='a></n>", "<!DOCTYPE n><n/>", "<!DOCTYPE n [<!ENTITY a 'b'>]><n>&a;</n>",
    ])
    func unterminatedOrMalformedTextIsRefused(_ xml: String) {
        #expect(throws: WireError.self) { try read(xml) }
    }

    @Test(arguments: [
        "&a;", "&", "&;", "&#;", "&#x;", "&#0;", "&#+65;", "&#x+41;", "&#-1;", "&#xD800;", "&#x110000;",
        "&#99999999999;", "&lt",
    ])
    func unknownEntitiesAreRefused(_ entity: String) {
        #expect(throws: WireError.self) { try read("<n><status>\(entity)</status></n>") }
    }

    @Test func aHundredThousandLevelsAreCountedAndNotRecursedInto() throws {
        let open = String(repeating: "<a>", count: 100_000)
        let close = String(repeating: "</a>", count: 100_000)
        #expect(try read("<n>\(open)x\(close)<status>s</status></n>").status == Array("s".utf8))
        #expect(throws: WireError.truncated) { try read("<n>\(open)") }
    }

    @Test func longHostileTextTakesLittleTime() {
        // Each is refused or read in one pass; quadratic work would show as minutes.
        for text in ["&", "<", "<!--", "&amp;", "<![CDATA[", "a='b' ", "&#"] {
            _ = try? read("<n><status>" + String(repeating: text, count: 60_000))
            _ = try? read("<n " + String(repeating: text, count: 60_000) + "/>")
        }
    }

    @Test func randomDamageIsReadOrRefused() {
        var random = SeededRandom(printingSeedFor: #function)
        let good = Array("<?xml?><n a='b'><status>a&amp;b</status><!-- c --><locs><![CDATA[x]]></locs></n>".utf8)
        var readCount = 0
        for _ in 0..<20_000 {
            var xml = good
            ByteMutation.mutate(&xml, &random)
            if (try? NamespaceDescription(xml: xml)) != nil { readCount += 1 }
        }
        #expect(readCount > 0 && readCount < 20_000)
    }
}

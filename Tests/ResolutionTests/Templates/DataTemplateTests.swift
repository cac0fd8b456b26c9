import ResolutionProtocol
import Testing

@testable import Resolution

/// Reading templates, and what they say of values (identification-system.md §8.1).
@Suite struct DataTemplateTests {
    @Test func aTemplateIsReadAndWritten() throws {
        let template = try DataTemplate(json: Array(Pump.json().utf8), prefix: Pump.prefix)
        #expect(template.version == Array("泵-1".utf8))
        #expect(template.state == .published)
        #expect(template.category?.subclass == Array("3441".utf8))
        #expect(template.kind == .other)
        #expect(template.items.map(\.index) == [2000, 2001, 2002])
        #expect(template.items.map(\.isRequired) == [true, true, false])
        #expect(template.items[0].lengthMin == 2 && template.items[0].lengthMax == 4)
        #expect(template.items[1].lengthMax == TemplateItem.lengthMaxUsual)
        let again = try DataTemplate(json: template.json(prefix: Pump.prefix).compact, prefix: Pump.prefix)
        #expect(again == template)
    }

    @Test(arguments: [
        ("", "notJSON"), ("[]", "notJSON"), (#"{"version":"1"}"#, "items missing"),
        (#"{"version":"1","items":[]}"#, "items outOfRange"),
        (#"{"version":"","items":[{"name":"a","idType":"a","idIndex":2000}]}"#, "version badText"),
        (#"{"version":"1","itmes":[]}"#, "itmes unknown"),
        (#"{"version":"1","prefix":"88.1","items":[{"name":"a","idType":"a","idIndex":2000}]}"#, "prefix otherPrefix"),
        (#"{"version":"1","items":[{"name":"a","idType":"a","idIndex":1999}]}"#, "items[0].idIndex outOfRange"),
        (#"{"version":"1","items":[{"name":"a","idType":"a"}]}"#, "items[0].idIndex missing"),
        (#"{"version":"1","items":[{"name":"a","idType":"a","idIndex":"2000"}]}"#, "items[0].idIndex wrongKind"),
        (
            #"{"version":"1","items":[{"name":"a","idType":"a","idIndex":2000,"requird":true}]}"#,
            "items[0].requird unknown"
        ),
        (#"{"version":"1","items":[{"name":"a","idType":"a","idIndex":2000,"state":2}]}"#, "items[0].state outOfRange"),
        (
            #"{"version":"1","items":[{"name":"a","idType":"a","idIndex":2000},{"name":"b","idType":"b","idIndex":2000}]}"#,
            "items[1].idIndex repeated"
        ),
        (
            #"{"version":"1","items":[{"name":"a","idType":"a","idIndex":2000},{"name":"b","idType":"A","idIndex":2001}]}"#,
            "items[1].idType repeated"
        ),
        (
            #"{"version":"1","items":[{"name":"a","idType":"a","idIndex":2000,"metadata":{"minLength":5,"maxLength":4}}]}"#,
            "items[0].metadata.maxLength outOfRange"
        ),
        (
            #"{"version":"1","items":[{"name":"a","idType":"a","idIndex":2000,"metadata":{"type":"number"}}]}"#,
            "items[0].metadata.type outOfRange"
        ),
        (
            #"{"version":"1","industryCategory":"A","industrySpecific":"06","items":[{"name":"a","idType":"a","idIndex":2000}]}"#,
            "industrySpecific notACategory"
        ),
        (
            #"{"version":"1","industryCategory":"A","industryTrade":"011","items":[{"name":"a","idType":"a","idIndex":2000}]}"#,
            "industryTrade notACategory"
        ),
        (#"{"version":"1","version":"2","items":[{"name":"a","idType":"a","idIndex":2000}]}"#, "version repeated"),
        (#"{"version":"1","prefix":5,"items":[{"name":"a","idType":"a","idIndex":2000}]}"#, "prefix wrongKind"),
        (#"{"version":"1","items":[{"name":"a","idType":"a:b","idIndex":2000}]}"#, "items[0].idType badText"),
        (#"{"version":"1\u009b","items":[{"name":"a","idType":"a","idIndex":2000}]}"#, "version badText"),
        (#"{"version":"1","state":"draft","items":[{"name":"a","idType":"a","idIndex":2000}]}"#, "state outOfRange"),
    ])
    func whatIsWrongIsSaidWithItsPlace(json: String, expected: String) {
        do throws(TemplateError) {
            _ = try DataTemplate(json: Array(json.utf8), prefix: Pump.prefix)
            Issue.record("read: \(json)")
        } catch {
            let reason = "\(error.reason)".prefix { $0 != "(" }
            #expect((error.path.isEmpty ? "" : error.path + " ") + reason == expected)
            #expect(error.text.contains(error.path))
        }
    }

    @Test func eachKindOfViolationIsFound() throws {
        let template = try Pump.template()
        func violations(_ values: [HandleValue]) -> [TemplateViolation] { template.violations(in: values) }
        #expect(violations(Pump.values()) == [])
        #expect(violations(Pump.values() + [.text(1, "URL", "x"), .text(999, "OTHER", "y")]) == [])
        #expect(violations([]).count == 2)
        #expect(
            violations([.text(2001, "maker", "a")]) == [.missing(index: 2000, type: Array("serial".utf8))]
        )
        #expect(violations(Pump.values() + [.text(2009, "x", "")]) == [.unknownIndex(2009)])
        #expect(
            violations(Pump.values(maker: .text(2001, "URL", "a")))
                == [.otherType(index: 2001, expected: Array("maker".utf8), found: Array("URL".utf8))]
        )
        // Types are compared without regard to case; characters, not bytes, are counted.
        #expect(violations(Pump.values(maker: .text(2001, "MAKER", "a"))) == [])
        #expect(violations(Pump.values(serial: "长江汉江")) == [])
        #expect(
            violations(Pump.values(serial: "长江汉江水")) == [.length(index: 2000, count: 5, allowed: 2...4)]
        )
        #expect(violations(Pump.values(serial: "1")) == [.length(index: 2000, count: 1, allowed: 2...4)])
        var binary = HandleValue.text(2001, "maker", "")
        binary.data = [0xFF, 0xFE]
        #expect(violations(Pump.values(maker: binary)) == [.notText(index: 2001)])
        var disabled = template
        disabled.items[2].isEnabled = false
        #expect(
            disabled.violations(in: Pump.values() + [.text(2002, "note", "x")])
                == [.disabled(index: 2002, type: Array("note".utf8))]
        )
        for violation in violations([.text(2009, "x", "")]) { #expect(!violation.text.isEmpty) }
    }

    @Test func anEditionKeepsVersionAndItems() throws {
        let old = try Pump.template()
        var new = old
        new.items.append(TemplateItem(name: [65], type: [65], index: 2100))
        new.items[2].isEnabled = false
        #expect(new.evolutionFaults(from: old) == [])
        #expect(!new.mayBreak(whatCompliedWith: old))
        new.items.remove(at: 2)
        #expect(new.evolutionFaults(from: old) == [.removed(index: 2002, type: Array("note".utf8))])
        new = old
        new.items[0].type = Array("other".utf8)
        #expect(
            new.evolutionFaults(from: old)
                == [.retyped(index: 2000, old: Array("serial".utf8), new: Array("other".utf8))]
        )
        new = old
        new.version = [65]
        #expect(new.evolutionFaults(from: old) == [.otherVersion])
    }

    @Test func whatMayBreakIdentifiersIsSeen() throws {
        let old = try Pump.template()
        func mayBreak(_ change: (inout DataTemplate) -> Void) -> Bool {
            var new = old
            change(&new)
            return new.mayBreak(whatCompliedWith: old)
        }
        #expect(mayBreak { $0.items[2].isRequired = true })
        #expect(mayBreak { $0.items[0].lengthMin = 3 })
        #expect(mayBreak { $0.items[0].lengthMax = 3 })
        #expect(mayBreak { $0.items.append(TemplateItem(name: [65], type: [65], index: 2100, isRequired: true)) })
        #expect(!mayBreak { $0.items[0].lengthMax = 5 })
        #expect(!mayBreak { $0.items[0].isRequired = false })
    }

    @Test func anItemIsFoundByItsIndex() throws {
        var template = try Pump.template()
        template.items = (0..<37).map { TemplateItem(name: [65], type: [65], index: 2000 + 3 * $0) }
        for index in UInt32(1999)...2112 {
            let expected = index >= 2000 && (index - 2000) % 3 == 0 && index < 2000 + 3 * 37
            #expect((template.item(at: index)?.index == index) == expected)
        }
    }

    @Test func manyFaultsAreComparedAtOnce() throws {
        let template = try Pump.template()
        let strays = (0..<2_000).map { HandleValue.text(UInt32(3_000 + $0), "x", "y") }
        let old = template.violations(in: strays)
        #expect(old.count == 2_002)
        #expect(template.violations(in: strays + [.text(9_000, "x", "")]).worse(than: old) == [.unknownIndex(9_000)])
    }

    @Test func whatIsReadLatelyIsBounded() throws {
        var book = TemplateBook()
        var large = try Pump.template()
        large.items = (0..<1_000).map { TemplateItem(name: [65], type: Array("t\($0)".utf8), index: 2_000 + $0) }
        for number in 0..<200 {
            book.keep(.template(large), [UInt8(number)])
            #expect(book.byteCount <= TemplateBook.byteCountMax + large.byteCount)
        }
        #expect(book[[199]]?.template == large)
        #expect(book[[0]] == nil)
        for number in 0..<200 { book.forget([UInt8(number)]) }
        #expect(book.byteCount == 0)
    }

    @Test func theIdentifierFollowsFromTheVersion() throws {
        let name = try TemplateName.identifier(prefix: Pump.prefix, version: Array("泵-1".utf8))
        #expect(String(decoding: name, as: UTF8.self).hasPrefix("88.118.8/META_"))
        #expect(name.count == "88.118.8/META_".utf8.count + 10)
        #expect(try name != TemplateName.identifier(prefix: Pump.prefix, version: Array("泵-2".utf8)))
        #expect(TemplateName.head(of: name + Array("SN1".utf8)).map { Array($0) } == name)
        #expect(TemplateName.head(of: name).map { Array($0) } == name)
        #expect(TemplateName.head(of: Array(name.dropLast())) == nil)
        #expect(TemplateName.head(of: Array("88.118.8/META_zzzzzzzzzzSN".utf8)) == nil)
        #expect(TemplateName.head(of: Array("88.118.8".utf8)) == nil)
    }
}

@Suite struct IndustryCategoryTests {
    @Test(arguments: [
        ("A", "01", "011", "0111"), ("C", "13", "", ""), ("C", "43", "434", "4343"), ("T", "97", "970", "9700"),
        ("K", "", "", ""),
    ])
    func classesAreTaken(section: String, division: String, group: String, subclass: String) throws {
        let category = try IndustryCategory(
            Array(section.utf8),
            Array(division.utf8),
            Array(group.utf8),
            Array(subclass.utf8)
        )
        #expect(category.group == Array(group.utf8))
    }

    @Test(arguments: [
        ("U", "", "", "", 0), ("a", "", "", "", 0), ("", "01", "", "", 0), ("A", "06", "", "", 1),
        ("A", "1", "", "", 1), ("A", "0１", "", "", 1), ("A", "01", "021", "", 2), ("A", "", "011", "", 2),
        ("A", "01", "011", "0121", 3), ("A", "01", "", "0111", 3), ("A", "01", "011", "01111", 3),
    ])
    func othersAreNot(section: String, division: String, group: String, subclass: String, level: Int) {
        #expect(throws: IndustryCategory.Fault(level: level)) {
            try IndustryCategory(Array(section.utf8), Array(division.utf8), Array(group.utf8), Array(subclass.utf8))
        }
    }
}

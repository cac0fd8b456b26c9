import Console
import ResolutionProtocol
import Testing

@testable import idctl

@Suite struct ValueDifferenceTests {
    private static func value(_ index: UInt32, _ data: String, type: String = "URL") -> HandleValue {
        HandleValue(index: index, type: Array(type.utf8), data: Array(data.utf8))
    }

    @Test func `values are compared by index`() {
        let old = [Self.value(3, "c"), Self.value(1, "a"), Self.value(2, "b")]
        let new = [Self.value(2, "b"), Self.value(1, "x"), Self.value(4, "d")]
        #expect(
            ValueDifference.between(old, new) == [
                .changed(from: Self.value(1, "a"), to: Self.value(1, "x")), .removed(Self.value(3, "c")),
                .added(Self.value(4, "d")),
            ]
        )
        #expect(ValueDifference.between(old, old.reversed()).isEmpty)
        #expect(ValueDifference.between([], []).isEmpty)
    }

    @Test func `every field counts`() {
        var other = Self.value(1, "a")
        other.timestamp = 7
        #expect(ValueDifference.between([Self.value(1, "a")], [other]).count == 1)
        other.timestamp = 0
        other.permissions = .adminRead
        #expect(ValueDifference.between([Self.value(1, "a")], [other]).count == 1)
    }

    @Test func `Chinese stands straight and control bytes do nothing`() {
        let differences = ValueDifference.between(
            [Self.value(1, "旧\n\u{202E}泵", type: "U\u{1B}[31mL")],
            [Self.value(1, "新水泵")]
        )
        let lines = ValueDifference.lines(differences, language: .chinese)
        #expect(lines.count == 3)
        #expect(lines[1].contains(#"旧\n\u{202E}泵"#) && lines[1].contains(#"U\x1B[31mL"#), "\(lines)")
        let columns = lines.map { line in
            ["数据", "旧", "新"].compactMap { line.firstRange(of: $0)?.lowerBound }.first
                .map { DisplayWidth.cells(of: String(line[..<$0])) }
        }
        #expect(Set(columns).count == 1, "\(lines)")
    }

    @Test(arguments: ["HS_SECKEY", "hs_seckey", "HS_SECKEY.old"])
    func `secrets are never shown`(type: String) {
        let differences = ValueDifference.between(
            [Self.value(1, "topsecret1", type: type)],
            [Self.value(1, "topsecret2", type: type), Self.value(2, "topsecret3", type: type)]
        )
        var json = JSONText()
        json.array { json in
            for difference in differences { difference.write(to: &json) }
        }
        let text = String(decoding: json.take(), as: UTF8.self)
        #expect(differences.count == 2)
        #expect(!text.contains("topsecret") && text.contains("withheld"), "\(text)")
        #expect(!ValueDifference.lines(differences, language: .english).joined().contains("topsecret"))
    }
}

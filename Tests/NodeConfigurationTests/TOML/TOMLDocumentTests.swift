import Testing

@testable import NodeConfiguration

struct TOMLDocumentTests {
    private static let document = #"""
        # [not.a.table]
        top = 1
        "quoted key" = "a # no comment" # [no] = 1
        'lit.eral'.inner = '''
        fake = 1
        [fake]
        '''
        multi = """
        other = 2 \
        """""
        "标识" = { a = [1, { b = "]}" }], c.d = 2 } # x

        [ table . "sub.key" ]
          key	= [
            "one", # comment ] here
            "two",
          ]
        a.b.c = 1979-05-27 07:32:00
        [[list]]
        x = 1
        [[list.inner]]
        y = 1
        [[list.inner]]
        y = 2
        [[list]]
        x = 2
        [[list.inner]]
        "\u0079" = 3
        [list.inner.deep]
        z = "\"=\\"
        """#

    private static let expected: [(String, Int, Int)] = [
        ("top", 2, 1), ("quoted key", 3, 1), ("lit.eral", 4, 1), ("lit.eral.inner", 4, 12), ("multi", 8, 1),
        ("标识", 11, 1),
        ("标识.a", 11, 10), ("标识.a[1]", 11, 15), ("标识.a[2]", 11, 18), ("标识.a[2].b", 11, 20), ("标识.c", 11, 33),
        ("标识.c.d", 11, 35),
        ("table", 13, 3), ("table.sub.key", 13, 11), ("table.sub.key.key", 14, 3), ("table.sub.key.key[1]", 15, 5),
        ("table.sub.key.key[2]", 16, 5), ("table.sub.key.a.b.c", 18, 5), ("list", 19, 3), ("list[1]", 19, 3),
        ("list[1].x", 20, 1),
        ("list[1].inner[1].y", 22, 1), ("list[1].inner[2].y", 24, 1), ("list[2].x", 26, 1), ("list[2].inner[1]", 27, 8),
        ("list[2].inner[1].y", 28, 1), ("list[2].inner[1].deep.z", 30, 1),
    ]

    @Test(arguments: expected)
    func everyKeyHasItsPlace(path: String, line: Int, column: Int) throws {
        let positions = try TOMLDocument(Array(Self.document.utf8)).positions
        let byName = Dictionary(positions.map { ("\($0)", $1) }, uniquingKeysWith: min)
        #expect(byName[path] == SourcePosition(line: line, column: column))
    }

    @Test func nothingInStringsAndCommentsIsAKey() throws {
        let names = try TOMLDocument(Array(Self.document.utf8)).positions.keys.map { "\($0)" }
        #expect(!names.contains { $0.contains("fake") || $0.contains("other") || $0.contains("not") || $0 == "no" })
    }

    /// Each value has a place, and each place a value.
    @Test func placesAndValuesAgree() throws {
        let document = try TOMLDocument(Array(Self.document.utf8))
        var paths: Set<ConfigurationPath> = []
        func walk(_ node: TOMLNode, _ path: ConfigurationPath) {
            if !path.steps.isEmpty { paths.insert(path) }
            switch node {
            case .table(let members): for (name, member) in members { walk(member, path.appending(name)) }
            case .array(let nodes):
                for (index, element) in nodes.enumerated() { walk(element, path.appending(index)) }
            default: break
            }
        }
        walk(.table(document.members), ConfigurationPath())
        #expect(Set(document.positions.keys) == paths)
    }

    private func value(_ text: String) -> TOMLNode? {
        try? TOMLDocument(Array("v = \(text)\n".utf8)).members["v"]
    }

    @Test(arguments: [
        (#""a\tb\"\\\u00e9\U0001F642""#, "a\tb\"\\é🙂"), (#"'C:\x'"#, #"C:\x"#), (#""""#, ""), ("''", ""),
        ("\"\"\"\nx\\\n  \n  y\"\"\"\"\"", "xy\"\""), ("'''\r\na'b''c\r\n'''", "a'b''c\n"),
        ("\"\"\"a\"\"b\"\"\"", "a\"\"b"), ("\"\\u0000\"", "\0"),
    ])
    func strings(literal: String, text: String) {
        #expect(value(literal) == .text(text))
    }

    @Test(arguments: [
        ("0", 0), ("-0", 0), ("+17", 17), ("1_000", 1_000), ("0xFF_ff", 65_535), ("0o17", 15), ("0b101", 5),
        ("9223372036854775807", Int.max), ("-9223372036854775808", Int.min),
    ])
    func wholeNumbers(literal: String, number: Int) {
        #expect(value(literal) == .integer(number))
    }

    @Test(arguments: [
        "1.5", "-1e10", "6.02_2E+23", "inf", "-nan", "1979-05-27", "07:32:00", "1979-05-27T07:32:00Z",
        "1979-05-27 07:32:00.5-08:00",
    ])
    func otherKindsAreTold(literal: String) {
        guard case .other = value(literal) else {
            Issue.record("\(literal)")
            return
        }
    }

    @Test(arguments: [
        "", "x", "yes", "True", "01", "-01", "1_", "_1", "1__0", "0x", "0xG", "+0x1", "--1", "9223372036854775808",
        "\"a", "\"a\nb\"", "'a", "\"\\q\"", "\"\\u12\"", "\"\\uD800\"", "\"\\UFFFFFFFF\"", "\"\"\"a", "[1", "[1 2]",
        "[,]", "[1,,2]", "{", "{a}", "{a=1", "{a=1,}", "{,}", "{a=1 b=2}", "{a=1,a=2}", "{\na=1}", "1 2",
        "\"a\" \"b\"", "\"\u{1}\"", "# only a comment", "=1",
    ])
    func valuesThatAreNone(literal: String) {
        #expect(value(literal) == nil)
    }

    @Test(arguments: [
        "a = 1\na = 2", "a.b = 1\na = 2", "a = 1\na.b = 2", "[a]\n[a]", "a = 1\n[a]", "[a]\n[[a]]", "[[a]]\n[a]",
        "a = []\n[[a]]", "a = {}\n[a.b]", "a = {}\na.b = 1", "a.b = 1\n[a]", "[a.b.c]\n[a]\nb.c.d = 1",
        "[a]\nb.c = 1\n[a.b]", "[?]", "[]", "[[]]", "[ [x]]", "[[x] ]", "[.x]", "[x.]", "[x", "[x]]", "[x] y = 1",
        "= 1", "a", "a b = 1", "a = 1 b = 2", "# \u{7F}", "a\u{301} = 1", "a = 1\rb = 2",
    ])
    func documentsThatAreNone(text: String) {
        #expect(throws: TOMLSyntaxError.self) { try TOMLDocument(Array(text.utf8)) }
    }

    @Test(arguments: [
        "", "\n\n# x\n", "[a.b]\n[a]", "[a.b.c]\n[a.b]\nx = 1", "a.b = 1\na.c = 2", "[[a]]\n[a.b]\n[[a]]\n[a.b]",
        "[a]\nb.c = 1\n[a.b.d]", "[[a.b]]\n[a]", "a = [\n1, # x\n\n2,\n]", "\"\" = 1", "1 = 1", "-_ = 1",
        "a = { b.c = 1, b.d = 2 }", "\u{FEFF}a = 1", "a = 1\r\n[b]\r\n", "'a.b' = 1\na.b = 2", "[ a . b ]",
    ])
    func documentsThatAreSome(text: String) {
        #expect(throws: Never.self) { try TOMLDocument(Array(text.utf8)) }
    }

    /// Whatever it is given, it ends with a value or an error, and every position lies in the text.
    @Test func endsOnAnythingAtAll() {
        let alphabet = Array("[]{}=.,\"'#\\\n\r\t u0aé".utf8)
        let document = Array(Self.document.utf8)
        var acceptedCount = 0
        for seed in 0..<3_000 as Range<UInt64> {
            var random = SeededGenerator(seed: seed)
            var bytes = Bool.random(using: &random) ? document : []
            for _ in 0..<Int.random(in: 1...8, using: &random) {
                let byte = alphabet.randomElement(using: &random) ?? 0
                let place = Int.random(in: 0...bytes.count, using: &random)
                if place < bytes.count, Bool.random(using: &random) {
                    bytes[place] = byte
                } else {
                    bytes.insert(byte, at: place)
                }
            }
            let lineCount = bytes.count { $0 == 0x0A } + 1
            do throws(TOMLSyntaxError) {
                let read = try TOMLDocument(bytes)
                acceptedCount += 1
                #expect(read.positions.values.allSatisfy { $0.line <= lineCount }, "seed \(seed)")
            } catch {
                #expect(error.offset <= bytes.count, "seed \(seed)")
            }
        }
        #expect(acceptedCount > 50 && acceptedCount < 2_950)
    }

    @Test func depthIsBounded() throws {
        let fits = "a" + String(repeating: ".a", count: 15)
        #expect(throws: Never.self) { try TOMLDocument(Array("\(fits) = 1".utf8)) }
        let deep = String(repeating: "[", count: 100_000)
        for (number, text) in ["\(fits).b = 1", "[\(fits).b]", "x = \(deep)", "[\(fits)]\nb = 1"].enumerated() {
            #expect(throws: TOMLSyntaxError.self, "\(number)") { try TOMLDocument(Array(text.utf8)) }
        }
    }
}

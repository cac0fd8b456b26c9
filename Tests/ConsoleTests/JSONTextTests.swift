import Console
import Testing

struct JSONTextTests {
    private func written(_ body: (inout JSONText) -> Void) -> String {
        var json = JSONText()
        body(&json)
        return String(decoding: json.take(), as: UTF8.self)
    }

    @Test func commasStandBetweenAndNowhereElse() {
        let text = written { json in
            json.object { json in
                json.key("a")
                json.array { json in
                    json.number(1)
                    json.array { _ in }
                    json.object { _ in }
                    json.null()
                }
                json.key("b")
                json.boolean(true)
                json.key("c")
                json.object { json in
                    json.key("d")
                    json.string("e")
                }
                json.key("f")
                json.boolean(false)
            }
        }
        #expect(text == #"{"a":[1,[],{},null],"b":true,"c":{"d":"e"},"f":false}"#)
    }

    @Test(
        arguments: [
            (Array("plain".utf8), #""plain""#), (Array("\"\\\n\t\u{1}".utf8), #""\"\\\n\u0009\u0001""#),
            ([0xFF, 0x41], "\"\u{FFFD}A\""),
            ([0xE4, 0xB8, 0x41], "\"\u{FFFD}A\""), (Array("标识🙂".utf8), "\"标识🙂\""),
            ([0xED, 0xA0, 0x80], "\"\u{FFFD}\u{FFFD}\u{FFFD}\""),
            (Array("\u{9B}\u{202E}\u{7F}".utf8), #""\u009b\u202e\u007f""#),
            (Array("\u{E0041}".utf8), #""\udb40\udc41""#), ([], #""""#),
        ] as [([UInt8], String)]
    )
    func strings(bytes: [UInt8], expected: String) {
        #expect(written { $0.string(bytes) } == expected)
    }

    @Test func numbersKeepAllTheirDigits() {
        let text = written { json in
            json.array { json in
                json.number(UInt64.max)
                json.number(Int64.min)
                json.number(0.1)
                json.number(1e300)
                json.number(Double.infinity)
                json.number(Double.nan)
            }
        }
        #expect(text == "[18446744073709551615,-9223372036854775808,0.1,1e+300,null,null]")
    }

    @Test func documentsOfAStreamAreTakenOneByOne() {
        var json = JSONText()
        json.object { json in
            json.key("n")
            json.number(1)
        }
        json.endLine()
        #expect(String(decoding: json.take(), as: UTF8.self) == "{\"n\":1}\n")
        json.array { json in
            json.number(1)
            #expect(String(decoding: json.take(), as: UTF8.self) == "[1")
            json.number(2)
        }
        let rest = json.byteCount
        #expect(rest == 3)
        #expect(String(decoding: json.take(), as: UTF8.self) == ",2]")
    }

    @Test func errorsOfTheBodyComeThrough() {
        var json = JSONText()
        var caught: OutputError?
        do throws(OutputError) {
            try json.object { (_) throws(OutputError) in throw OutputError.readerGone }
        } catch {
            caught = error
        }
        #expect(caught == .readerGone)
    }
}

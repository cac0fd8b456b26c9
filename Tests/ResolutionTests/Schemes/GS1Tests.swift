import Testing

@testable import Resolution

/// Element strings of GS1 and their parts.
@Suite struct GS1Tests {
    private static func elements(_ text: String) throws -> [String] {
        try GS1ElementString(plain: TracedText(Array(text.utf8))).elements.map {
            String(decoding: $0.identifier, as: UTF8.self) + "=" + String(decoding: $0.data, as: UTF8.self)
        }
    }

    private static func digits(_ number: Int, _ width: Int) -> [UInt8] {
        let digits = "\(number)"
        return Array((String(repeating: "0", count: max(0, width - digits.count)) + digits).utf8)
    }

    @Test func `data of fixed length need no separator, others end at one`() throws {
        #expect(try Self.elements("3103000750172512319912") == ["3103=000750", "17=251231", "99=12"])
        #expect(try Self.elements("10A\u{1D}11250101") == ["10=A", "11=250101"])
        #expect(try Self.elements("4106141411234524240X\u{1D}30005") == ["410=6141411234524", "240=X", "30=005"])
        #expect(try Self.elements("7007250101250102") == ["7007=250101250102"])
        #expect(try Self.elements("71012\u{1D}8200http://x") == ["710=12", "8200=http://x"])
    }

    @Test func `no identifier is the beginning of another, and every one can be read`() {
        var known: [[UInt8]] = []
        for number in 0...9_999 {
            for width in 2...4 {
                let digits = Self.digits(number, width)
                if digits.count == width, GS1Identifiers.row(digits) != nil { known.append(digits) }
            }
        }
        let all = Set(known)
        #expect(all.count > 480)
        for identifier in all {
            let rest = identifier + Array("000".utf8)
            #expect(GS1Identifiers.identifier(atStartOf: rest[...]).map(Array.init) == identifier)
            #expect(GS1Identifiers.row(identifier)?.format.parts.isEmpty == false)
        }
        for name in ["00", "01", "21", "235", "3100", "3695", "394", "3943", "415", "417", "7039", "8026", "99"] {
            #expect(all.contains(Array(name.utf8)) == (name != "394"), "\(name)")
        }
    }

    @Test func `a length that the first two digits say is the format's`() {
        let lengths = ["00": 18, "01": 14, "02": 14, "03": 14, "20": 2, "414": 13]
        for number in 0...9_999 {
            for width in 2...4 {
                let identifier = Array(Self.digits(number, 4).prefix(width))
                guard let row = GS1Identifiers.row(identifier), row.isPredefined else { continue }
                let head = String(decoding: identifier, as: UTF8.self)
                let expected = lengths[head] ?? (head.hasPrefix("4") ? 13 : 6)
                #expect(row.format.countMax == expected, "\(head)")
                #expect(row.format.parts.allSatisfy { $0.countMin == $0.countMax }, "\(head)")
            }
        }
    }

    @Test func `check digits are those of the specifications`() {
        for number in ["06901234567892", "9521141123454", "106141411234567897", "9506000134352", "061414112345678902"] {
            #expect(GS1CheckDigit.isRight(Array(number.utf8)[...]))
            let wrong = Array(number.utf8.dropLast()) + [number.utf8.last == UInt8(ascii: "0") ? 0x31 : 0x30]
            #expect(!GS1CheckDigit.isRight(wrong[...]))
        }
        #expect(!GS1CheckDigit.isRight([]))
    }

    @Test func `brackets may stand in data where no identifier is in them`() throws {
        let text = TracedText(Array("(10)A(B)(05)C(21)1".utf8))
        let string = try GS1ElementString(bracketed: text)
        #expect(String(decoding: string.bracketed, as: UTF8.self) == "(10)A(B)(05)C(21)1")
        #expect(string.elements.count == 2)
    }
}

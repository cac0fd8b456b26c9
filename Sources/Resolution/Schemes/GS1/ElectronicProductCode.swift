/// Electronic product codes as URNs, and the GS1 elements that each stands for (EPC Tag Data Standard §§6, 7).
enum ElectronicProductCode {
    /// How the fields of a code become elements.
    private enum Layout: Sendable {
        /// Company and item, whose first digit goes in front; then the element of the last field: GTIN.
        case tradeItem(String)
        /// The same in one number of 18 digits, the first digit in front: SSCC.
        case container
        /// Company and type in a number of this many digits and a check digit; the last field behind it.
        case document(String, digitCount: Int)
        /// The same with an element of its own for the last field, which 0 stands for nothing in.
        case place(String, String?)
        /// Company and reference, nothing added.
        case reference(String)
        /// Company and service in 17 digits and a check digit.
        case relation(String)
        /// Company and part, and a serial number.
        case component
        /// Trade item, piece, total, serial number.
        case piece
    }

    private static let layouts: [String: (fieldCount: Int, Layout)] = [
        "id:sgtin": (3, .tradeItem("21")), "id:upui": (3, .tradeItem("235")), "class:lgtin": (3, .tradeItem("10")),
        "id:sscc": (2, .container), "id:sgln": (3, .place("414", "254")), "id:pgln": (2, .place("417", nil)),
        "id:grai": (3, .document("8003", digitCount: 12)), "id:gdti": (3, .document("253", digitCount: 12)),
        "id:sgcn": (3, .document("255", digitCount: 12)), "id:giai": (2, .reference("8004")),
        "id:gsrn": (2, .relation("8018")), "id:gsrnp": (2, .relation("8017")), "id:cpi": (3, .component),
        "id:itip": (5, .piece),
    ]

    /// Digits of a company's prefix.
    private static let companyDigitCounts = 6...12

    /// Reads a text that begins with `urn:epc:`.
    static func read(_ text: TracedText) -> SchemeReading {
        let rest = text.dropFirst("urn:epc:".utf8.count)
        let parts = rest.bytes.split(separator: UInt8(ascii: ":"), maxSplits: 2, omittingEmptySubsequences: false)
        let name = parts.prefix(2).map { String(decoding: $0, as: UTF8.self) }.joined(separator: ":")
        guard parts.count == 3, let layout = layouts[name] else {
            return .refused([RecognitionNote(.unknownEPC, at: rest.place(0))], isFinal: true)
        }
        let place = rest.place(parts[2].startIndex)
        let fields = Self.fields(rest.dropFirst(parts[2].startIndex), count: layout.fieldCount)
        guard let fields, isCompany(fields[0]), let elements = elements(fields, layout.1) else {
            return .refused([RecognitionNote(.badEPC, at: place)], isFinal: true)
        }
        do throws(GS1ElementString.Fault) {
            let string = try GS1ElementString(elements, at: place)
            return .found(GS1Form.form(string, [RecognitionNote(.fromEPC, at: text.place(0))], scheme: .epc))
        } catch {
            return .refused([error.note], isFinal: true)
        }
    }

    /// The fields, with full stops between; the last takes what is left.
    private static func fields(_ text: TracedText, count: Int) -> [[UInt8]]? {
        let parts = text.bytes.split(
            separator: UInt8(ascii: "."),
            maxSplits: count - 1,
            omittingEmptySubsequences: false
        )
        guard parts.count == count else { return nil }
        return parts.map { TracedText(Array($0)).percentDecoded.bytes }
    }

    private static func isCompany(_ field: [UInt8]) -> Bool {
        companyDigitCounts.contains(field.count) && field.allSatisfy(\.isDigit)
    }

    private static func elements(_ fields: [[UInt8]], _ layout: Layout) -> [(identifier: String, data: [UInt8])]? {
        let last = fields[fields.count - 1]
        switch layout {
        case .tradeItem(let name):
            return item(fields).map { [("01", $0), (name, last)] }
        case .container:
            return item(fields, digitCount: 17).map { [("00", $0)] }
        case .document(let name, let digitCount):
            let head = Array((name == "8003" ? "0" : "").utf8)
            return checked(fields[0] + fields[1], digitCount: digitCount).map { [(name, head + $0 + last)] }
        case .place(let name, let extensionName):
            guard let number = checked(fields[0] + fields[1], digitCount: 12) else { return nil }
            guard let extensionName, last != Array("0".utf8) else { return [(name, number)] }
            return [(name, number), (extensionName, last)]
        case .reference(let name): return [(name, fields[0] + last)]
        case .relation(let name): return checked(fields[0] + last, digitCount: 17).map { [(name, $0)] }
        case .component: return [("8010", fields[0] + fields[1]), ("8011", last)]
        case .piece:
            guard let number = item(fields), fields[2].count == 2, fields[3].count == 2 else { return nil }
            return [("8006", number + fields[2] + fields[3]), ("21", last)]
        }
    }

    /// Company and item as a number: the item's first digit goes in front, the check digit behind.
    private static func item(_ fields: [[UInt8]], digitCount: Int = 13) -> [UInt8]? {
        guard let first = fields[1].first else { return nil }
        return checked([first] + fields[0] + fields[1].dropFirst(), digitCount: digitCount)
    }

    private static func checked(_ digits: [UInt8], digitCount: Int) -> [UInt8]? {
        guard digits.count == digitCount, digits.allSatisfy(\.isDigit) else { return nil }
        return digits + [GS1CheckDigit.digit(for: digits)]
    }
}

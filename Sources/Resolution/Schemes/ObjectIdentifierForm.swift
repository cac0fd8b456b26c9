/// OIDs with dots, and in the braces of ASN.1.
enum ObjectIdentifierForm {
    /// In a web address fewer arcs may be a version number.
    private static let arcCountMinInAddress = 3

    static func read(_ text: TracedText, _ context: RecognitionContext) -> SchemeReading? {
        if text.bytes.first == UInt8(ascii: "{") { return braces(text) }
        guard !text.bytes.contains(UInt8(ascii: "/")), text.bytes.contains(UInt8(ascii: ".")) else { return nil }
        do throws(ObjectIdentifierFault) {
            let identifier = try ObjectIdentifier(dotted: text)
            if case .address = context.wrapper, identifier.arcCount < arcCountMinInAddress { return nil }
            return .found(identifier.form([note(text)]))
        } catch {
            return .refused([error.note], isFinal: false)
        }
    }

    /// What it might have been taken for: a name of the Handle system, or a prefix.
    private static func note(_ text: TracedText) -> RecognitionNote {
        RecognitionNote(text.bytes.first == UInt8(ascii: "0") ? .oidNotSystemName : .oidNotPrefix, at: text.place(0))
    }

    /// `{2 16 156}`, `{iso(1) member-body(2) cn(156)}` (ITU-T X.680 §32.3).
    private static func braces(_ text: TracedText) -> SchemeReading {
        guard text.bytes.last == UInt8(ascii: "}") else {
            return .refused([RecognitionNote(.braceNotClosed, at: text.place(text.count))], isFinal: true)
        }
        let inner = text[1..<(text.count - 1)]
        do throws(ObjectIdentifierFault) {
            var arcs: [([UInt8], place: Int)] = []
            for part in inner.bytes.split(whereSeparator: { $0 == 0x20 || (0x09...0x0D).contains($0) }) {
                let place = inner.place(part.startIndex)
                guard let digits = Self.digits(of: part, behind: arcs.prefix(2).map(\.0)) else {
                    throw ObjectIdentifierFault(note: RecognitionNote(.arcNotNumber, at: place))
                }
                arcs.append((digits, place))
            }
            let identifier = try ObjectIdentifier(arcs: arcs, end: text.place(text.count))
            return .found(identifier.form([RecognitionNote(.braces, at: text.place(0))]))
        } catch {
            return .refused([error.note], isFinal: true)
        }
    }

    /// `156`, `cn(156)`, or one of the names that need no number.
    private static func digits(of part: ArraySlice<UInt8>, behind arcs: [[UInt8]]) -> [UInt8]? {
        if part.allSatisfy(\.isDigit) { return Array(part) }
        if part.last == UInt8(ascii: ")"), let open = part.firstIndex(of: UInt8(ascii: "(")) {
            return Array(part[(open + 1)..<(part.endIndex - 1)])
        }
        let above = arcs.map { String(decoding: $0, as: UTF8.self) }
        guard above.count < 2, let names = names[above.first ?? ""],
            let number = names[String(decoding: part, as: UTF8.self)]
        else { return nil }
        return Array("\(number)".utf8)
    }

    /// The names that X.660 Annex A lets stand alone, by the arc above.
    private static let names: [String: [String: Int]] = [
        "": ["itu-t": 0, "ccitt": 0, "iso": 1, "joint-iso-itu-t": 2, "joint-iso-ccitt": 2],
        "0": [
            "recommendation": 0, "question": 1, "administration": 2, "network-operator": 3,
            "identified-organization": 4,
        ],
        "1": ["standard": 0, "registration-authority": 1, "member-body": 2, "identified-organization": 3],
    ]
}

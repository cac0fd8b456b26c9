internal import ResolutionProtocol

/// GS1 identifiers as addresses of the web (GS1 Digital Link Standard: URI Syntax 1.4).
enum GS1DigitalLink {
    /// The keys that a path may begin with, and the qualifiers that may follow each, in their order.
    static let keys: [(key: String, qualifiers: [String])] = [
        ("01", ["22", "10", "21", "235"]), ("00", []), ("253", []), ("255", []), ("401", []), ("402", []),
        ("414", ["254", "7040"]), ("415", ["8020"]), ("417", ["7040"]), ("8003", []), ("8004", ["7040"]),
        ("8006", ["22", "10", "21"]), ("8010", ["8011"]), ("8013", []), ("8017", ["8019"]), ("8018", ["8019"]),
    ]

    /// Names for identifiers in paths of version 1.1; later versions have numbers alone.
    private static let olderNames: [String: String] = [
        "gtin": "01", "itip": "8006", "gmn": "8013", "cpid": "8010", "gln": "414", "party": "417", "gsrnp": "8017",
        "gsrn": "8018", "gcn": "255", "sscc": "00", "gdti": "253", "ginc": "401", "gsin": "402", "grai": "8003",
        "giai": "8004", "payTo": "415", "cpv": "22", "lot": "10", "ser": "21", "tpx": "235", "cpsn": "8011",
        "glnx": "254", "refno": "8020", "srin": "8019",
    ]

    /// A key and its qualifiers.
    private static let pairCountMax = 5
    private static let parameterCountMax = 64

    /// The place of `identifier` among the keys; nil: it is none.
    static func qualifiers(of identifier: [UInt8]) -> [String]? {
        let name = String(decoding: identifier, as: UTF8.self)
        return keys.first { $0.key == name }?.qualifiers
    }

    /// Reads the address whose host begins at `start`; nil where its path ends in no key that we know with its data.
    static func read(_ text: TracedText, from start: Int) -> SchemeReading? {
        guard let slash = text.bytes[start...].firstIndex(of: UInt8(ascii: "/")), slash > start else { return nil }
        let end = text.bytes[slash...].firstIndex { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") } ?? text.count
        let segments = Self.segments(text, from: slash, to: end)
        // The key comes first; what stands before it is the resolver's own.
        for count in stride(from: min(segments.count / 2, pairCountMax) * 2, to: 0, by: -2) {
            let first = segments.count - count
            guard let key = identifier(segments[first].bytes), let known = qualifiers(of: key) else { continue }
            if let found = link(text, segments[first...], known, pathEnd: end) { return found }
        }
        return nil
    }

    private static func segments(_ text: TracedText, from slash: Int, to end: Int) -> [TracedText] {
        var segments: [TracedText] = []
        var start = slash + 1
        while start <= end {
            let next = text.bytes[start..<end].firstIndex(of: UInt8(ascii: "/")) ?? end
            segments.append(text[start..<next])
            start = next + 1
        }
        if segments.last?.isEmpty == true { segments.removeLast() }
        return segments
    }

    /// The identifier that a segment of the path is or names.
    private static func identifier(_ segment: [UInt8]) -> [UInt8]? {
        if let number = olderNames[String(decoding: segment, as: UTF8.self)] { return Array(number.utf8) }
        return GS1Identifiers.row(segment) == nil ? nil : segment
    }

    private static func link(
        _ text: TracedText,
        _ segments: ArraySlice<TracedText>,
        _ known: [String],
        pathEnd: Int
    ) -> SchemeReading? {
        var pairs: [(identifier: String, data: [UInt8])] = []
        var notes: [RecognitionNote] = []
        for offset in stride(from: segments.startIndex, to: segments.endIndex, by: 2) {
            guard let number = identifier(segments[offset].bytes) else { return nil }
            let name = String(decoding: number, as: UTF8.self)
            guard pairs.isEmpty || known.contains(name) else { return nil }
            if segments[offset].bytes != number {
                notes.append(RecognitionNote(.olderLinkName(segments[offset].bytes), at: segments[offset].place(0)))
            }
            var data = segments[offset + 1].percentDecoded.bytes
            if name == "01", [8, 12, 13].contains(data.count), data.allSatisfy(\.isDigit) {
                data = [UInt8](repeating: UInt8(ascii: "0"), count: 14 - data.count) + data
                notes.append(RecognitionNote(.padded, at: segments[offset + 1].place(0)))
            }
            pairs.append((name, data))
        }
        let asked = parameters(text, from: pathEnd)
        if let type = asked.linkType { notes.append(RecognitionNote(.linkType(type.bytes), at: type.place(0))) }
        do throws(GS1ElementString.Fault) {
            let place = segments.first?.place(0) ?? text.place(0)
            let string = try GS1ElementString(pairs + asked.elements, at: place)
            notes.append(RecognitionNote(.digitalLink, at: place))
            // The address names its own resolver.
            return .found(GS1Form.form(string, notes, scheme: .gs1, resolver: text.bytes))
        } catch {
            return .refused([error.note], isFinal: true)
        }
    }

    /// What stands behind `?`: further elements, and the kind of link that is wanted; other parameters are not ours.
    private static func parameters(
        _ text: TracedText,
        from start: Int
    ) -> (elements: [(identifier: String, data: [UInt8])], linkType: TracedText?) {
        guard start < text.count, text.bytes[start] == UInt8(ascii: "?") else { return ([], nil) }
        let end = text.bytes[start...].firstIndex(of: UInt8(ascii: "#")) ?? text.count
        var elements: [(identifier: String, data: [UInt8])] = []
        var linkType: TracedText?
        for part in text.bytes[(start + 1)..<end].split(separator: UInt8(ascii: "&")).prefix(parameterCountMax) {
            guard let equals = part.firstIndex(of: UInt8(ascii: "=")) else { continue }
            let name = String(decoding: part[..<equals], as: UTF8.self)
            let value = text[(equals + 1)..<part.endIndex].percentDecoded
            if ASCIIFolding.uppercased(name) == "LINKTYPE" { linkType = value }
            if GS1Identifiers.row(Array(name.utf8)) != nil { elements.append((name, value.bytes)) }
        }
        return (elements, linkType)
    }

    // MARK: the canonical form

    private static let root = "https://id.gs1.org"

    /// The one address of the elements of `string`; nil where none of them is a key.
    static func canonical(_ string: GS1ElementString) -> [UInt8]? {
        guard let key = string.elements.first(where: { qualifiers(of: $0.identifier) != nil }),
            let names = qualifiers(of: key.identifier)
        else { return nil }
        var rest = string.elements.filter { $0 != key }
        var link = Array(root.utf8) + segment(key)
        for name in names {
            guard let index = rest.firstIndex(where: { $0.identifier.elementsEqual(name.utf8) }) else { continue }
            link += segment(rest.remove(at: index))
        }
        rest.sort { $0.identifier.lexicographicallyPrecedes($1.identifier) }
        for (number, element) in rest.enumerated() {
            link += [UInt8(ascii: number == 0 ? "?" : "&")] + element.identifier + [UInt8(ascii: "=")]
            link += encoded(element.data)
        }
        return link
    }

    private static func segment(_ element: GS1ElementString.Element) -> [UInt8] {
        [UInt8(ascii: "/")] + element.identifier + [UInt8(ascii: "/")] + encoded(element.data)
    }

    /// All but the unreserved characters as `%` and two digits (RFC 3986 §2.3).
    private static func encoded(_ data: [UInt8]) -> [UInt8] {
        data.flatMap { byte -> [UInt8] in
            if byte.isDigit || byte.isLetter || "-._~".utf8.contains(byte) { return [byte] }
            return [UInt8(ascii: "%")] + ASCIIFolding.uppercased(HexadecimalText.lowercased([byte]))
        }
    }
}

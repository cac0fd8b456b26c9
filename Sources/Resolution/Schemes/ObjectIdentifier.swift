/// Why a text is no object identifier, and where.
struct ObjectIdentifierFault: Error {
    let note: RecognitionNote
}

/// An object identifier (ITU-T X.660): at least two arcs, the first 0, 1 or 2, the second below 40 under 0 and 1.
struct ObjectIdentifier {
    /// Arcs at most, and digits of one: a label of the domain name system holds 63.
    private static let arcCountMax = 128
    private static let digitCountMax = 39

    /// The digits of each arc, without zeros in front.
    private let arcs: [[UInt8]]

    /// Reads `1.2.156`.
    init(dotted text: TracedText) throws(ObjectIdentifierFault) {
        let parts = text.bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        try self.init(arcs: parts.map { (Array($0), text.place($0.startIndex)) }, end: text.place(text.count))
    }

    /// Takes digits with their places.
    init(arcs: [([UInt8], place: Int)], end: Int) throws(ObjectIdentifierFault) {
        guard arcs.count > 1, arcs.count <= Self.arcCountMax else {
            throw ObjectIdentifierFault(note: RecognitionNote(.arcCount(arcs.count), at: end))
        }
        for (digits, place) in arcs {
            guard !digits.isEmpty, digits.count <= Self.digitCountMax, digits.allSatisfy(\.isDigit),
                digits.count == 1 || digits[0] != UInt8(ascii: "0")
            else { throw ObjectIdentifierFault(note: RecognitionNote(.arcNotNumber, at: place)) }
        }
        let first = arcs[0].0
        guard first.count == 1, first[0] <= UInt8(ascii: "2") else {
            throw ObjectIdentifierFault(note: RecognitionNote(.firstArc, at: arcs[0].place))
        }
        let second = arcs[1].0
        let isBelow40 = second.count == 1 || second.count == 2 && second[0] < UInt8(ascii: "4")
        guard first[0] == UInt8(ascii: "2") || isBelow40 else {
            throw ObjectIdentifierFault(note: RecognitionNote(.secondArc, at: arcs[1].place))
        }
        self.arcs = arcs.map(\.0)
    }

    /// Whether `text` is one, with dots.
    static func isOne(_ text: [UInt8]) -> Bool { (try? ObjectIdentifier(dotted: TracedText(text))) != nil }

    /// How many arcs it has.
    var arcCount: Int { arcs.count }

    /// With dots.
    var canonical: [UInt8] { Array(arcs.joined(separator: [UInt8(ascii: ".")])) }

    /// What is recognised, told with `notes`.
    func form(_ notes: [RecognitionNote]) -> RecognisedForm {
        RecognisedForm(
            scheme: .oid,
            canonical: canonical,
            // The last arc first: behind it comes the root (X.672 §7.3).
            route: .objectIdentifierSystem(labels: Array(arcs.reversed().joined(separator: [UInt8(ascii: ".")]))),
            codingType: .oid,
            notes: notes
        )
    }
}

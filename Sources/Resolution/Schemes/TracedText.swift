internal import ResolutionProtocol

/// A text under recognition, of which every byte knows where it stood in what was typed.
struct TracedText: Sendable {
    /// The bytes as they are now.
    private(set) var bytes: [UInt8]
    /// The offset in the typed text of each of them, and that of the end.
    private var places: [Int]

    /// The typed text itself.
    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        places = Array(0...bytes.count)
    }

    private init(bytes: [UInt8], places: [Int]) {
        self.bytes = bytes
        self.places = places
    }

    var count: Int { bytes.count }
    var isEmpty: Bool { bytes.isEmpty }

    /// Where the byte at `offset` stood, or the end of the text did.
    func place(_ offset: Int) -> Int { places[min(max(offset, 0), places.count - 1)] }

    /// A part; what of `range` is not there is left out.
    subscript(range: Range<Int>) -> TracedText {
        let range = range.clamped(to: 0..<count)
        return TracedText(bytes: Array(bytes[range]), places: Array(places[range.lowerBound...range.upperBound]))
    }

    /// All but the first `count` bytes.
    func dropFirst(_ count: Int) -> TracedText { self[min(max(count, 0), self.count)..<self.count] }

    /// Whether it begins with `head`; ASCII case does not matter.
    func begins(with head: String) -> Bool {
        ASCIIFolding.areEqual(bytes.prefix(head.utf8.count), Array(head.utf8)[...])
    }

    /// Each `%` with two hexadecimal digits as its octet, once; one without them stays (RFC 3986 §2.1).
    var percentDecoded: TracedText {
        var result = TracedText(bytes: [], places: [])
        var offset = 0
        while offset < count {
            let octet = Self.octet(behind: offset, in: bytes)
            result.append(octet ?? bytes[offset], from: places[offset])
            offset += octet == nil ? 1 : 3
        }
        result.places.append(places[count])
        return result
    }

    private static func octet(behind offset: Int, in bytes: [UInt8]) -> UInt8? {
        guard bytes[offset] == UInt8(ascii: "%"), offset + 2 < bytes.count else { return nil }
        return HexadecimalText.bytes([bytes[offset + 1], bytes[offset + 2]])?.first
    }

    /// The text with each scalar that `replacement` knows as that ASCII character; nil where it is not UTF-8.
    func replacingScalars(_ replacement: (Unicode.Scalar) -> UInt8?) -> TracedText? {
        guard let string = String(validating: bytes, as: UTF8.self) else { return nil }
        var result = TracedText(bytes: [], places: [])
        var offset = 0
        for scalar in string.unicodeScalars {
            let length = UTF8.width(scalar)
            if let ascii = replacement(scalar) {
                result.append(ascii, from: places[offset])
            } else {
                for step in 0..<length { result.append(bytes[offset + step], from: places[offset + step]) }
            }
            offset += length
        }
        result.places.append(places[count])
        return result
    }

    private mutating func append(_ byte: UInt8, from place: Int) {
        bytes.append(byte)
        places.append(place)
    }
}

extension UInt8 {
    /// Whether it is an ASCII digit.
    var isDigit: Bool { self &- UInt8(ascii: "0") < 10 }
    /// Whether it is an ASCII letter.
    var isLetter: Bool { (self & 0xDF) &- UInt8(ascii: "A") < 26 }
}

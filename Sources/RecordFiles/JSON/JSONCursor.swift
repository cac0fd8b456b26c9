/// Reads JSON (RFC 8259) from bytes that are known to be UTF-8, token by token, without building anything.
///
/// The bytes must outlive the cursor.
struct JSONCursor {
    private let base: UnsafePointer<UInt8>?
    private let count: Int
    /// Where the cursor stands; after an error, about where the fault is.
    private(set) var position = 0

    private static let quote = UInt8(ascii: "\"")
    private static let backslash = UInt8(ascii: "\\")

    init(_ text: UnsafeBufferPointer<UInt8>) {
        base = text.baseAddress
        count = base == nil ? 0 : text.count
    }

    /// The byte at a position below `count`.
    @inline(__always)
    private func byte(_ position: Int) -> UInt8 {
        guard let base, position < count else { return 0 }
        return base[position]
    }

    /// Skips white space and gives the byte there without taking it; 0 at the end (a NUL is never in the text).
    @inline(__always)
    mutating func peek() -> UInt8 {
        while position < count {
            let next = byte(position)
            guard next == 0x20 || next == 0x09 || next == 0x0A || next == 0x0D else { return next }
            position += 1
        }
        return 0
    }

    /// Whether nothing but white space is left.
    var isAtEnd: Bool {
        mutating get { peek() == 0 }
    }

    /// Takes `wanted` if it is the next byte.
    @inline(__always)
    mutating func takes(_ wanted: Unicode.Scalar) -> Bool {
        guard peek() == UInt8(ascii: wanted) else { return false }
        position += 1
        return true
    }

    @inline(__always)
    mutating func take(_ wanted: Unicode.Scalar) throws(RowErrorCode) {
        guard takes(wanted) else { throw .badJSON }
    }

    /// Reads a member's name and the colon after it. `scratch` keeps its length.
    @inline(__always)
    mutating func member(scratch: inout [UInt8]) throws(RowErrorCode) -> JSONMember {
        guard peek() == Self.quote, let base else { throw .badJSON }
        let start = position + 1
        let end = Self.plainEnd(base, count, from: start)
        let found: JSONMember
        if end < count, base[end] == Self.quote {
            position = end + 1
            found = JSONMember(UnsafeBufferPointer(start: base + start, count: end - start))
        } else {
            let name = try string(into: &scratch)
            found = scratch.withUnsafeBufferPointer { JSONMember(UnsafeBufferPointer(rebasing: $0[name])) }
            scratch.removeLast(name.count)
        }
        try take(":")
        return found
    }

    /// Reads a string, appends what it stands for to `bytes`, and says where it went.
    @inline(__always)
    mutating func string(into bytes: inout [UInt8]) throws(RowErrorCode) -> Range<Int> {
        guard peek() == Self.quote, let base else { throw .wrongKind }
        position += 1
        let start = bytes.count
        while true {
            let end = Self.plainEnd(base, count, from: position)
            bytes.append(contentsOf: UnsafeBufferPointer(start: base + position, count: end - position))
            position = end
            guard bytes.count - start <= RecordLimits.fieldByteCountMax else { throw .fieldTooLong }
            guard position < count else { throw .badJSON }
            switch base[position] {
            case Self.quote:
                position += 1
                return start..<bytes.count
            case Self.backslash: try escape(into: &bytes)
            default: throw .badJSON
            }
        }
    }

    /// Position of the first quote, backslash or control byte at or after `start`, else `count`.
    @inline(__always)
    private static func plainEnd(_ base: UnsafePointer<UInt8>, _ count: Int, from start: Int) -> Int {
        let raw = UnsafeRawPointer(base)
        let ones: UInt64 = 0x0101_0101_0101_0101
        var position = start
        while count - position >= 8 {
            // In each byte the high bit tells: equal to a quote, equal to a backslash, below 0x20. The lowest is exact.
            let word = raw.loadUnaligned(fromByteOffset: position, as: UInt64.self)
            let quotes = word ^ (ones &* 0x22)
            let backslashes = word ^ (ones &* 0x5C)
            let found =
                (((quotes &- ones) & ~quotes) | ((backslashes &- ones) & ~backslashes)
                    | ((word &- (ones &* 0x20)) & ~word)) & (ones &* 0x80)
            if found != 0 { return position + found.littleEndian.trailingZeroBitCount >> 3 }
            position += 8
        }
        while position < count {
            let byte = base[position]
            if byte == quote || byte == backslash || byte < 0x20 { return position }
            position += 1
        }
        return count
    }

    /// Reads one escape, from its backslash.
    @inline(never)
    private mutating func escape(into bytes: inout [UInt8]) throws(RowErrorCode) {
        let letter = byte(position + 1)
        position += 2
        switch letter {
        case Self.quote, Self.backslash, UInt8(ascii: "/"): bytes.append(letter)
        case UInt8(ascii: "b"): bytes.append(0x08)
        case UInt8(ascii: "f"): bytes.append(0x0C)
        case UInt8(ascii: "n"): bytes.append(0x0A)
        case UInt8(ascii: "r"): bytes.append(0x0D)
        case UInt8(ascii: "t"): bytes.append(0x09)
        case UInt8(ascii: "u"):
            bytes.append(contentsOf: UTF8.encode(try escapedScalar()) ?? UTF8.encodedReplacementCharacter)
        default: throw .badEscape
        }
    }

    /// Reads the digits of `\u`, and a second escape where the first is the beginning of a surrogate pair.
    private mutating func escapedScalar() throws(RowErrorCode) -> Unicode.Scalar {
        let first = try fourDigits()
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard first < 0xDC00, byte(position) == Self.backslash, byte(position + 1) == UInt8(ascii: "u") else {
            throw .badEscape
        }
        position += 2
        let second = try fourDigits()
        guard (0xDC00...0xDFFF).contains(second) else { throw .badEscape }
        guard let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)) else {
            throw .badEscape
        }
        return scalar
    }

    private mutating func fourDigits() throws(RowErrorCode) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let digit = Hexadecimal.digit(byte(position)) else { throw .badEscape }
            value = value << 4 | UInt32(digit)
            position += 1
        }
        return value
    }

    /// Reads a whole number without fraction and exponent, of at most 18 digits.
    @inline(__always)
    mutating func integer() throws(RowErrorCode) -> Int64 {
        let first = peek()
        guard first == UInt8(ascii: "-") || (0x30...0x39).contains(first) else { throw .wrongKind }
        let start = position
        position += 1
        while position < count, (0x30...0x39).contains(byte(position)) { position += 1 }
        let next = byte(position) | 0x20
        guard next != UInt8(ascii: "e"), byte(position) != UInt8(ascii: ".") else { throw .wrongKind }
        let digits = UnsafeBufferPointer(start: base.map { $0 + start }, count: position - start)
        // JSON has no leading zeros.
        let isPlain =
            digits[0] == UInt8(ascii: "-") ? digits.count < 3 || digits[1] != 0x30 : first != 0x30 || digits.count == 1
        guard isPlain else { throw .badJSON }
        guard let value = CellText.integer(digits) else { throw .wrongKind }
        return value
    }

    /// Whether the next byte can be part of a number or of `true`, `false`, `null`.
    var isWordByte: Bool {
        switch byte(position) {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."): true
        default: false
        }
    }

    /// Takes one byte that has been looked at.
    mutating func advance() {
        position += 1
    }
}

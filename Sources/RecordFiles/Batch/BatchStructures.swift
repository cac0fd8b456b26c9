/// The two structured values that a batch file writes in text, turned into their wire form (data model §4).
enum BatchStructures {
    static let colon = UInt8(ascii: ":")
    static let permissionCount = 12

    /// `index:permissions:identifier` (HS_ADMIN, data model §4.1); false where it is another shape.
    ///
    /// The permissions are twelve digits, the lowest bit **first**: the opposite of their order in JSON.
    static func appendAdministrator(_ text: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) -> Bool {
        guard let first = text.firstIndex(of: colon),
            let second = text[(first + 1)...].firstIndex(of: colon),
            let index = index(text[..<first]),
            let permissions = permissions(text[(first + 1)..<second]),
            let identifier = identifier(text[(second + 1)...])
        else { return false }
        bytes.append(UInt8(permissions >> 8))
        bytes.append(UInt8(permissions & 0xFF))
        append(identifier, index: index, to: &bytes)
        return true
    }

    /// `index:identifier;index:identifier;…` (HS_VLIST, data model §4.2), the last `;` optional; false where it is
    /// another shape or has no entry.
    static func appendList(_ text: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) -> Bool {
        let countPosition = bytes.count
        append(UInt32(0), to: &bytes)
        var count: UInt32 = 0
        var rest = text[...]
        while !rest.isEmpty {
            let end = rest.firstIndex(of: UInt8(ascii: ";")) ?? rest.endIndex
            guard let mark = rest[..<end].firstIndex(of: colon), let index = index(rest[..<mark]),
                let identifier = identifier(rest[(mark + 1)..<end])
            else { return false }
            append(identifier, index: index, to: &bytes)
            count += 1
            rest = end < rest.endIndex ? rest[(end + 1)...] : rest[end...]
        }
        for position in 0..<4 {
            bytes[countPosition + position] = UInt8(truncatingIfNeeded: count >> (24 - 8 * position))
        }
        return count > 0
    }

    private static func append(_ identifier: UnsafeBufferPointer<UInt8>, index: UInt32, to bytes: inout [UInt8]) {
        append(UInt32(truncatingIfNeeded: identifier.count), to: &bytes)
        bytes.append(contentsOf: identifier)
        append(index, to: &bytes)
    }

    private static func append(_ number: UInt32, to bytes: inout [UInt8]) {
        for shift in [24, 16, 8, 0] as [UInt32] { bytes.append(UInt8(truncatingIfNeeded: number >> shift)) }
    }

    /// 0 … 2³¹-1; 0 stands for any.
    private static func index(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> UInt32? {
        guard let number = CellText.integer(trimmed(text)), (0...0x7FFF_FFFF).contains(number) else { return nil }
        return UInt32(number)
    }

    private static func permissions(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> UInt16? {
        let digits = trimmed(text)
        guard digits.count == permissionCount else { return nil }
        var bits: UInt16 = 0
        for position in digits.indices {
            guard digits[position] == 0x30 || digits[position] == 0x31 else { return nil }
            bits |= UInt16(digits[position] - 0x30) << UInt16(position)
        }
        return bits
    }

    private static func identifier(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> UnsafeBufferPointer<UInt8>? {
        let name = trimmed(text)
        return name.isEmpty || name.count > RecordLimits.identifierByteCountMax ? nil : name
    }

    private static func trimmed(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> UnsafeBufferPointer<UInt8> {
        let whole = UnsafeBufferPointer(rebasing: text)
        return UnsafeBufferPointer(rebasing: whole[BatchText.rest(of: whole, from: 0)])
    }
}

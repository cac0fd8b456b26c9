/// The two structured values in the text that a batch file has for them. Each appends nothing and says no where the
/// data is of another shape, or would not read back as it was.
extension BatchStructures {
    /// `index:permissions:identifier` of an HS_ADMIN value in wire form.
    static func appendText(ofAdministrator data: UnsafeBufferPointer<UInt8>, to text: inout [UInt8]) -> Bool {
        guard data.count > 2 else { return false }
        let permissions = UInt16(data[0]) << 8 | UInt16(data[1])
        var position = 2
        guard permissions >> permissionCount == 0, let entry = entry(of: data, at: &position), position == data.count
        else { return false }
        CellText.append(Int64(entry.index), to: &text)
        text.append(colon)
        for bit in 0..<permissionCount { text.append(0x30 + UInt8(permissions >> bit & 1)) }
        text.append(colon)
        text.append(contentsOf: entry.identifier)
        return true
    }

    /// `index:identifier;index:identifier` of an HS_VLIST value in wire form.
    static func appendText(ofList data: UnsafeBufferPointer<UInt8>, to text: inout [UInt8]) -> Bool {
        let start = text.count
        var position = 0
        guard let count = number(of: data, at: &position), count > 0 else { return false }
        for place in 0..<count {
            guard let entry = entry(of: data, at: &position), !entry.identifier.contains(UInt8(ascii: ";")) else {
                text.removeLast(text.count - start)
                return false
            }
            if place > 0 { text.append(UInt8(ascii: ";")) }
            CellText.append(Int64(entry.index), to: &text)
            text.append(colon)
            text.append(contentsOf: entry.identifier)
        }
        guard position == data.count else {
            text.removeLast(text.count - start)
            return false
        }
        return true
    }

    /// An identifier that a line can hold, and the index behind it.
    private static func entry(
        of data: UnsafeBufferPointer<UInt8>,
        at position: inout Int
    ) -> (identifier: UnsafeBufferPointer<UInt8>, index: UInt32)? {
        guard let count = number(of: data, at: &position),
            (1...RecordLimits.identifierByteCountMax).contains(Int(count)),
            data.count - position >= Int(count)
        else { return nil }
        let identifier = UnsafeBufferPointer(rebasing: data[position..<position + Int(count)])
        position += Int(count)
        guard TextCheck.firstFault(identifier) == nil, BatchText.isRestOfLine(identifier),
            let index = number(of: data, at: &position), index <= 0x7FFF_FFFF
        else { return nil }
        return (identifier, index)
    }

    private static func number(of data: UnsafeBufferPointer<UInt8>, at position: inout Int) -> UInt32? {
        guard data.count - position >= 4 else { return nil }
        defer { position += 4 }
        return data[position..<position + 4].reduce(0) { $0 << 8 | UInt32($1) }
    }
}

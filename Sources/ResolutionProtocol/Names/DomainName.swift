/// Names of the domain name system on bytes (RFC 1035 §§3.1, 4.1.4).
public enum DomainName {
    /// The longest name in wire form, its root included.
    public static let byteCountMax = 255
    /// The longest label.
    public static let labelByteCountMax = 63

    /// Labels with their lengths, without the root; nil where one is empty or too long. A point at the end says
    /// nothing.
    public static func labels(_ name: [UInt8]) -> [UInt8]? {
        let text = name.last == UInt8(ascii: ".") ? name.dropLast() : name[...]
        guard !text.isEmpty else { return name.isEmpty ? [] : nil }
        var labels: [UInt8] = []
        for label in text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false) {
            guard (1...labelByteCountMax).contains(label.count) else { return nil }
            labels.append(UInt8(label.count))
            labels += label
        }
        return labels
    }

    /// A whole name in wire form, as people write it; a point within a label has a `\` in front.
    public static func text(of name: [UInt8]) -> [UInt8] {
        var text: [UInt8] = []
        var rest = name[...]
        while let length = rest.popFirst(), length > 0 {
            if !text.isEmpty { text.append(UInt8(ascii: ".")) }
            for byte in rest.prefix(Int(length)) {
                if byte == UInt8(ascii: ".") { text.append(UInt8(ascii: "\\")) }
                text.append(byte)
            }
            rest = rest.dropFirst(Int(length))
        }
        return text
    }

    /// Reads the name at `offset` of a whole message, and tells where what follows it begins.
    ///
    /// A pointer must lead to before the part that has it, so that every chain of them ends.
    static func read(in message: [UInt8], at offset: Int) throws(WireError) -> (name: [UInt8], end: Int) {
        var name: [UInt8] = []
        var position = offset
        var partStart = offset
        var bound = message.count
        var end: Int?
        while true {
            guard position < bound else { throw .truncated }
            let length = Int(message[position])
            if length & 0xC0 == 0xC0 {
                guard position + 1 < bound else { throw .truncated }
                let target = (length & 0x3F) << 8 | Int(message[position + 1])
                guard target < partStart else { throw .invalidField }
                end = end ?? position + 2
                (bound, position, partStart) = (partStart, target, target)
                continue
            }
            guard length & 0xC0 == 0 else { throw .invalidField }
            guard position + 1 + length <= bound else { throw .truncated }
            name += message[position...(position + length)]
            guard name.count <= byteCountMax else { throw .lengthOutOfRange }
            position += 1 + length
            if length == 0 { return (name, end ?? position) }
        }
    }
}

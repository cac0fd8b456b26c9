/// One armoured block of a PEM file (RFC 7468 §2), its armour included.
struct TLSPEMBlock {
    /// What stands after `BEGIN`.
    let label: String
    /// The line of `BEGIN`, from 1.
    let line: Int
    /// From the first byte of `BEGIN` to the end of the line of `END`.
    let bytes: ArraySlice<UInt8>

    /// The largest file that is looked into: far more than all public authorities together.
    static let fileByteCountMax = 4 << 20

    /// The blocks of `file` in their order; text between them is skipped.
    static func all(of file: TLSFile) throws(TLSContextError) -> [TLSPEMBlock] {
        guard file.bytes.count <= fileByteCountMax else {
            throw TLSContextError(file: file.name, reason: .tooLong(byteCount: file.bytes.count))
        }
        var blocks: [TLSPEMBlock] = []
        var begun: (label: String, line: Int, start: Int)?
        var number = 0
        for line in file.bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            number += 1
            if let open = begun {
                guard label(of: line, after: "-----END ") == open.label else { continue }
                let bytes = file.bytes[open.start..<line.endIndex]
                blocks.append(TLSPEMBlock(label: open.label, line: open.line, bytes: bytes))
                begun = nil
            } else if let label = label(of: line, after: "-----BEGIN ") {
                begun = (label, number, line.startIndex)
            }
        }
        if let begun { throw TLSContextError(file: file.name, reason: .unreadable(line: begun.line)) }
        return blocks
    }

    /// What an armour line that begins with `beginning` names; nil for other lines.
    private static func label(of line: ArraySlice<UInt8>, after beginning: String) -> String? {
        var line = line
        while let last = line.last, last == UInt8(ascii: "\r") || last == UInt8(ascii: " ") { line.removeLast() }
        let dashes = Array("-----".utf8)
        guard line.starts(with: beginning.utf8), line.count >= beginning.utf8.count + dashes.count,
            line.suffix(dashes.count).elementsEqual(dashes)
        else { return nil }
        return String(decoding: line.dropFirst(beginning.utf8.count).dropLast(dashes.count), as: UTF8.self)
    }
}

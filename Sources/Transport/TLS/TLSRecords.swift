/// Where records of TLS end (RFC 8446 §5.1).
enum TLSRecords {
    private static let headerByteCount = 5
    private static let contentTypes: ClosedRange<UInt8> = 20...24
    private static let versionMajor: UInt8 = 3
    /// Of a protected record (§5.2).
    private static let byteCountMax = (16 << 10) + 256

    /// How many bytes the whole records at the start of `bytes` take; all bytes where they are no records, for the
    /// session to say what is wrong with them.
    static func wholeByteCount(of bytes: [UInt8]) -> Int {
        var end = 0
        while end < bytes.count {
            guard isHeader(bytes[end...].prefix(headerByteCount)) else { return bytes.count }
            guard bytes.count - end >= headerByteCount else { return end }
            let byteCount = Int(bytes[end + 3]) << 8 | Int(bytes[end + 4])
            guard byteCount <= byteCountMax else { return bytes.count }
            guard bytes.count - end >= headerByteCount + byteCount else { return end }
            end += headerByteCount + byteCount
        }
        return end
    }

    /// Whether a record may begin with `bytes`, one to five of them.
    private static func isHeader(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard let type = bytes.first, contentTypes.contains(type) else { return false }
        return bytes.dropFirst().first.map { $0 == versionMajor } ?? true
    }
}

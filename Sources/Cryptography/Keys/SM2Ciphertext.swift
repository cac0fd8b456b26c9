/// The parts of an SM2 ciphertext (GB/T 32918.4-2016 §6.1), and the three forms in which they are found.
struct SM2Ciphertext {
    /// C1: the coordinates of the point, 32 bytes each.
    let x: [UInt8]
    let y: [UInt8]
    /// C3: 32 bytes.
    let hash: [UInt8]
    /// C2: as long as the plaintext.
    let enciphered: [UInt8]

    private static let fieldByteCount = Curve.sm2.fieldByteCount
    private static let hashByteCount = 32

    enum Order {
        /// C1‖C3‖C2, which GB/T 32918 has today.
        case hashFirst
        /// C1‖C2‖C3, which drafts of it had.
        case hashLast
    }

    /// Reads the bare form with C1 = 04 ‖ x ‖ y. Throws when C2 would be empty or C1 begins otherwise.
    init(raw: [UInt8], _ order: Order) throws(KeyError) {
        let pointByteCount = 1 + 2 * Self.fieldByteCount
        guard raw.first == 4, raw.count > pointByteCount + Self.hashByteCount else { throw .malformed }
        x = Array(raw[1...Self.fieldByteCount])
        y = Array(raw[(1 + Self.fieldByteCount)..<pointByteCount])
        let rest = raw[pointByteCount...]
        switch order {
        case .hashFirst:
            hash = Array(rest.prefix(Self.hashByteCount))
            enciphered = Array(rest.dropFirst(Self.hashByteCount))
        case .hashLast:
            hash = Array(rest.suffix(Self.hashByteCount))
            enciphered = Array(rest.dropLast(Self.hashByteCount))
        }
    }

    /// Reads SEQUENCE { x, y, hash, enciphered } (GB/T 35276-2017 §7.2).
    init(der: [UInt8]) throws(KeyError) {
        var reader = DERReader(der)
        var fields = try reader.sequence()
        try reader.end()
        let x = try fields.unsignedInteger()
        let y = try fields.unsignedInteger()
        hash = try fields.octetString()
        enciphered = try fields.octetString()
        try fields.end()
        guard let x = x.unsigned(byteCount: Self.fieldByteCount), let y = y.unsigned(byteCount: Self.fieldByteCount),
            hash.count == Self.hashByteCount, !enciphered.isEmpty
        else { throw .malformed }
        self.x = x
        self.y = y
    }

    /// C1‖C3‖C2.
    var raw: [UInt8] { [4] + x + y + hash + enciphered }

    var der: [UInt8] {
        DERWriter.sequence([
            DERWriter.unsignedInteger(x), DERWriter.unsignedInteger(y), DERWriter.octetString(hash),
            DERWriter.octetString(enciphered),
        ])
    }
}

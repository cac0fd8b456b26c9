/// Numbers of keys: big-endian in two's complement with a length in front (data-model.md §6.1). In memory they are
/// unsigned and without leading zeros.
extension WireReader {
    /// Reads a number in two's complement, as an unsigned one without leading zeros.
    mutating func unsignedNumber() throws(WireError) -> [UInt8] {
        Array(try lengthPrefixedBytes().drop { $0 == 0 })
    }
}

extension WireWriter {
    /// Appends an unsigned number in two's complement: a zero octet comes first when its top bit is set, or it is 0.
    mutating func unsignedNumber(_ number: [UInt8]) {
        let needsZero = number.first.map { $0 >= 0x80 } ?? true
        lengthPrefixedBytes(needsZero ? [0] + number : number)
    }
}

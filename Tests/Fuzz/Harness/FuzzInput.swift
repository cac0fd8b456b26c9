/// One input, read from its front: first the numbers that choose what is done, then the bytes it is done with.
///
/// Reading behind the end gives zeros and no bytes, so that every input means something.
struct FuzzInput {
    private var rest: ArraySlice<UInt8>

    init(_ address: UnsafePointer<UInt8>?, _ count: Int) {
        rest = Array(UnsafeBufferPointer(start: address, count: count))[...]
    }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func uint8() -> UInt8 { rest.popFirst() ?? 0 }

    mutating func uint16() -> UInt16 { UInt16(uint8()) << 8 | UInt16(uint8()) }

    mutating func uint32() -> UInt32 { UInt32(uint16()) << 16 | UInt32(uint16()) }

    /// A number below `bound`.
    mutating func below(_ bound: Int) -> Int { Int(uint8()) % bound }

    /// Bytes behind a length of two octets; fewer where the input ends.
    mutating func piece() -> [UInt8] {
        let count = min(Int(uint16()), rest.count)
        defer { rest = rest.dropFirst(count) }
        return Array(rest.prefix(count))
    }

    /// All that is left.
    mutating func remainder() -> [UInt8] {
        defer { rest = [] }
        return Array(rest)
    }
}

import Testing

@testable import Cryptography

@Suite struct DERReaderTests {
    @Test(arguments: [0, 1, 127, 128, 255, 256, 65_535, 65_536])
    func lengthsComeBack(_ byteCount: Int) throws {
        let contents = [UInt8](repeating: 7, count: byteCount)
        var reader = DERReader(DERWriter.octetString(contents))
        #expect(try reader.octetString() == contents)
        #expect(reader.isAtEnd)
    }

    @Test(arguments: [
        ("00", "020100"), ("", "020100"), ("7f", "02017f"), ("80", "02020080"), ("0000ff", "020200ff"),
        ("0100", "02020100"),
    ])
    func numbersHaveOneForm(_ number: String, _ der: String) throws {
        #expect(hex(DERWriter.unsignedInteger(bytes(number))) == der)
        var reader = DERReader(bytes(der))
        let digits = Array(bytes(number).drop { $0 == 0 })
        #expect(try reader.unsignedInteger() == (digits.isEmpty ? [0] : digits))
    }

    @Test func aNumberThatIsSteppedOverIsAsOneThatIsRead() throws {
        var reader = DERReader(bytes("02020080020105"))
        try reader.skipUnsignedInteger()
        #expect(try reader.unsignedInteger() == [5])
        var negative = DERReader(bytes("0201ff"))
        #expect(throws: KeyError.malformed) { try negative.skipUnsignedInteger() }
    }

    /// Negative, empty, with a zero too many, cut, of another tag.
    @Test(arguments: ["0201ff", "0200", "02020001", "0203000080", "020201", "02", "", "040100"])
    func numbersThatAreNoneAreRefused(_ der: String) {
        var reader = DERReader(bytes(der))
        #expect(throws: KeyError.malformed) { try reader.unsignedInteger() }
    }

    /// Longer than needed, indefinite, cut, more than three octets of length, and more contents than there are.
    @Test(arguments: [
        "048101aa", "04820001aa", "0480aa0000", "0481", "048401000000", "0484", "04ff", "0403aaaa", "0483ffffff",
    ])
    func lengthsThatAreNoneAreRefused(_ der: String) {
        var reader = DERReader(bytes(der))
        #expect(throws: KeyError.malformed) { try reader.octetString() }
    }

    @Test func whatFollowsIsSeen() throws {
        var reader = DERReader(bytes("3003 0401aa 0500"))
        var inner = try reader.sequence()
        #expect(try inner.octetString() == [0xAA])
        try inner.end()
        #expect(reader.nextTag == DERTag.null)
        #expect(throws: KeyError.malformed) { try reader.end() }
        try reader.null()
        try reader.end()
        #expect(reader.nextTag == nil)
    }

    @Test func bitStringsAreOfWholeOctets() throws {
        var reader = DERReader(bytes("030200aa 030204a0 0300"))
        #expect(try reader.bitString() == [0xAA])
        #expect(throws: KeyError.malformed) { try reader.bitString() }
        #expect(throws: KeyError.malformed) { try reader.bitString() }
    }

    @Test(arguments: [
        ("2a864886f70d010101", "1.2.840.113549.1.1.1"), ("2b6570", "1.3.101.112"), ("883703", "2.999.3"),
        ("2a811ccf5501822d", "1.2.156.10197.1.301"), ("2a86", "0x2a_86"),
        ("2affffffffffffffffffff7f", "0x2a_ff_ff_ff_ff_ff_ff_ff_ff_ff_ff_7f"),
    ])
    func identifiersAreSaidAsUsual(_ contents: String, _ text: String) {
        #expect(ASN1ObjectIdentifier(bytes: bytes(contents)).description == text)
    }
}

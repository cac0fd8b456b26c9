/// Identifier octets of the elements that keys and signatures are made of (X.690 §8.1.2).
enum DERTag {
    static let integer: UInt8 = 0x02
    static let bitString: UInt8 = 0x03
    static let octetString: UInt8 = 0x04
    static let null: UInt8 = 0x05
    static let objectIdentifier: UInt8 = 0x06
    static let sequence: UInt8 = 0x30
    static let context: UInt8 = 0x80
    static let constructed: UInt8 = 0x20
}

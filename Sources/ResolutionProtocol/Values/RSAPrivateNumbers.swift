/// The eight numbers of an RSA key that holds its primes (RFC 8017 §3.2), unsigned, big-endian, without leading zeros.
public struct RSAPrivateNumbers: Hashable, Sendable {
    /// n.
    public var modulus: [UInt8]
    /// e.
    public var publicExponent: [UInt8]
    /// d.
    public var privateExponent: [UInt8]
    /// p.
    public var prime1: [UInt8]
    /// q.
    public var prime2: [UInt8]
    /// d mod (p - 1).
    public var exponent1: [UInt8]
    /// d mod (q - 1).
    public var exponent2: [UInt8]
    /// The inverse of q modulo p.
    public var coefficient: [UInt8]

    /// Puts a key's numbers together.
    public init(
        modulus: [UInt8],
        publicExponent: [UInt8],
        privateExponent: [UInt8],
        prime1: [UInt8],
        prime2: [UInt8],
        exponent1: [UInt8],
        exponent2: [UInt8],
        coefficient: [UInt8]
    ) {
        self.modulus = modulus
        self.publicExponent = publicExponent
        self.privateExponent = privateExponent
        self.prime1 = prime1
        self.prime2 = prime2
        self.exponent1 = exponent1
        self.exponent2 = exponent2
        self.coefficient = coefficient
    }

    /// Reads the numbers in the order of `RSA_PRIVCRT_KEY`.
    init(from reader: inout WireReader) throws(WireError) {
        modulus = try reader.unsignedNumber()
        publicExponent = try reader.unsignedNumber()
        privateExponent = try reader.unsignedNumber()
        prime1 = try reader.unsignedNumber()
        prime2 = try reader.unsignedNumber()
        exponent1 = try reader.unsignedNumber()
        exponent2 = try reader.unsignedNumber()
        coefficient = try reader.unsignedNumber()
    }

    /// Writes the numbers in the order of `RSA_PRIVCRT_KEY`.
    func write(to writer: inout WireWriter) {
        let numbers = [
            modulus, publicExponent, privateExponent, prime1, prime2, exponent1, exponent2, coefficient,
        ]
        for number in numbers { writer.unsignedNumber(number) }
    }
}

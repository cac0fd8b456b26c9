/// The password that PBKDF2 is given for the octets of a passphrase or secret (data-model.md §6.2).
enum DerivationPassword {
    /// Each octet as the character of that number, in UTF-8: the reference software encodes twice. ASCII stays as it
    /// is.
    static func reencoded(_ octets: [UInt8]) -> [UInt8] {
        var password: [UInt8] = []
        password.reserveCapacity(octets.count * 2)
        for octet in octets {
            if octet < 0x80 {
                password.append(octet)
            } else {
                password += [0xC0 | octet >> 6, 0x80 | octet & 0x3F]
            }
        }
        return password
    }
}

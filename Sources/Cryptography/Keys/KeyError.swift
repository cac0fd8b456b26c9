/// Why bytes are no key that can be used.
public enum KeyError: Error, Hashable, Sendable {
    /// Not the form it should have, or numbers that no key has (an even modulus, a point off the curve).
    case malformed
    /// Well formed, but of an algorithm, a curve or a size that is not taken; the text names it.
    case unsupported(String)
    /// Encrypted, and no passphrase was given.
    case passphraseNeeded
    /// Encrypted, and not with this passphrase.
    case wrongPassphrase
    /// Fewer bits than asked for.
    case weak(bitCount: Int)
    /// The library failed.
    case library(OpenSSLError)

    /// Runs `body`, and turns the library's error into this one.
    static func wrapping<Result: ~Copyable>(
        _ body: () throws(OpenSSLError) -> Result
    ) throws(KeyError) -> Result {
        do throws(OpenSSLError) {
            return try body()
        } catch {
            throw .library(error)
        }
    }
}

extension KeyError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .malformed: "not a well-formed key"
        case .unsupported(let what): "\(what) is not supported"
        case .passphraseNeeded: "the key is encrypted and needs a passphrase"
        case .wrongPassphrase: "the passphrase is wrong"
        case .weak(let bitCount): "\(bitCount) bits are too few"
        case .library(let error): "\(error)"
        }
    }
}

public import Cryptography

/// Why a key file does not open.
public enum KeyFileError: Error, Hashable, Sendable {
    /// It is encrypted, and no passphrase was given.
    case needsPassphrase
    /// It is encrypted, and not with this passphrase.
    case wrongPassphrase
    /// It is no key in any form that is known.
    case notAKeyFile
    /// It holds a public key.
    case publicKeyFile
    /// It asks for more rounds of key derivation than the bound, or for none.
    case iterationCountOutOfBounds(UInt32)
    /// It opens, and the key in it cannot be used.
    case key(KeyError)
    /// The key has no form in such a file: EC, Ed25519 and SM2 keys go into PEM.
    case noSuchForm
    /// The library failed.
    case library(OpenSSLError)

    static func wrapping<Result>(_ body: () throws(OpenSSLError) -> Result) throws(KeyFileError) -> Result {
        do throws(OpenSSLError) {
            return try body()
        } catch {
            throw .library(error)
        }
    }

    static func wrappingKey<Result>(_ body: () throws(KeyError) -> Result) throws(KeyFileError) -> Result {
        do throws(KeyError) {
            return try body()
        } catch {
            throw KeyFileError(error)
        }
    }

    /// The same in words of files.
    init(_ error: KeyError) {
        self =
            switch error {
            case .passphraseNeeded: .needsPassphrase
            case .wrongPassphrase: .wrongPassphrase
            default: .key(error)
            }
    }
}

extension KeyFileError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .needsPassphrase: "the key is encrypted and needs a passphrase"
        case .wrongPassphrase: "the passphrase is wrong"
        case .notAKeyFile: "this is no key file"
        case .publicKeyFile: "this is a public key, where a private one is needed"
        case .iterationCountOutOfBounds(let count): "\(count) rounds of key derivation are out of bounds"
        case .key(let error): "\(error)"
        case .noSuchForm: "a key of this kind has no form in such a file; PEM has one"
        case .library(let error): "\(error)"
        }
    }
}

internal import Authentication
internal import Cryptography
internal import ResolutionProtocol

/// Reads key files, and says what is wrong with one.
enum KeyOpening {
    /// The private key in the file at `path`, with the passphrase in another where it is encrypted.
    static func privateKey(_ path: String, passphraseFile: String?) throws(CommandFailure) -> PrivateKey {
        let bytes = try SecretFile.read(path)
        let passphrase = try passphraseFile.map { (file) throws(CommandFailure) in try SecretFile.readLine(file) }
        do throws(KeyFileError) {
            return try PrivateKeyFile.open(bytes, passphrase: passphrase)
        } catch {
            throw CommandFailure(.unusableKey(path, error))
        }
    }

    /// The public key in the file at `path`, in the form in which it is registered.
    static func registeredKey(_ path: String) throws(CommandFailure) -> [UInt8] {
        let bytes = try SmallFile.read(path)
        guard let form = try? PublicKey.registered(bytes).registeredForm() else {
            throw CommandFailure(.notAPublicKey(path))
        }
        return form
    }
}

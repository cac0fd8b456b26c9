internal import Authentication
internal import Console
internal import Cryptography
internal import ResolutionClient
internal import ResolutionProtocol

/// Reads keys and secrets, and says what is wrong with one.
enum SecretFile {
    /// The secret in the file at `path`: all of it but a line end behind it.
    static func line(_ path: String) throws(LoadError) -> [UInt8] {
        let line = try read(path) { () throws(SecretBytes.Failure) in try SecretBytes.line(at: path) }
        guard !line.isEmpty else { throw LoadError(.emptySecret(path)) }
        return line
    }

    /// The private key in the file at `path`, with the passphrase in another where it is encrypted.
    static func privateKey(_ path: String, passphraseFile: String?) throws(LoadError) -> PrivateKey {
        let bytes = try read(path) { () throws(SecretBytes.Failure) in try SecretBytes.all(at: path) }
        let passphrase = try passphraseFile.map { file throws(LoadError) in try line(file) }
        do throws(KeyFileError) {
            return try PrivateKeyFile.open(bytes, passphrase: passphrase)
        } catch {
            throw LoadError(.unusableKey(path, error))
        }
    }

    private static func read(
        _ path: String,
        _ body: () throws(SecretBytes.Failure) -> [UInt8]
    ) throws(LoadError) -> [UInt8] {
        do throws(SecretBytes.Failure) {
            return try body()
        } catch {
            switch error {
            case .unreadable(let errorNumber): throw LoadError(.cannotRead(file: path, errorNumber: errorNumber))
            case .readableByOthers: throw LoadError(.readableByOthers(path), exitCode: .notPermitted)
            }
        }
    }
}

/// Why a `TLSContext` cannot be made: the file and what is wrong with it.
public struct TLSContextError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong. Lines count from 1 and are those on which a PEM block begins; times are Unix seconds.
    public enum Reason: Hashable, Sendable {
        /// Longer than any such file is.
        case tooLong(byteCount: Int)
        /// Holds no PEM block of that kind ("CERTIFICATE", "PRIVATE KEY").
        case missing(label: String)
        /// A PEM block that does not end, or whose content is not what its label says.
        case unreadable(line: Int)
        /// The certificate's time has passed.
        case expired(line: Int, unixSeconds: Int64)
        /// The certificate's time has not come.
        case notYetValid(line: Int, unixSeconds: Int64)
        /// The key is not that of the certificate in the other file.
        case keyDoesNotMatch(certificates: String)
        /// The key needs a passphrase.
        case keyIsEncrypted(line: Int)
        /// No name that a certificate could carry: empty, longer than 253 bytes, or with a NUL in it.
        case serverName(String)
        /// The library does not take it: a weak key, say.
        case refused(OpenSSLError)
    }

    /// The file's name, as the caller gave it; empty where no file is at fault.
    public let file: String
    /// What is wrong with it.
    public let reason: Reason

    public var description: String {
        file.isEmpty ? "\(reason)" : "\(file): \(reason)"
    }
}

extension TLSContextError.Reason: CustomStringConvertible {
    public var description: String {
        switch self {
        case .tooLong(let byteCount): "too long (\(byteCount) bytes)"
        case .missing(let label): "holds no PEM block of a \(label)"
        case .unreadable(let line): "the PEM block at line \(line) cannot be read"
        case .expired(let line, let time): "the certificate at line \(line) has expired (Unix time \(time))"
        case .notYetValid(let line, let time): "the certificate at line \(line) is not valid before Unix time \(time)"
        case .keyDoesNotMatch(let certificates): "not the key of the certificate in \(certificates)"
        case .keyIsEncrypted(let line): "the key at line \(line) is encrypted"
        case .serverName(let name): "not a server's name: \"\(name)\""
        case .refused(let error): "refused: \(error)"
        }
    }
}

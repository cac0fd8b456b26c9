public import Cryptography
public import ResolutionProtocol

/// Why a proof, a signature or a message in a session is not even judged. A proof that is judged and wrong is no
/// refusal.
public enum ProofRefusal: Error, Hashable, Sendable {
    /// Not the layout it should have, or numbers that none has.
    case malformed
    /// An algorithm that is not known: its name or octet.
    case unknownAlgorithm([UInt8])
    /// An algorithm that does not go with the kind of the key.
    case unsuitableAlgorithm([UInt8])
    /// Weaker than the policy allows.
    case weak(AlgorithmWeakness)
    /// More rounds or bytes of derivation than the bounds allow.
    case tooMuchWork
    /// A version whose layout is not supported here (2.5 and 2.6 in sessions, 2.6 in signatures).
    case unsupportedVersion(ProtocolVersion)
    /// No credential, or one of another type.
    case noCredential
    /// Not encrypted with this key.
    case undecryptable
    /// The library failed.
    case library(OpenSSLError)

    /// Runs `body`, and turns the library's error into this one.
    static func wrapping<Result>(_ body: () throws(OpenSSLError) -> Result) throws(ProofRefusal) -> Result {
        do throws(OpenSSLError) {
            return try body()
        } catch {
            throw .library(error)
        }
    }
}

extension ProofRefusal: CustomStringConvertible {
    public var description: String {
        switch self {
        case .malformed: "malformed"
        case .unknownAlgorithm(let name): "algorithm \(Self.printable(name)) is not known"
        case .unsuitableAlgorithm(let name): "algorithm \(Self.printable(name)) does not go with the key"
        case .weak(let weakness): "\(weakness) is too weak"
        case .tooMuchWork: "more rounds or bytes of derivation than are allowed"
        case .unsupportedVersion(let version): "version \(version) is not supported for this"
        case .noCredential: "no credential of the type needed"
        case .undecryptable: "not encrypted with this key"
        case .library(let error): "\(error)"
        }
    }

    /// A name off the wire may be any bytes: the short plain ones are shown, of others their number.
    private static func printable(_ name: [UInt8]) -> String {
        guard name.count <= 32, name.allSatisfy({ 0x20..<0x7F ~= $0 }) else { return "of \(name.count) bytes" }
        return String(decoding: name, as: UTF8.self)
    }
}

internal import Cryptography
internal import ResolutionProtocol

/// The cipher of a session, by its number on the wire (security.md §7.1).
public enum SessionCipher: UInt32, Sendable, CaseIterable {
    /// DES; for old peers only.
    case des = 1
    /// Triple DES.
    case tripleDES = 2
    /// AES-128; the default.
    case aes = 3
    /// SM4, of the national SDK.
    case sm4 = 4

    /// Bytes of a key that one side makes up.
    public var keyByteCount: Int {
        switch self {
        case .des: 8
        case .tripleDES: 24
        case .aes, .sm4: 16
        }
    }

    /// Whether the keys' octets have odd parity.
    var hasParity: Bool { self == .des || self == .tripleDES }

    /// The cipher and its mode in messages of `version`.
    func cipher(for version: ProtocolVersion) -> Cipher {
        let isChained = version >= ProtocolVersion(2, 4)
        return switch self {
        case .des: isChained ? .desCBC : .desECB
        case .tripleDES: isChained ? .tripleDESCBC : .tripleDESECB
        case .aes: isChained ? .aes128CBC : .aes128ECB
        case .sm4: .sm4CBC
        }
    }

    /// `bytes` with odd parity in each octet, where this cipher's keys have it.
    func withParity(_ bytes: [UInt8]) -> [UInt8] {
        guard hasParity else { return bytes }
        return bytes.map { $0 & 0xFE | UInt8(truncatingIfNeeded: ($0 & 0xFE).nonzeroBitCount + 1) & 1 }
    }
}

/// The version in which a message is encoded (wire.md §7).
public struct ProtocolVersion: Hashable, Comparable, Sendable, BitwiseCopyable {
    /// Major number; 5 is what clients older than 2.0 write.
    public var major: UInt8
    /// Minor number.
    public var minor: UInt8

    /// Version `major.minor`.
    @inlinable
    public init(_ major: UInt8, _ minor: UInt8) {
        self.major = major
        self.minor = minor
    }

    /// What we speak at most and advertise.
    public static let newest = ProtocolVersion(2, 11)
    /// What a client uses towards a server of which it knows no site record.
    public static let compatible = ProtocolVersion(2, 3)

    /// Position in the order of versions: major 5 ranks below 2.1 (wire.md §7 rule 4).
    @inlinable
    var rank: UInt16 { major == 5 ? UInt16(minor) : UInt16(major) << 8 | UInt16(minor) }

    @inlinable
    public static func < (a: ProtocolVersion, b: ProtocolVersion) -> Bool { a.rank < b.rank }

    /// Whether messages of this version have a layout that we know: 2.0 to 2.11, 3.0, and 5.x of old clients.
    @inlinable
    public var isKnown: Bool {
        switch major {
        case 2: minor <= 11
        case 3: minor == 0
        case 5: true
        default: false
        }
    }

    /// The digest with which a response of this version repeats its request (wire.md §4.2).
    public var requestDigestAlgorithm: DigestAlgorithm {
        if self >= ProtocolVersion(2, 7) { return .sha256 }
        return hasDigestOctet ? .sha1 : .md5
    }

    /// Whether a request digest begins with the octet of its algorithm; before 2.1 it is a plain field.
    public var hasDigestOctet: Bool { self >= ProtocolVersion(2, 1) }
}

extension ProtocolVersion: CustomStringConvertible {
    public var description: String { "\(major).\(minor)" }
}

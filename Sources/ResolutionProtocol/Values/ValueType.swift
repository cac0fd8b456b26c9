/// The types that the protocol itself knows, and how a requested type selects (data-model.md §2.2, §3).
public enum ValueType {
    /// Administrator.
    public static let admin = Array("HS_ADMIN".utf8)
    /// Site of the service for identifiers under the prefix.
    public static let site = Array("HS_SITE".utf8)
    /// The same, reachable by IPv6.
    public static let siteIPv6 = Array("HS_SITE.6".utf8)
    /// Site of the service for derived prefixes.
    public static let sitePrefix = Array("HS_SITE.PREFIX".utf8)
    /// Old name of `sitePrefix`.
    public static let prefixDelegate = Array("HS_NA_DELEGATE".utf8)
    /// Name of a service identifier.
    public static let service = Array("HS_SERV".utf8)
    /// Name of a service identifier for derived prefixes.
    public static let servicePrefix = Array("HS_SERV.PREFIX".utf8)
    /// Another identifier's name.
    public static let alias = Array("HS_ALIAS".utf8)
    /// A list of administrators.
    public static let valueList = Array("HS_VLIST".utf8)
    /// Public key.
    public static let publicKey = Array("HS_PUBKEY".utf8)
    /// Secret key; never leaves the node.
    public static let secretKey = Array("HS_SECKEY".utf8)
    /// Description of a namespace.
    public static let namespace = Array("HS_NAMESPACE".utf8)

    /// Whether `requested` selects a value of `type`: equal but for ASCII case, or, with a full stop at its end, that
    /// type and all below it.
    @inlinable
    public static func selects(_ requested: RawSpan, _ type: RawSpan) -> Bool {
        let last = requested.byteCount - 1
        guard last >= 0 else { return false }
        guard requested.unsafeLoad(fromByteOffset: last, as: UInt8.self) == UInt8(ascii: ".") else {
            return ASCIIFolding.areEqual(requested, type)
        }
        guard last > 0, type.byteCount >= last else { return false }
        guard ASCIIFolding.areEqual(requested.extracting(0..<last), type.extracting(0..<last)) else { return false }
        return type.byteCount == last || type.unsafeLoad(fromByteOffset: last, as: UInt8.self) == UInt8(ascii: ".")
    }

    /// Whether a value of `type` is a secret key, subtypes included: such a value is never sent.
    @inlinable
    static func isSecret(_ type: RawSpan) -> Bool {
        guard type.byteCount >= 9 else { return false }
        // "HS_SECKE" and "Y", in any case: a quick word first, as this runs for each value of each answer.
        let head = type.unsafeLoadUnaligned(fromByteOffset: 0, as: UInt64.self).bigEndian
        guard ASCIIFolding.uppercased(word: head) == 0x4853_5F53_4543_4B45 else { return false }
        guard ASCIIFolding.uppercased(type.unsafeLoad(fromByteOffset: 8, as: UInt8.self)) == UInt8(ascii: "Y") else {
            return false
        }
        return type.byteCount == 9 || type.unsafeLoad(fromByteOffset: 9, as: UInt8.self) == UInt8(ascii: ".")
    }
}

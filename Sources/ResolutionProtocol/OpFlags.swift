/// The flags of a header (wire.md §4.1).
public struct OpFlags: OptionSet, Hashable, Sendable, BitwiseCopyable {
    public let rawValue: UInt32
    @inlinable
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// AT: no caches, primary sites only; in a response: the answering site is primary.
    public static let authoritative = OpFlags(rawValue: 0x8000_0000)
    /// CT: sign the response.
    public static let certify = OpFlags(rawValue: 0x4000_0000)
    /// ENC: encrypt the response.
    public static let encrypt = OpFlags(rawValue: 0x2000_0000)
    /// REC: the server may recurse.
    public static let recursive = OpFlags(rawValue: 0x1000_0000)
    /// CA: a cache may sign the response.
    public static let cacheCertify = OpFlags(rawValue: 0x0800_0000)
    /// CN: more response messages follow.
    public static let continued = OpFlags(rawValue: 0x0400_0000)
    /// KC: keep the connection.
    public static let keepConnection = OpFlags(rawValue: 0x0200_0000)
    /// PO: only what everyone may read.
    public static let publicOnly = OpFlags(rawValue: 0x0100_0000)
    /// RD: the response begins with a digest of the request.
    public static let requestDigest = OpFlags(rawValue: 0x0080_0000)
    /// OVRW: what exists may be overwritten.
    public static let overwrite = OpFlags(rawValue: 0x0040_0000)
    /// MINT: the server makes the suffix up.
    public static let mintSuffix = OpFlags(rawValue: 0x0020_0000)
    /// DNRF: no referral.
    public static let doNotRefer = OpFlags(rawValue: 0x0010_0000)
    /// The caller's identity goes on to the next server (national SDK).
    public static let forwardIdentity = OpFlags(rawValue: 0x0000_0004)

    /// Ours, in a response: its time is over, and nothing newer is to be had (docs/protocol-extensions.md).
    public static let stale = OpFlags(rawValue: 0x0000_8000)

    /// What a client sets unless told otherwise: CA, REC, PO.
    public static let requestDefault: OpFlags = [.cacheCertify, .recursive, .publicOnly]
    /// What a response repeats of its request (wire.md §4.1).
    public static let echoed: OpFlags = [
        .authoritative, .certify, .encrypt, .cacheCertify, .publicOnly, .overwrite, .mintSuffix, .doNotRefer,
    ]
}

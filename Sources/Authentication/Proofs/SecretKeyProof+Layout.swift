internal import Cryptography
public import ResolutionProtocol

extension SecretKeyProof: WireCodable {
    public static var byteCountMin: Int { Digest.md5.byteCount }

    /// Reads to the end of the answer. Sixteen octets are MD5 without a tag: every other form has another length.
    public init(from reader: inout WireReader) throws(WireError) {
        guard reader.remaining != Digest.md5.byteCount else {
            let code = try reader.bytes(byteCount: reader.remaining)
            self = .keyedDigest(.md5, isTagged: false, code: code)
            return
        }
        switch try reader.uint8() {
        case 0x01: self = .keyedDigest(.md5, isTagged: true, code: try reader.restOfProof(.md5))
        case 0x02: self = .keyedDigest(.sha1, isTagged: true, code: try reader.restOfProof(.sha1))
        case 0x03: self = .keyedDigest(.sha256, isTagged: true, code: try reader.restOfProof(.sha256))
        case 0x12: self = .hmac(.sha1, code: try reader.restOfProof(.sha1))
        case 0x13: self = .hmac(.sha256, code: try reader.restOfProof(.sha256))
        case 0x22: self = .derived(try DerivedKeyProof(from: &reader))
        default: throw .invalidField
        }
    }

    public func write(to writer: inout WireWriter) {
        switch self {
        case .keyedDigest(let digest, let isTagged, let code):
            if isTagged { writer.uint8(Self.octet(of: digest)) }
            writer.bytes(code)
        case .hmac(let digest, let code):
            writer.uint8(0x10 | Self.octet(of: digest))
            writer.bytes(code)
        case .derived(let proof):
            writer.uint8(0x22)
            proof.write(to: &writer)
        }
    }

    /// The octet that names a digest (security.md §1); SM3 has none, and no proof of a secret has it.
    private static func octet(of digest: Digest) -> UInt8 {
        switch digest {
        case .md5: 0x01
        case .sha1: 0x02
        case .sha256, .sm3: 0x03
        }
    }
}

extension DerivedKeyProof {
    init(from reader: inout WireReader) throws(WireError) {
        salt = try reader.lengthPrefixedBytes()
        iterationCount = try reader.uint32()
        keyBitCount = try reader.uint32()
        code = try reader.lengthPrefixedBytes()
        guard code.count == Digest.sha1.byteCount else { throw .invalidField }
    }

    func write(to writer: inout WireWriter) {
        writer.lengthPrefixedBytes(salt)
        writer.uint32(iterationCount)
        writer.uint32(keyBitCount)
        writer.lengthPrefixedBytes(code)
    }
}

extension WireReader {
    /// Reads a code of `digest` that is all there is.
    fileprivate mutating func restOfProof(_ digest: Digest) throws(WireError) -> [UInt8] {
        let code = try bytes(byteCount: digest.byteCount)
        try finish()
        return code
    }
}

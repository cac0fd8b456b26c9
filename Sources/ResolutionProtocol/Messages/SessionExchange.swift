/// How the two sides of a session come to one key, and what the client gives for it (security.md §7.1).
public enum SessionExchange: Hashable, Sendable {
    /// Mode 1: the server encrypts a key under this RSA key of the client, in the form of `PublicKeyRecord`.
    case clientKey([UInt8])
    /// Mode 2: the server answers with its RSA key, and the client sends a key with op 402.
    case serverKey
    /// Mode 3: the server encrypts a key under the client's registered key.
    case registeredKey(ValueReference)
    /// Mode 4: Diffie-Hellman; the client's half, in the form of `PublicKeyRecord`.
    case diffieHellman([UInt8])
    /// Another mode, and whatever follows it, the two bytes behind the last field included.
    case unknown(mode: UInt16, bytes: [UInt8])

    /// The mode's number on the wire.
    public var mode: UInt16 {
        switch self {
        case .clientKey: 1
        case .serverKey: 2
        case .registeredKey: 3
        case .diffieHellman: 4
        case .unknown(let mode, _): mode
        }
    }

    /// Reads the part of `mode`, to the end of the body.
    init(mode: UInt16, from reader: inout WireReader) throws(WireError) {
        switch mode {
        case 1: self = .clientKey(try reader.lengthPrefixedBytes())
        case 2: self = .serverKey
        case 3: self = .registeredKey(try ValueReference(from: &reader))
        case 4: self = .diffieHellman(try reader.lengthPrefixedBytes())
        default:
            self = .unknown(mode: mode, bytes: try reader.bytes(byteCount: reader.remaining))
            return
        }
        try reader.skipSessionTrailer()
    }

    /// Writes the part of the mode.
    func write(to writer: inout WireWriter) {
        switch self {
        case .clientKey(let key), .diffieHellman(let key): writer.lengthPrefixedBytes(key)
        case .serverKey: break
        case .registeredKey(let reference): reference.write(to: &writer)
        case .unknown(_, let bytes): return writer.bytes(bytes)
        }
        writer.sessionTrailer()
    }
}

extension WireReader {
    /// Steps over two bytes that belong to no field, where they are there: the reference software counts the mode of
    /// a session as four bytes and writes two.
    mutating func skipSessionTrailer() throws(WireError) {
        if remaining > 0 { try skip(2) }
    }
}

extension WireWriter {
    /// Appends the two bytes that `WireReader.skipSessionTrailer` steps over.
    mutating func sessionTrailer() { uint16(0) }
}

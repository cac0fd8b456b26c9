internal import Cryptography

extension [UInt8]? {
    /// These bytes, where somebody has given them; else `byteCount` random ones.
    func orRandom(_ byteCount: Int) throws(OpenSSLError) -> [UInt8] {
        if let bytes = self { return bytes }
        return try RandomBytes.make(count: byteCount)
    }
}

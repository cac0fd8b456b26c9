import VectorFiles

/// Bytes out of the copied vectors, for tests that need good input.
enum VectorSamples {
    /// Every `hex` of `categories`.
    static func messages(of categories: Set<String>) throws -> [[UInt8]] {
        try VectorFolder.files(in: VectorFolder.copiesPath).compactMap { try? $0.get() }
            .filter { categories.contains($0.category) }
            .flatMap(\.vectors)
            .compactMap { try? $0.get() }
            .compactMap { vector in
                guard case .string(let text)? = vector.members["hex"] else { return nil }
                return bytes(text)
            }
    }

    private static func bytes(_ hex: String) -> [UInt8]? {
        let digits = Array(hex.utf8)
        guard digits.count.isMultiple(of: 2) else { return nil }
        let octets = stride(from: 0, to: digits.count, by: 2).map {
            UInt8(String(decoding: digits[$0...($0 + 1)], as: UTF8.self), radix: 16)
        }
        return octets.contains(nil) ? nil : octets.compactMap { $0 }
    }
}

/// Bytes as people and protocols write them: two hexadecimal digits each.
public enum HexadecimalText {
    private static let digits = Array("0123456789abcdef".utf8)

    /// The digits of `bytes`, in lower case.
    public static func lowercased(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    }
}

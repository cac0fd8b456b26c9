/// The encodings that text files are read in.
package enum TextEncoding: String, CaseIterable, Sendable {
    /// With or without a byte order mark.
    case utf8 = "utf-8"
    /// The national encoding (GB 18030), and with it GBK and GB 2312.
    case gb18030
}

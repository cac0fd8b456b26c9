extension SocketAddress {
    /// The address of a site's server, 16 bytes with IPv4 behind twelve zeros (data-model.md §5); nil: another size.
    package init?(serverAddress bytes: [UInt8], port: UInt16) {
        guard bytes.count == 16 else { return nil }
        func word(_ range: Range<Int>) -> UInt64 { bytes[range].reduce(0) { $0 << 8 | UInt64($1) } }
        // ::1 begins with as many zeros, and 0.0.0.1 is nobody's address.
        if bytes.prefix(12).allSatisfy({ $0 == 0 }), word(12..<16) != 1 {
            self.init(ipv4: UInt32(truncatingIfNeeded: word(12..<16)), port: port)
        } else {
            self.init(ipv6High: word(0..<8), low: word(8..<16), port: port)
        }
    }
}

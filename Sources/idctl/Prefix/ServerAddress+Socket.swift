internal import EventLoop
internal import ResolutionProtocol

extension ServerAddress {
    /// The 16 bytes of `address`; IPv4 with 12 zero bytes in front.
    static func bytes(of address: SocketAddress) -> [UInt8] {
        guard address.isMapped else { return address.bytes }
        return Array(repeating: 0, count: 12) + address.bytes[12...]
    }
}

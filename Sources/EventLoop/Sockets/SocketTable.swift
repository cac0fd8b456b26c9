/// The kernel's tables of sockets, /proc/net/udp and its like: one line per socket, addresses in hexadecimal.
enum SocketTable {
    /// The inodes of the sockets in that table that stand in the way of binding `address`: same port, and either the
    /// same address or a wildcard on one of the sides.
    static func inodes(inFile path: String, conflictingWith address: SocketAddress) -> [UInt64] {
        inodes(in: ProcessFiles.text(path), conflictingWith: address)
    }

    /// The same, of the table's text.
    static func inodes(in table: String, conflictingWith address: SocketAddress) -> [UInt64] {
        table.split(separator: "\n").dropFirst().compactMap { line in
            let fields = line.split(separator: " ", omittingEmptySubsequences: true)
            guard fields.count > 9, let local = local(fields[1]), local.port == address.port, local.port != 0,
                local.isWildcard || address.isWildcard || (local.high == address.high && local.low == address.low)
            else { return nil }
            // Sockets that no process holds any more (TIME_WAIT) have no inode.
            guard let inode = UInt64(fields[9]), inode != 0 else { return nil }
            return inode
        }
    }

    /// `0100007F:0A51`: 32-bit words as this machine keeps them in memory, then the port.
    private static func local(_ field: Substring) -> SocketAddress? {
        let parts = field.split(separator: ":")
        guard parts.count == 2, let port = UInt16(parts[1], radix: 16) else { return nil }
        let words = stride(from: 0, to: parts[0].count, by: 8).compactMap { offset in
            UInt32(parts[0].dropFirst(offset).prefix(8), radix: 16).map(UInt32.init(bigEndian:))
        }
        switch words.count {
        case 1:
            return SocketAddress(ipv4: words[0], port: port)
        case 4:
            return SocketAddress(
                ipv6High: UInt64(words[0]) << 32 | UInt64(words[1]),
                low: UInt64(words[2]) << 32 | UInt64(words[3]),
                port: port
            )
        default:
            return nil
        }
    }
}

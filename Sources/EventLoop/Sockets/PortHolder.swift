import Glibc

/// The process that holds a port.
package struct PortHolder: Hashable, Sendable {
    /// Its process number.
    package let processID: Int32
    /// The program's name as the kernel keeps it, at most 15 bytes.
    package let program: String

    package init(processID: Int32, program: String) {
        self.processID = processID
        self.program = program
    }

    /// Looks for the process that has a socket bound where `address` cannot be bound beside it.
    ///
    /// Reads /proc/net for the socket's inode and then the open files of every process that we may look into; nil where
    /// it belongs to another user or another network namespace. Slow (it walks /proc): for an error message only.
    package static func find(_ address: SocketAddress, kind: SocketKind) -> PortHolder? {
        let tables = kind == .udp ? ["udp", "udp6"] : ["tcp", "tcp6"]
        var inodes: Set<UInt64> = []
        for table in tables {
            inodes.formUnion(SocketTable.inodes(inFile: "/proc/net/\(table)", conflictingWith: address))
        }
        guard !inodes.isEmpty else { return nil }
        return holder(ofAny: Set(inodes.map { "socket:[\($0)]" }))
    }

    private static func holder(ofAny links: Set<String>) -> PortHolder? {
        for name in ProcessFiles.names(in: "/proc") {
            guard let processID = Int32(name) else { continue }
            let folder = "/proc/\(name)/fd"
            for file in ProcessFiles.names(in: folder) where links.contains(ProcessFiles.link("\(folder)/\(file)")) {
                let program = ProcessFiles.text("/proc/\(name)/comm").split(separator: "\n").first
                return PortHolder(processID: processID, program: program.map(String.init) ?? "?")
            }
        }
        return nil
    }
}

internal import Console
internal import EventLoop

/// Reads the addresses of this machine that sockets are to be bound to.
enum SourceAddresses {
    private static let countMax = 256

    /// Addresses with commas between, each of which must be this machine's and of the targets' family.
    static func read(_ text: String, to targets: [SocketAddress]) throws(LoadError) -> [SocketAddress] {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        var sources: [SocketAddress] = []
        for part in parts {
            guard parts.count <= countMax, let source = try? SocketAddress(text: String(part), defaultPort: 0),
                source.port == 0, targets.allSatisfy({ $0.isIPv6 == source.isIPv6 })
            else { throw LoadError(.badSource(text), exitCode: .usage) }
            do throws(EventLoopError) {
                try BoundSocket.probe(.udp, on: source)
            } catch {
                throw LoadError(.notOurAddress(String(part)), exitCode: .usage)
            }
            sources.append(source)
        }
        return sources
    }
}

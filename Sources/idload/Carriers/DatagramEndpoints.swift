internal import EventLoop
internal import Glibc
internal import ResolutionClient

/// The sockets of a carrier of datagrams: which has the next turn to send, and which have something to read.
final class DatagramEndpoints {
    let all: [DatagramEndpoint]
    /// nil: there is one socket, which is read without asking.
    private let readable: ReadableSockets?
    private var turn = 0

    /// Opens so many sockets, one at least; throws where that is not to be had.
    init(to target: SocketAddress, from sources: [SocketAddress], count: Int) throws(AskFailure) {
        let sources = LocalAddresses(sources)
        var all: [DatagramEndpoint] = []
        for _ in 0..<max(1, count) {
            all.append(try DatagramEndpoint(to: target, from: sources.next()))
        }
        self.all = all
        readable = all.count > 1 ? try Self.readable(all) : nil
    }

    private static func readable(_ all: [DatagramEndpoint]) throws(AskFailure) -> ReadableSockets {
        guard let readable = ReadableSockets() else { throw .system(errno: errno) }
        for (number, endpoint) in all.enumerated() {
            guard readable.add(endpoint.socket.descriptor, number: UInt32(number)) else {
                throw .system(errno: errno)
            }
        }
        return readable
    }

    /// The number of the socket that sends now; the next call names the next one.
    func takeTurn() -> Int {
        defer { turn = turn + 1 == all.count ? 0 : turn + 1 }
        return turn
    }

    /// Hands on what has come, with the number of the socket it came on; returns how many datagrams that was.
    func receive(_ take: (_ number: Int, _ datagram: RawSpan, _ nowNanoseconds: UInt64) -> Void) -> Int {
        guard let readable else { return all[0].receive { take(0, $0, $1) } }
        var count = 0
        for place in 0..<readable.look() {
            guard let number = readable.number(at: place).map(Int.init), number < all.count else { continue }
            count += all[number].receive { take(number, $0, $1) }
        }
        return count
    }

    func addSockets(to watch: inout SocketWatch) {
        watch.add(readable?.descriptor ?? all[0].socket.descriptor)
    }

    /// Whether the system said that nobody listens.
    var wasRefused: Bool { all.contains { $0.wasRefused } }
}

internal import EventLoop
internal import Glibc
internal import ResolutionProtocol

/// A connection to a server that blocks: bytes out, whole messages in.
struct AdministrationLink: ~Copyable {
    private let socket: ClientSocket
    private let timeouts: AskTimeouts
    private var outgoing: [UInt8] = []
    private var outgoingStart = 0
    private var cutter = MessageCutter()
    private var buffer = [UInt8](repeating: 0, count: 65_536)

    private init(_ socket: consuming ClientSocket, _ timeouts: AskTimeouts) {
        self.socket = socket
        self.timeouts = timeouts
    }

    /// Connects.
    static func connecting(_ server: SocketAddress, timeouts: AskTimeouts) throws(AskFailure) -> AdministrationLink {
        let socket = try ClientSocket.connecting(.tcp, to: server)
        let deadline = deadline(afterMilliseconds: timeouts.connect)
        guard case .ready = try socket.wait(forWriting: true, forReading: false, until: deadline) else {
            throw .connectTimedOut(milliseconds: timeouts.connect)
        }
        let code = socket.connectionError
        if code != 0 { throw AskFailure(errno: code) }
        return AdministrationLink(socket, timeouts)
    }

    /// Sends `bytes` after those that wait, and waits for the next whole messages; none: only sending went on.
    mutating func exchange(_ bytes: [UInt8]) throws(AskFailure) -> [[UInt8]] {
        outgoing += bytes
        let deadline = Self.deadline(afterMilliseconds: timeouts.answer)
        let isWriting = outgoingStart < outgoing.count
        guard case .ready(let isReadable, let isWritable) = try socket.wait(forWriting: isWriting, until: deadline)
        else { throw .noAnswer(sendings: 1, milliseconds: timeouts.answer) }
        if isWritable {
            outgoingStart += try socket.send(outgoing[outgoingStart...])
            if outgoingStart == outgoing.count {
                outgoing.removeAll(keepingCapacity: true)
                outgoingStart = 0
            }
        }
        guard isReadable, let count = try socket.receive(into: &buffer) else { return [] }
        guard count > 0 else { throw .connectionEnded }
        cutter.append(buffer[..<count])
        return try messages()
    }

    private mutating func messages() throws(AskFailure) -> [[UInt8]] {
        do throws(WireError) {
            var messages: [[UInt8]] = []
            while let next = try cutter.next() { messages.append(next) }
            return messages
        } catch {
            throw .malformed(error)
        }
    }

    private static func deadline(afterMilliseconds count: Int) -> UInt64 {
        SystemClock.monotonicNanoseconds() &+ UInt64(max(0, count)) &* 1_000_000
    }
}

internal import Cryptography
internal import EventLoop
internal import ResolutionProtocol

/// A connection to a server that blocks: bytes out, whole messages in.
struct AdministrationLink: ~Copyable {
    private var channel: ClientChannel
    private let timeouts: AskTimeouts
    private var outgoing: [UInt8] = []
    private var outgoingStart = 0
    private var cutter = MessageCutter()
    private var buffer = [UInt8](repeating: 0, count: 65_536)

    private init(_ channel: consuming ClientChannel, _ timeouts: AskTimeouts) {
        self.channel = channel
        self.timeouts = timeouts
    }

    /// Connects, by TLS where there is `security`.
    static func connecting(
        _ server: SocketAddress,
        security: TLSContext? = nil,
        timeouts: AskTimeouts
    ) throws(AskFailure) -> AdministrationLink {
        AdministrationLink(
            try ClientChannel.connecting(server, security: security, timeouts: timeouts),
            timeouts
        )
    }

    /// Tells the server that no more will come.
    mutating func sayGoodbye() { channel.sayGoodbye() }

    /// Sends `bytes` after those that wait, and waits for the next whole messages; none: only sending went on.
    mutating func exchange(_ bytes: [UInt8]) throws(AskFailure) -> [[UInt8]] {
        outgoing += bytes
        let deadline = SystemClock.deadline(afterMilliseconds: timeouts.answer)
        let isWriting = outgoingStart < outgoing.count
        guard case .ready(let isReadable, let isWritable) = try channel.wait(forWriting: isWriting, until: deadline)
        else { throw .noAnswer(sendings: 1, milliseconds: timeouts.answer) }
        if isWritable {
            outgoingStart += try channel.send(outgoing[outgoingStart...])
            if outgoingStart == outgoing.count {
                outgoing.removeAll(keepingCapacity: true)
                outgoingStart = 0
            }
        }
        guard isReadable, let count = try channel.receive(into: &buffer) else { return [] }
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
}

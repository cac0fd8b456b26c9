import Glibc
import ResolutionProtocol

/// The socket's side of a load client: what has been begun and not answered, and bytes under way.
struct LoadRun {
    private let descriptor: Int32
    private let carrier: NodeAsker.Carrier
    private var output: [UInt8] = []
    private var outputStart = 0
    private var input: [UInt8] = []
    private var buffer = [UInt8](repeating: 0, count: 65_536)
    private var idleCount = 0
    /// Number of the next request, from 0.
    private(set) var nextNumber = 0
    private(set) var outstanding = 0
    /// Whether nothing more can come.
    private(set) var isOver = false

    init(_ descriptor: Int32, _ carrier: NodeAsker.Carrier) {
        self.descriptor = descriptor
        self.carrier = carrier
        _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
    }

    /// Whether a request has not been handed over whole.
    var hasOutput: Bool { outputStart < output.count }

    func wait(forWriting: Bool) -> (isReadable: Bool, isWritable: Bool, isIdle: Bool) {
        var entry = pollfd(fd: descriptor, events: Int16(POLLIN | (forWriting ? POLLOUT : 0)), revents: 0)
        guard poll(&entry, 1, 10) > 0 else { return (false, false, true) }
        let events = Int32(entry.revents)
        return (events & (POLLIN | POLLERR | POLLHUP) != 0, events & POLLOUT != 0, false)
    }

    mutating func begin(_ wire: [UInt8]) {
        output = wire
        outputStart = 0
        nextNumber += 1
        outstanding += 1
        idleCount = 0
    }

    /// Hands bytes to the kernel; true when that completes a request.
    mutating func flush() -> Bool {
        let count = output[outputStart...].withUnsafeBytes {
            send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
        }
        guard count >= 0 else {
            if errno != EAGAIN, errno != EINTR { isOver = true }
            return false
        }
        outputStart += count
        return !hasOutput
    }

    /// What has come: whole messages of a stream, or datagrams.
    mutating func receive() -> [[UInt8]] {
        var messages: [[UInt8]] = []
        while true {
            let count = recv(descriptor, &buffer, buffer.count, Int32(MSG_DONTWAIT))
            guard count > 0 else {
                // A datagram socket tells once that nobody listens any more, and still has what came before.
                if count < 0, carrier == .udp, errno == ECONNREFUSED, !isOver {
                    isOver = true
                    continue
                }
                if count == 0 || (errno != EAGAIN && errno != EINTR) { isOver = true }
                break
            }
            if carrier == .udp { messages.append(Array(buffer[..<count])) } else { input += buffer[..<count] }
        }
        cutInput(into: &messages)
        outstanding = max(0, outstanding - messages.count)
        if !messages.isEmpty { idleCount = 0 }
        return messages
    }

    private mutating func cutInput(into messages: inout [[UInt8]]) {
        var start = 0
        while input.count - start >= Envelope.byteCount {
            let length = input[(start + 16)..<(start + 20)].reduce(0) { $0 << 8 | Int($1) }
            let end = start + Envelope.byteCount + length
            guard end <= input.count else { break }
            messages.append(Array(input[start..<end]))
            start = end
        }
        input.removeFirst(start)
    }

    /// After 0.4 s in vain datagrams are lost, and others may go. A stream loses nothing, and its end is told: it is
    /// over only where a node that lives says nothing for half a minute, as none does that a busy machine holds up.
    mutating func giveUpWaiting() {
        idleCount += 1
        guard idleCount >= (carrier == .udp ? 40 : 3_000) else { return }
        idleCount = 0
        if carrier == .udp { outstanding = 0 } else if outstanding > 0 { isOver = true }
    }
}

package import EventLoop
package import ResolutionProtocol

/// Asks one name server and waits for the answer: over UDP, sending again after each wait, and over TCP where the
/// answer was cut short, could not be read, or did not come.
///
/// Every question has a socket and an id of its own, so that ports are as random as ids.
package struct NameClient: Sendable {
    /// Who is asked.
    package let server: SocketAddress
    /// How long to wait.
    package let timeouts: AskTimeouts

    /// A message over TCP has its length in front, in two octets (RFC 1035 §4.2.2).
    private static let lengthByteCount = 2

    /// A client of `server`.
    package init(server: SocketAddress, timeouts: AskTimeouts = AskTimeouts()) {
        self.server = server
        self.timeouts = timeouts
    }

    /// Asks for the records of `type` of `name`, in wire form with its root.
    package func ask(
        _ name: [UInt8],
        type: UInt16
    ) throws(AskError) -> (answer: DomainAnswer, carrier: AskError.Carrier) {
        let query = DomainQuery.message(about: name, type: type)
        var udpFailure: AskFailure?
        do throws(AskFailure) {
            let answer = try askByDatagrams(query)
            if !answer.isCut { return (answer, .udp) }
        } catch {
            udpFailure = error
        }
        do throws(AskFailure) {
            return (try askByStream(query), .tcp)
        } catch {
            throw AskError(server: "\(server)", carrier: .tcp, failure: error, udpFailure: udpFailure)
        }
    }

    private func askByDatagrams(_ query: [UInt8]) throws(AskFailure) -> DomainAnswer {
        let socket = try ClientSocket.connecting(.udp, to: server)
        let id = UInt16.random(in: 0...UInt16.max)
        let message = [UInt8(id >> 8), UInt8(id & 0xFF)] + query
        var buffer = [UInt8](repeating: 0, count: 65_535)
        for wait in timeouts.udpWaits {
            _ = try socket.send(message[...])
            let deadline = Self.deadline(wait)
            // Foreign datagrams restart no wait.
            while case .ready(let isReadable, _) = try socket.wait(until: deadline) {
                if isReadable, let count = try socket.receive(into: &buffer),
                    let answer = try Self.read(Array(buffer[..<count]), to: query, id: id)
                {
                    return answer
                }
                if SystemClock.monotonicNanoseconds() >= deadline { break }
            }
        }
        throw .noAnswer(sendings: timeouts.udpWaits.count, milliseconds: timeouts.udpWaits.reduce(0, +))
    }

    private func askByStream(_ query: [UInt8]) throws(AskFailure) -> DomainAnswer {
        let socket = try ClientSocket.connecting(.tcp, to: server)
        let connectDeadline = Self.deadline(timeouts.connect)
        guard case .ready = try socket.wait(forWriting: true, forReading: false, until: connectDeadline) else {
            throw .connectTimedOut(milliseconds: timeouts.connect)
        }
        let code = socket.connectionError
        guard code == 0 else { throw AskFailure(errno: code) }
        let id = UInt16.random(in: 0...UInt16.max)
        let message = [UInt8(id >> 8), UInt8(id & 0xFF)] + query
        let length = [UInt8(message.count >> 8), UInt8(message.count & 0xFF)]
        let deadline = Self.deadline(timeouts.answer)
        try write(length + message, to: socket, until: deadline)
        let head = try read(Self.lengthByteCount, from: socket, until: deadline)
        let whole = try read(Int(head[0]) << 8 | Int(head[1]), from: socket, until: deadline)
        // On a connection of our own nothing else can come.
        guard let answer = try Self.read(whole, to: query, id: id) else { throw .notAnAnswer }
        guard !answer.isCut else { throw .tooLong }
        return answer
    }

    private func write(
        _ bytes: [UInt8],
        to socket: borrowing ClientSocket,
        until deadline: UInt64
    ) throws(AskFailure) {
        var left = bytes[...]
        while !left.isEmpty {
            guard case .ready = try socket.wait(forWriting: true, forReading: false, until: deadline) else {
                throw .noAnswer(sendings: 1, milliseconds: timeouts.answer)
            }
            left = left.dropFirst(try socket.send(left))
        }
    }

    /// Exactly `count` bytes, 65,535 at most.
    private func read(
        _ count: Int,
        from socket: borrowing ClientSocket,
        until deadline: UInt64
    ) throws(AskFailure) -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count {
            guard case .ready = try socket.wait(until: deadline), SystemClock.monotonicNanoseconds() < deadline else {
                throw .noAnswer(sendings: 1, milliseconds: timeouts.answer)
            }
            var buffer = [UInt8](repeating: 0, count: count - bytes.count)
            guard let received = try socket.receive(into: &buffer) else { continue }
            guard received > 0 else { throw .connectionEnded }
            bytes += buffer[..<received]
        }
        return bytes
    }

    private static func read(_ message: [UInt8], to query: [UInt8], id: UInt16) throws(AskFailure) -> DomainAnswer? {
        do throws(WireError) {
            return try DomainAnswer(message, to: query, id: id)
        } catch {
            throw .malformed(error)
        }
    }

    private static func deadline(_ milliseconds: Int) -> UInt64 {
        SystemClock.monotonicNanoseconds() &+ UInt64(max(0, milliseconds)) &* 1_000_000
    }
}

import EventLoop
import Foundation
import Glibc
import Synchronization

/// Stands between clients and a node over TCP, and loses some of the node's answers: mostly the connection ends in the
/// place of the answer, sometimes nothing comes at all.
final class LossyProxy: Sendable {
    /// Which answers are lost.
    struct Losses: Sendable {
        /// One answer of so many, as chance has it.
        var oneIn: Int
        /// How many of them are swallowed, the first ones, while their connection stays.
        var swallowedMax: Int
    }

    /// What has been handed on and lost.
    struct Figures: Sendable {
        var answered = 0
        var closed = 0
        var swallowed = 0
    }

    private struct State: Sendable {
        var figures = Figures()
        var generator: KillTimes
        var losses: Losses
        var isStopped = false
    }

    /// Where clients connect.
    let address: SocketAddress
    private let node: SocketAddress
    private let listener: Int32
    private let state: Mutex<State>

    /// Listens on a free port of 127.0.0.1 for connections to `node`, which may be away for a while.
    init(to node: SocketAddress, losing losses: Losses, seed: UInt64) throws {
        self.node = node
        state = Mutex(State(generator: KillTimes(seed: seed), losses: losses))
        listener = try Self.listening()
        address = try SocketAddress(text: "127.0.0.1:\(try Self.port(of: listener))")
        Thread.detachNewThread { [self] in accept() }
    }

    private static func listening() throws -> Int32 {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard listener >= 0, withLoopback(port: 0, { bind(listener, $0, $1) }) == 0, listen(listener, 64) == 0 else {
            throw NodeFailure("no socket for the proxy: errno \(errno)")
        }
        return listener
    }

    var figures: Figures { state.withLock { $0.figures } }

    /// Has it lose other answers from now on.
    func lose(_ losses: Losses) { state.withLock { $0.losses = losses } }

    /// Ends it and its connections.
    func stop() { state.withLock { $0.isStopped = true } }

    private var isStopped: Bool { state.withLock { $0.isStopped } }

    private func accept() {
        while !isStopped {
            guard Self.isReadable([listener], milliseconds: 50).first == true else { continue }
            let client = Glibc.accept(listener, nil, nil)
            if client >= 0 { Thread.detachNewThread { self.serve(client) } }
        }
        close(listener)
    }

    private func serve(_ client: Int32) {
        defer { close(client) }
        let server = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        defer { close(server) }
        guard Self.withLoopback(port: node.port, { connect(server, $0, $1) }) == 0 else { return }
        var answers: [UInt8] = []
        while !isStopped {
            let readable = Self.isReadable([client, server], milliseconds: 50)
            if readable[0] {
                guard let bytes = Self.receive(client), Self.send(bytes[...], to: server) else { return }
            }
            if readable[1] {
                guard let bytes = Self.receive(server) else { return }
                answers += bytes
                guard handOn(&answers, to: client) else { return }
            }
        }
    }

    /// Hands on the whole messages at the beginning of `answers`; false: the connection is to end.
    private func handOn(_ answers: inout [UInt8], to client: Int32) -> Bool {
        var start = 0
        defer { answers.removeFirst(start) }
        while answers.count - start >= 20 {
            let length = answers[start + 16..<start + 20].reduce(0) { $0 << 8 | Int($1) }
            guard answers.count - start >= 20 + length else { break }
            let message = answers[start..<start + 20 + length]
            start += message.count
            switch fate() {
            case .handedOn: guard Self.send(message, to: client) else { return false }
            case .swallowed: continue
            case .closed: return false
            }
        }
        return true
    }

    private enum Fate { case handedOn, swallowed, closed }

    private func fate() -> Fate {
        state.withLock { state in
            guard Int.random(in: 0..<state.losses.oneIn, using: &state.generator) == 0 else {
                state.figures.answered += 1
                return .handedOn
            }
            guard state.figures.swallowed < state.losses.swallowedMax else {
                state.figures.closed += 1
                return .closed
            }
            state.figures.swallowed += 1
            return .swallowed
        }
    }

    private static func isReadable(_ sockets: [Int32], milliseconds: Int32) -> [Bool] {
        var entries = sockets.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        poll(&entries, nfds_t(entries.count), milliseconds)
        return entries.map { $0.revents != 0 }
    }

    /// Some bytes; nil: the other side has ended the connection.
    private static func receive(_ socket: Int32) -> [UInt8]? {
        var block = [UInt8](repeating: 0, count: 1 << 18)
        let count = recv(socket, &block, block.count, 0)
        return count > 0 ? Array(block[..<count]) : nil
    }

    private static func send(_ bytes: ArraySlice<UInt8>, to socket: Int32) -> Bool {
        var rest = bytes
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    private static func withLoopback<Value>(
        port: UInt16,
        _ body: (UnsafePointer<sockaddr>, socklen_t) -> Value
    ) -> Value {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }

    private static func port(of socket: Int32) throws -> UInt16 {
        var address = sockaddr_in()
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(socket, $0, &size) }
        }
        guard result == 0 else { throw NodeFailure("no port: errno \(errno)") }
        return UInt16(bigEndian: address.sin_port)
    }
}

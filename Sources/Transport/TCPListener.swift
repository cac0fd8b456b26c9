internal import Cryptography
internal import EventLoop
internal import Resolution

/// Takes connections of one socket, within the limits, and gives each its place among the worker's.
final class TCPListener {
    /// How long accepting rests after the system had no descriptor left, in milliseconds.
    private static let restMilliseconds: UInt64 = 100

    private let core: UnsafeMutablePointer<WorkerCore>
    private let origin: OriginClass?
    private let tls: ReplaceableTLSContext?
    private var listener: StreamListener?
    private let resting: LoopTimer

    init(
        on loop: borrowing EventLoop,
        socket: BoundSocket,
        core: UnsafeMutablePointer<WorkerCore>,
        plan: ListenerPlan
    ) throws(EventLoopError) {
        self.core = core
        origin = plan.origin
        tls = plan.tls
        let resumed = Resumption()
        resting = try LoopTimer(on: loop) { resumed.listener?.resume() }
        do throws(EventLoopError) {
            listener = try StreamListener(
                on: loop,
                socket: socket,
                accepted: { [unowned self] stream in take(stream) },
                failed: { [unowned self] _ in rest() }
            )
        } catch {
            resting.close()
            throw error
        }
        resumed.listener = listener
    }

    /// Breaks the circle between a listener and the timer that wakes it.
    private final class Resumption {
        weak var listener: StreamListener?
    }

    /// Takes no more connections.
    func close() {
        listener?.close()
        listener = nil
        resting.close()
    }

    private func rest() {
        core.pointee.metrics.add(.acceptFailures)
        let now = SystemClock.monotonicNanoseconds()
        core.pointee.limiter._withUnsafeGuaranteedRef { $0.noteWithoutDescriptor(nowNanoseconds: now) }
        resting.start(afterMilliseconds: Self.restMilliseconds)
    }

    private func take(_ stream: ByteStream) {
        guard let peer = stream.peer else { return stream.close() }
        let network = peer.connectionNetwork
        let isProbe = core.pointee.origin(of: peer) == .probe
        switch verdict(of: network, isProbe) {
        case .tooManyOfAddress:
            core.pointee.metrics.add(.connectionsRefusedByAddress)
            stream.close()
        case .tooMany:
            core.pointee.metrics.add(.connectionsRefusedByLimit)
            stream.close()
        case .accepted(let isCrowded):
            open(stream, peer: peer, network: network, standing: isProbe ? .probe : isCrowded ? .brief : .usual)
        }
    }

    /// Room for a connection; where there is none, the one that has idled longest makes room.
    private func verdict(of network: NetworkPrefix, _ isProbe: Bool) -> ConnectionLimiter.Verdict {
        let verdict = core.pointee.limiter._withUnsafeGuaranteedRef { $0.accept(network, isProbe: isProbe) }
        guard verdict == .tooMany, closeLongestIdle() else { return verdict }
        return core.pointee.limiter._withUnsafeGuaranteedRef { $0.accept(network, isProbe: isProbe) }
    }

    /// Closes the connection that has idled longest; one on which somebody is logged in only where there is no other.
    private func closeLongestIdle() -> Bool {
        var loggedIn: UnsafeMutablePointer<Connection>?
        var candidate = core.pointee.connections.first
        while let connection = candidate {
            candidate = connection.pointee.next
            guard connection.isIdle, connection.pointee.standing != .probe else { continue }
            guard connection.pointee.loginNanoseconds > 0 else {
                connection.close(.connectionsClosedForRoom)
                return true
            }
            loggedIn = loggedIn ?? connection
        }
        loggedIn?.close(.connectionsClosedForRoom)
        return loggedIn != nil
    }

    private func open(
        _ stream: ByteStream,
        peer: SocketAddress,
        network: NetworkPrefix,
        standing: Connection.Standing
    ) {
        guard let carried = carried(by: stream) else {
            core.pointee.limiter._withUnsafeGuaranteedRef { $0.release(network) }
            core.pointee.metrics.add(.connectionsClosedByTLS)
            return stream.close()
        }
        let connection = UnsafeMutablePointer<Connection>.allocate(capacity: 1)
        connection.initialize(
            to: Connection(
                core: core,
                stream: carried,
                peer: peer,
                network: network,
                origin: origin ?? core.pointee.origin(of: peer),
                standing: standing,
                nowNanoseconds: SystemClock.coarseMonotonicNanoseconds()
            )
        )
        core.pointee.connections.append(connection)
        core.pointee.metrics.add(.connectionsAccepted)
        core.pointee.metrics.set(.connectionsOpen, core.pointee.connections.count)
        carried.start(connection)
        if carried.startReading() != 0 { connection.close(.connectionsClosedByError) }
    }

    /// The stream itself, or TLS over it; nil where there is no memory for a session.
    private func carried(by stream: ByteStream) -> ConnectionStream? {
        guard let tls else { return ConnectionStream(stream) }
        do throws(OpenSSLError) {
            return ConnectionStream(SecureStream(stream, session: try TLSSession(tls.current), core: core))
        } catch {
            return nil
        }
    }
}

extension StreamCallbacks {
    /// What libuv's events mean to a connection.
    static var connection: StreamCallbacks {
        StreamCallbacks(
            buffer: { $0.assumingMemoryBound(to: Connection.self).readTarget($1) },
            received: { context, _, count in context.assumingMemoryBound(to: Connection.self).received(count) },
            ended: { $0.assumingMemoryBound(to: Connection.self).ended($1) },
            written: { $0.assumingMemoryBound(to: Connection.self).written($1) },
            shutDown: { context, _ in context.assumingMemoryBound(to: Connection.self).hasShutDown() },
            closed: { context in
                let connection = context.assumingMemoryBound(to: Connection.self)
                connection.deinitialize(count: 1)
                connection.deallocate()
            }
        )
    }
}

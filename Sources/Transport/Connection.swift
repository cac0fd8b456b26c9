internal import EventLoop
internal import Glibc
internal import Resolution
internal import ResolutionProtocol

/// One TCP connection: gathers bytes into messages, has them answered in batches, and writes each batch's answers at
/// once.
///
/// Reached by pointer from the loop. Requests may be pipelined. While answers wait for the peer nothing more is read,
/// so that what one connection holds is bounded. An idle one holds nothing but this struct and libuv's handle.
struct Connection: ~Copyable {
    /// What it is doing, for the deadlines.
    enum Phase {
        /// Nothing has been asked yet.
        case unasked
        /// All that was asked has been answered.
        case idle
        /// A message has begun and is not whole yet.
        case receiving
        /// Answers wait for the peer to take them.
        case writing
        /// Our side has ended; the peer's end is awaited.
        case ending
    }

    /// How it came in.
    enum Standing {
        case usual
        /// When few places were left: it ends after one request.
        case brief
        /// From a probe of the top-level node: it never makes room for others.
        case probe
    }

    /// First batch of a connection: few, as it is not known yet how large its answers are.
    static let firstFrameCountMax = 4

    let core: UnsafeMutablePointer<WorkerCore>
    let stream: ConnectionStream
    let network: NetworkPrefix
    let source: QuerySource
    let port: UInt16
    let origin: OriginClass
    let standing: Standing
    var phase = Phase.unasked
    /// When the present phase began, or last made progress; monotonic nanoseconds.
    var since: UInt64
    /// Bytes of a message that is not whole, or that waits until answers have been taken.
    var input: WireWriter?
    /// Bytes in `input`.
    var inputByteCount = 0
    /// Answers that the peer has not taken, from `outputStart` on.
    var output: WireWriter?
    /// Bytes in `output`.
    var outputByteCount = 0
    /// Bytes of `output` that the system has taken.
    var outputStart = 0
    /// Its number with administration; 0: none of its requests has been left there.
    var number: UInt64 = 0
    /// Requests that administration has not answered yet.
    var deferredCount = 0
    /// Whether reading rests until administration has answered more.
    var isHoldingBack = false
    /// How long it may idle as somebody is logged in on it, in nanoseconds; 0: nobody is.
    var loginNanoseconds: UInt64 = 0
    /// Answers of administration that are still to be sent: those that came together go out together, and while the
    /// peer is not taking any they wait.
    var lateOutput: [UInt8] = []
    /// Whether it is among the worker's connections with late answers.
    var hasLateAnswers = false
    /// What asks for the next parts of long answers.
    var moreAwaited: [@Sendable () -> Void] = []
    /// Bytes on the way to the peer or waiting, when last looked at.
    var untakenByteCount = 0
    /// Requests answered together; small until it is seen that the answers are.
    var frameCountMax = Connection.firstFrameCountMax
    var hasBeenAnswered = false
    /// Whether the last read took all that had come.
    var hasReadAll = false
    var peerHasEnded = false
    /// Why it ends once the last answer has been taken; nil: it goes on.
    var endReason: Metric?
    var isClosed = false
    var previous: UnsafeMutablePointer<Connection>?
    var next: UnsafeMutablePointer<Connection>?

    init(
        core: UnsafeMutablePointer<WorkerCore>,
        stream: ConnectionStream,
        peer: SocketAddress,
        network: NetworkPrefix,
        origin: OriginClass,
        standing: Standing,
        nowNanoseconds: UInt64
    ) {
        self.core = core
        self.stream = stream
        self.network = network
        source = peer.querySource
        port = peer.port
        self.origin = origin
        self.standing = standing
        if standing == .brief { frameCountMax = 1 }
        since = nowNanoseconds
    }
}

extension UnsafeMutablePointer where Pointee == Connection {
    /// Enters a phase at `nowNanoseconds`.
    func enter(_ phase: Connection.Phase, nowNanoseconds: UInt64) {
        pointee.phase = phase
        pointee.since = nowNanoseconds
    }

    /// Ends the connection and notes why. Nothing of it may be used afterwards but by `closed`.
    func close(_ reason: Metric) {
        guard !pointee.isClosed else { return }
        pointee.isClosed = true
        let core = pointee.core
        core.pointee.metrics.add(reason)
        core.pointee.connections.remove(self)
        core.pointee.metrics.set(.connectionsOpen, core.pointee.connections.count)
        releaseInput()
        forgetDeferred()
        // Its memory stays until libuv has let go of it.
        if pointee.output != nil { core.pointee.changeBuffered(by: pointee.outputStart - pointee.outputByteCount) }
        core.pointee.limiter._withUnsafeGuaranteedRef { $0.release(pointee.network) }
        pointee.stream.close()
    }

    /// Gives the memory of unfinished input back.
    func releaseInput() {
        pointee.input = nil
        pointee.core.pointee.changeBuffered(by: -pointee.inputByteCount)
        pointee.inputByteCount = 0
    }
}

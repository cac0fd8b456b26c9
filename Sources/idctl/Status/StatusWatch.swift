internal import Console
internal import EventLoop
internal import Glibc
internal import ResolutionProtocol

/// Shows a node's state again and again until Ctrl-C. A node that is away is asked on.
struct StatusWatch {
    /// How a state is shown.
    enum Form {
        case screen
        /// Every member of the node's report.
        case all
        /// A line of JSON.
        case json
    }

    private let socket: String
    private let interval: Duration
    private let form: Form
    private let session: Session
    private var earlier: (report: StatusReport, at: ContinuousClock.Instant)?
    private var isAway = false
    /// Lines on the terminal that the next state takes the place of.
    private var drawnCount = 0

    /// Of the node with this control socket, every `interval`.
    init(_ socket: String, every interval: Duration, form: Form, session: Session) {
        self.socket = socket
        self.interval = interval
        self.form = form
        self.session = session
    }

    /// Shows until Ctrl-C, which is how it ends.
    mutating func run() throws(CommandFailure) -> ProgramExit {
        Interruption.takeOn()
        var next = ContinuousClock.now
        while !Interruption.isRequested {
            try tick()
            try session.finish()
            // After a long wait for an answer no tick is made up for.
            next = max(next + interval, ContinuousClock.now)
            while !Interruption.isRequested, ContinuousClock.now < next { usleep(20_000) }
        }
        return .interrupted
    }

    private mutating func tick() throws(CommandFailure) {
        do throws(CommandFailure) {
            let report = try StatusReport(ControlAsking.ask(socket, .status), place: socket)
            let now = ContinuousClock.now
            let seconds = earlier.map { (now - $0.at) / .seconds(1) } ?? 0
            let rates = StatusRates(from: earlier?.report, to: report, seconds: seconds)
            earlier = (report, now)
            isAway = false
            try show(report, rates)
        } catch {
            // No answer is told; that nobody reads what is shown ends it.
            guard !error.messages.isEmpty, error.exit != .done else { throw error }
            earlier = nil
            try showAway(error)
        }
    }

    private mutating func show(_ report: StatusReport, _ rates: StatusRates) throws(CommandFailure) {
        let now = SystemClock.coarseRealtimeSeconds()
        switch form {
        case .json: try session.write(Self.json(report, rates, unixSeconds: now))
        case .all: try draw([UTCTime.text(now)] + report.lines())
        case .screen:
            let time = UInt64(clamping: now)
            let screen = StatusScreen(report, rates: rates, language: session.language, unixSeconds: time)
            try draw([UTCTime.text(now)] + screen.lines)
        }
    }

    private mutating func showAway(_ failure: CommandFailure) throws(CommandFailure) {
        let now = SystemClock.coarseRealtimeSeconds()
        let message = failure.messages.last.map { $0.rendered(program: "idctl", language: session.language) } ?? ""
        if form == .json { return try session.write(Self.json(away: message, unixSeconds: now)) }
        if session.outputTerminal.isDecorated { return try draw([UTCTime.text(now), message]) }
        if !isAway, let message = failure.messages.last { session.tell(message) }
        isAway = true
    }

    /// Draws over what was drawn before, where that can be; else writes a block.
    private mutating func draw(_ lines: [String]) throws(CommandFailure) {
        guard session.outputTerminal.isDecorated else { return try session.print(lines + [""]) }
        let back = drawnCount > 0 ? "\u{1B}[\(drawnCount)A" : ""
        let fitted = lines.map { DisplayWidth.cut($0, toCells: session.outputTerminal.columns - 1) }
        try session.write(Array((back + fitted.map { "\r\($0)\u{1B}[K\n" }.joined() + "\u{1B}[J").utf8))
        drawnCount = lines.count
    }

    static func json(_ report: StatusReport, _ rates: StatusRates, unixSeconds: Int64) -> [UInt8] {
        var json = JSONText()
        json.object { json in
            json.key("unixSeconds")
            json.number(unixSeconds)
            json.key("reachable")
            json.boolean(true)
            json.key("perSecond")
            json.object { json in
                for (name, rate) in rates.perSecond {
                    json.key(name)
                    json.number(rate)
                }
            }
            json.key("status")
            json.tree(report.tree)
        }
        json.endLine()
        return json.take()
    }

    static func json(away message: String, unixSeconds: Int64) -> [UInt8] {
        var json = JSONText()
        json.object { json in
            json.key("unixSeconds")
            json.number(unixSeconds)
            json.key("reachable")
            json.boolean(false)
            json.key("message")
            json.string(message)
        }
        json.endLine()
        return json.take()
    }
}

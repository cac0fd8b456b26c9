internal import ArgumentParser
internal import Console
internal import EventLoop

/// The flags of a run. What they say is checked by `plan()`.
struct LoadOptions: ParsableArguments {
    @Argument(help: "The node's address and port, as 127.0.0.1:2641 or [::1]:2641.")
    var target: String

    @Option(help: ArgumentHelp("How long to ask, in seconds.", valueName: "n"))
    var seconds = 10.0

    @Option(help: ArgumentHelp("Closed loop: questions under way at a time.", valueName: "n"))
    var closed = 64

    @Option(help: ArgumentHelp("At most so many questions a second; what is missed is not caught up.", valueName: "n"))
    var rate: Double?

    @Option(name: .customLong("protocol"), help: ArgumentHelp("udp or tcp.", valueName: "name"))
    var carrier = LoadPlan.Carrier.udp

    @Option(help: ArgumentHelp("Sockets or persistent connections, in turn.", valueName: "n"))
    var connections = 4

    @Option(help: ArgumentHelp("A question unanswered for so long is lost, in milliseconds.", valueName: "ms"))
    var timeout = 1_000

    @Option(help: ArgumentHelp("An identifier to ask for; may be given again.", valueName: "identifier"))
    var id: [String] = []

    @Option(
        help: ArgumentHelp("A file of identifiers, one a line, or a registry in CSV or JSON Lines.", valueName: "file")
    )
    var replay: String?

    @Option(help: ArgumentHelp("id: code and identifier; full: the values of --expect, too.", valueName: "how"))
    var verify = LoadPlan.Verification.id

    @Option(help: ArgumentHelp("The registry whose values must be answered.", valueName: "file"))
    var expect: String?

    @Option(help: ArgumentHelp("So many of 100 questions are about what does not exist.", valueName: "percent"))
    var missing = "0"

    @Flag(help: "Ask for each identifier once, in order, and end with the last.")
    var once = false

    @Option(help: ArgumentHelp("Repeats the choice of identifiers of an earlier run.", valueName: "n"))
    var seed: UInt64?

    @Option(
        name: .customLong("fail"),
        help: ArgumentHelp("Exit 10 unless it holds: p99<5ms, loss<0.01%; wrong==0 always.", valueName: "condition")
    )
    var conditions: [String] = []

    @Flag(name: .customLong("i-own-this-target"), help: "More than 1,000 questions a second to another machine.")
    var ownsTarget = false

    @Flag(help: "One JSON document on standard output.")
    var json = false

    @Option(help: ArgumentHelp("zh or en; else the locale's.", valueName: "language"))
    var lang: String?

    /// Questions a second that a target of somebody else's bears without being asked.
    static let strangersRateMax = 1_000.0
}

extension LoadPlan.Carrier: ExpressibleByArgument {}
extension LoadPlan.Verification: ExpressibleByArgument {}

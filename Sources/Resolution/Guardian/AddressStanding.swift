/// How a watched address stands, by what came of its probes.
package struct AddressStanding: Hashable, Sendable {
    /// Whether it answers.
    package enum State: UInt8, Hashable, Sendable, CaseIterable {
        /// It does, or nothing else is known of it.
        case alive
        /// It did not lately, and is asked again soon.
        case suspected
        /// It does not.
        case dead

        /// Its name in reports.
        package var name: String {
            switch self {
            case .alive: "alive"
            case .suspected: "suspected"
            case .dead: "dead"
            }
        }
    }

    /// Whether it answers.
    package internal(set) var state = State.alive
    /// Since when, in seconds since 1970: while it is suspected or dead, the first probe without an answer.
    package internal(set) var sinceUnixSeconds: Int64
    /// When it answered last; nil: it has not, since the node was started.
    package internal(set) var answeredUnixSeconds: Int64?
    /// Why the last probe had no answer; nil: it had one.
    package internal(set) var failure: ProbeFailure?
    /// Probes in a row without an answer, and with one.
    package internal(set) var failureCount = 0
    package internal(set) var successCount = 0
    /// Number of the event "abnormal" that is open; 0: none is.
    package internal(set) var openEvent: UInt64 = 0
    /// A prefix that leads there, and how many do.
    package internal(set) var prefix: [UInt8] = []
    package internal(set) var prefixCount = 0
    /// Since when it answers anew, while it is still dead, in seconds since 1970.
    var answeringSinceUnixSeconds: Int64 = 0
    /// When it is to be probed next, in monotonic nanoseconds.
    var dueNanoseconds: UInt64
    var isUnderWay = false

    init(sinceUnixSeconds: Int64, dueNanoseconds: UInt64) {
        self.sinceUnixSeconds = sinceUnixSeconds
        self.dueNanoseconds = dueNanoseconds
    }
}

package import EventLoop

/// How fast servers have answered, and which of them were silent (reliability case F1).
///
/// A server that did not answer is left alone for a while, which doubles each time up to `restNanosecondsMax` and is
/// drawn at random by a quarter, so that nodes do not come back together. After it one question tries; the others are
/// told at once, so that not each of a thousand waits the same three seconds. Bounded: the server that was asked
/// longest ago is forgotten. Knows no clock: the caller says what time it is.
package struct ServerTable: Sendable {
    /// The first rest of a silent server, and the longest.
    package static let restNanosecondsMin: UInt64 = 1_000_000_000
    package static let restNanosecondsMax: UInt64 = 30_000_000_000
    /// What a server that is left alone costs more than one that answers (operations.md §15.6).
    package static let silenceNanoseconds: UInt64 = 60_000_000_000

    /// Whether a server may be asked.
    package enum Admission: Hashable, Sendable {
        /// It may.
        case free
        /// It may, by this question alone: it was silent before.
        case trial
        /// Not for so long.
        case leftAlone(nanoseconds: UInt64)
    }

    /// What is known of a server.
    package struct Entry: Hashable, Sendable {
        /// Smoothed time from question to answer; nil: it never answered.
        package fileprivate(set) var roundTripNanoseconds: UInt64?
        /// Questions in a row that it did not answer.
        package fileprivate(set) var silenceCount = 0
        /// Until when it is left alone; 0: it is not.
        package fileprivate(set) var restsUntil: UInt64 = 0
        /// When it answered last; nil: it never did.
        package fileprivate(set) var answeredNanoseconds: UInt64?
        /// Since when it is silent; nil: it is not.
        package fileprivate(set) var silentSince: UInt64?
        /// Whether it ends a connection after one answer, as 9.2 servers do (wire.md §10).
        package fileprivate(set) var endsConnections = false
        fileprivate var askedNanoseconds: UInt64
    }

    private let countMax: Int
    private var entries: [SocketAddress: Entry] = [:]

    /// An empty table of at most `countMax` servers.
    package init(countMax: Int) { self.countMax = max(1, countMax) }

    /// How many servers are known.
    package var count: Int { entries.count }
    /// What is known of all servers.
    package var all: [SocketAddress: Entry] { entries }

    /// What is known of a server.
    package subscript(_ server: SocketAddress) -> Entry? { entries[server] }

    /// Whether `server` may be asked at `now`. A trial is given once per rest; `restNanoseconds` is how long the others
    /// then go on leaving it alone.
    package mutating func admit(_ server: SocketAddress, now: UInt64) -> Admission {
        guard var entry = entries[server] else {
            insert(server, now: now)
            return .free
        }
        entry.askedNanoseconds = now
        defer { entries[server] = entry }
        guard entry.silenceCount > 0 else { return .free }
        guard entry.restsUntil <= now else { return .leftAlone(nanoseconds: entry.restsUntil - now) }
        // Should nothing come of the trial, not even silence, another one is due after the longest rest.
        entry.restsUntil = now &+ Self.restNanosecondsMax
        return .trial
    }

    /// `server` answered a question after `roundTripNanoseconds`.
    package mutating func noteAnswer(of server: SocketAddress, roundTripNanoseconds: UInt64, now: UInt64) {
        guard var entry = entries[server] else { return }
        let before = entry.roundTripNanoseconds ?? roundTripNanoseconds
        // As TCP does: an eighth of the new one (RFC 6298 §2).
        entry.roundTripNanoseconds = before - before / 8 + roundTripNanoseconds / 8
        entry.silenceCount = 0
        entry.restsUntil = 0
        entry.silentSince = nil
        entry.answeredNanoseconds = now
        entries[server] = entry
    }

    /// `server` did not answer a question that was admitted as a trial, or not; `draw` is a random number.
    package mutating func noteSilence(of server: SocketAddress, isTrial: Bool, now: UInt64, draw: UInt64) {
        // Questions that were under way together are silent together: that is one silence.
        guard var entry = entries[server], isTrial || entry.silenceCount == 0 else { return }
        let doublings = min(entry.silenceCount, 5)
        let rest = min(Self.restNanosecondsMax, Self.restNanosecondsMin << UInt64(doublings))
        entry.silenceCount = min(entry.silenceCount + 1, 1_000_000)
        entry.silentSince = entry.silentSince ?? now
        entry.restsUntil = now &+ rest - draw % (rest / 4)
        entries[server] = entry
    }

    /// `server` ended a connection after an answer though more was asked.
    package mutating func noteEndedConnection(of server: SocketAddress) { entries[server]?.endsConnections = true }

    /// What asking `server` is thought to cost: those with less are asked first. Unknown ones cost nothing, so that
    /// each is tried.
    package func cost(of server: SocketAddress, now: UInt64) -> UInt64 {
        guard let entry = entries[server] else { return 0 }
        let penalty = entry.silenceCount > 0 ? Self.silenceNanoseconds : 0
        return penalty + (entry.roundTripNanoseconds ?? 0)
    }

    private mutating func insert(_ server: SocketAddress, now: UInt64) {
        if entries.count >= countMax,
            let oldest = entries.min(by: { $0.value.askedNanoseconds < $1.value.askedNanoseconds })
        {
            entries[oldest.key] = nil
        }
        entries[server] = Entry(askedNanoseconds: now)
    }
}

import EventLoop
import Glibc
import Testing
import TransportSuite

@testable import Transport

extension TransportTests {
    @Suite struct ConnectionDeadlinesTests {
        @Test func verdictsByPhaseAndAge() {
            var settings = TransportSettings()
            settings.idleUnaskedNanoseconds = 10
            settings.idleAnsweredNanoseconds = 1_000
            settings.wholeMessageNanoseconds = 5
            settings.writeStallNanoseconds = 20
            let deadlines = ConnectionDeadlines(settings: settings)
            let cases: [(Connection.Phase, UInt64, Metric?)] = [
                (.unasked, 9, nil), (.unasked, 10, .connectionsClosedUnasked),
                (.idle, 999, nil), (.idle, 1_000, .connectionsClosedIdle),
                (.receiving, 4, nil), (.receiving, 5, .connectionsClosedSlowMessage),
                (.writing, 19, nil), (.writing, 20, .connectionsClosedWriteStall),
            ]
            for (phase, age, expected) in cases {
                #expect(deadlines.verdict(on: phase, age: age, isCrowded: false) == expected, "\(phase) \(age)")
            }
        }

        @Test func whoIsLoggedInMayIdleAsLongAsTheSession() {
            var settings = TransportSettings()
            settings.idleAnsweredNanoseconds = 1_000
            let deadlines = ConnectionDeadlines(settings: settings)
            let cases: [(login: UInt64, age: UInt64, Metric?)] = [
                (0, 1_000, .connectionsClosedIdle), (5_000, 1_000, nil), (5_000, 4_999, nil),
                (5_000, 5_000, .connectionsClosedIdle), (.max, .max - 1, nil),
                (10, 999, nil), (10, 1_000, .connectionsClosedIdle),
            ]
            for (login, age, expected) in cases {
                let verdict = deadlines.verdict(on: .idle, age: age, isCrowded: true, loginNanoseconds: login)
                #expect(verdict == expected, "\(login) \(age)")
            }
            // A log-in is no excuse for what keeps others waiting.
            for phase in [Connection.Phase.receiving, .writing] {
                #expect(
                    deadlines.verdict(on: phase, age: .max, isCrowded: false, loginNanoseconds: .max) != nil,
                    "\(phase)"
                )
            }
        }

        @Test func aCrowdedNodeIsImpatientWithWhoHasAskedNothing() {
            let deadlines = ConnectionDeadlines(settings: TransportSettings())
            #expect(deadlines.verdict(on: .unasked, age: 500_000_000, isCrowded: true) == .connectionsClosedUnasked)
            #expect(deadlines.verdict(on: .unasked, age: 500_000_000, isCrowded: false) == nil)
            #expect(deadlines.verdict(on: .idle, age: 500_000_000, isCrowded: true) == nil)
        }

        @Test func r4ASlowMessageIsClosedAtItsDeadlineHoweverItDrips() throws {
            var settings = TransportSettings()
            settings.wholeMessageNanoseconds = 400_000_000
            let node = try SampleNode(settings)
            defer { node.stop() }
            let socket = try ClientSocket(node.address, isTCP: true)
            // A whole one first: the time of a message begins with its own first byte.
            try Asking.check(socket.ask(Asking.item(1)), item: 1)
            var isTaken = true
            for byte in Asking.item(2) where isTaken {
                isTaken = socket.send([byte]) && node.value(.connectionsClosedSlowMessage) == 0
                usleep(30_000)
            }
            #expect(!isTaken, "a message that took seconds was not closed")
            eventually("counted") { node.value(.connectionsClosedSlowMessage) == 1 }
            #expect(node.value(.bytesBuffered) == 0)
        }

        @Test func unaskedIdleIsClosedAndAnsweredIdleStays() throws {
            var settings = TransportSettings()
            settings.idleUnaskedNanoseconds = 300_000_000
            let node = try SampleNode(settings)
            defer { node.stop() }
            let answered = try ClientSocket(node.address, isTCP: true)
            try Asking.check(answered.ask(Asking.item(1)), item: 1)
            let unasked = try ClientSocket(node.address, isTCP: true)
            #expect(unasked.receive() == [])
            #expect(node.value(.connectionsClosedUnasked) == 1)
            try Asking.check(answered.ask(Asking.item(2)), item: 2)
        }

        @Test func R3HundredsWhoseTimeIsOverAreClosedInParts() throws {
            var settings = TransportSettings()
            settings.idleUnaskedNanoseconds = 1_000_000_000
            let node = try SampleNode(settings)
            defer { node.stop() }
            let answered = try ClientSocket(node.address, isTCP: true)
            try Asking.check(answered.ask(Asking.item(1)), item: 1)
            let sources = (0..<400).map { SocketAddress(ipv4: 0x7F00_0102 + UInt32($0 % 4), port: 0) }
            let idle = try sources.map { try ClientSocket(node.address, isTCP: true, from: $0) }
            eventually("all are closed") { node.value(.connectionsClosedUnasked) == 400 }
            #expect(idle.allSatisfy { $0.isEnded() })
            #expect(node.value(.connectionsOpen) == 1)
            try Asking.check(answered.ask(Asking.item(2)), item: 2)
        }

        @Test func answeredIdleIsClosedInTheEnd() throws {
            var settings = TransportSettings()
            settings.idleAnsweredNanoseconds = 300_000_000
            let node = try SampleNode(settings)
            defer { node.stop() }
            let socket = try ClientSocket(node.address, isTCP: true)
            try Asking.check(socket.ask(Asking.item(1)), item: 1)
            #expect(socket.receive() == [])
            #expect(node.value(.connectionsClosedIdle) == 1)
        }
    }
}

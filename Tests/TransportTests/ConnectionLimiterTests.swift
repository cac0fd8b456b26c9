import EventLoop
import Glibc
import Testing
import TransportSuite

@testable import Transport

extension TransportTests {
    @Suite struct ConnectionLimiterTests {
        @Test func countsPerAddressAndInTotal() throws {
            let limiter = ConnectionLimiter(countMax: 3, countPerAddressMax: 2)
            let a = try NetworkPrefix(text: "192.0.2.1")
            let b = try NetworkPrefix(text: "192.0.2.2")
            #expect(limiter.accept(a) == .accepted && limiter.accept(a) == .accepted)
            #expect(limiter.accept(a) == .tooManyOfAddress)
            #expect(limiter.accept(b) == .accepted && limiter.accept(b) == .tooMany)
            limiter.release(a)
            #expect(limiter.accept(b) == .accepted && limiter.count == 3)
        }

        @Test func e5OtherLimitsHoldForNewConnectionsAlone() throws {
            let limiter = ConnectionLimiter(countMax: 3, countPerAddressMax: 3)
            let a = try NetworkPrefix(text: "192.0.2.1")
            let b = try NetworkPrefix(text: "192.0.2.2")
            #expect(limiter.accept(a) == .accepted && limiter.accept(a) == .accepted)
            limiter.settle(countMax: 2, countPerAddressMax: 1)
            #expect(limiter.count == 2, "those that are open stay")
            #expect(limiter.accept(a) == .tooManyOfAddress && limiter.accept(b) == .tooMany)
            limiter.settle(countMax: 3, countPerAddressMax: 3)
            #expect(limiter.accept(b) == .accepted)
        }

        @Test func oneAddressGetsNoMoreThanItsShare() throws {
            var settings = TransportSettings()
            settings.connectionsPerAddressMax = 3
            let node = try SampleNode(settings)
            defer { node.stop() }
            var sockets = try (0..<3).map { _ in try Self.answered(node) }
            let refused = try ClientSocket(node.address, isTCP: true)
            refused.send(Asking.item(1))
            #expect(refused.isEnded())
            #expect(node.value(.connectionsRefusedByAddress) == 1)
            let other = try ClientSocket(node.address, isTCP: true, from: SocketAddress(ipv4: 0x7F00_0009, port: 0))
            try Asking.check(other.ask(Asking.item(1)), item: 1)
            sockets.removeLast()
            eventually("its place is free") { node.value(.connectionsOpen) == 3 }
            _ = try Self.answered(node)
        }

        @Test func whenAllPlacesAreTakenTheLongestIdleMakesRoom() throws {
            var settings = TransportSettings()
            settings.connectionCountMax = 3
            let node = try SampleNode(settings)
            defer { node.stop() }
            let sockets = try (0..<3).map { _ in try Self.answered(node) }
            // The first is of use again, so that the second has idled longest.
            try Asking.check(sockets[0].ask(Asking.item(1)), item: 1)
            let newcomer = try Self.answered(node)
            #expect(sockets[1].receive() == [])
            #expect(node.value(.connectionsClosedForRoom) == 1 && node.value(.connectionsRefusedByLimit) == 0)
            for socket in [sockets[0], sockets[2], newcomer] {
                try Asking.check(socket.ask(Asking.item(2)), item: 2)
            }
        }

        @Test func whereNobodyIsIdleTheNewcomerIsRefused() throws {
            var settings = TransportSettings()
            settings.connectionCountMax = 2
            let node = try SampleNode(settings)
            defer { node.stop() }
            let busy = try (0..<2).map { _ in
                let socket = try ClientSocket(node.address, isTCP: true)
                socket.send(Array(Asking.item(1).prefix(30)))
                return socket
            }
            eventually("both are within a message") { node.value(.bytesBuffered) == 60 }
            let refused = try ClientSocket(node.address, isTCP: true)
            #expect(refused.isEnded())
            #expect(node.value(.connectionsRefusedByLimit) == 1)
            for socket in busy {
                socket.send(Array(Asking.item(1).dropFirst(30)))
                try Asking.check(socket.receiveMessage(), item: 1)
            }
        }

        @Test func r7FiveThousandConnectionsOpenedAndReset() throws {
            var settings = TransportSettings()
            settings.connectionsPerAddressMax = 10_000
            let node = try SampleNode(settings)
            defer { node.stop() }
            _ = try Self.answered(node)
            eventually("none is open") { node.value(.connectionsOpen) == 0 }
            let before = openDescriptorCount()
            for round in 0..<10 {
                let sockets = try (0..<500).map { _ in try ClientSocket(node.address, isTCP: true) }
                for (number, socket) in sockets.enumerated() {
                    // Some have asked nothing, some are within a message, some have answers under way.
                    if number % 3 == 1 { socket.send(Array(Asking.item(number).prefix(33))) }
                    if number % 3 == 2 { socket.send(Asking.resolve(SampleNode.hugeItem, requestID: UInt32(round))) }
                    socket.resetWhenClosed()
                }
            }
            eventually("all are gone") {
                node.value(.connectionsAccepted) == 5_001 && node.value(.connectionsOpen) == 0
            }
            #expect(node.value(.bytesBuffered) == 0)
            eventually("descriptors are back") { openDescriptorCount() <= before }
            _ = try Self.answered(node)
        }

        private static func answered(_ node: SampleNode) throws -> ClientSocket {
            let socket = try ClientSocket(node.address, isTCP: true)
            try Asking.check(socket.ask(Asking.item(1)), item: 1)
            return socket
        }
    }
}

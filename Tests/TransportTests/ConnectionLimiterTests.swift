import EventLoop
import Glibc
import Resolution
import Testing
import TransportSuite

@testable import Transport

extension TransportTests {
    @Suite struct ConnectionLimiterTests {
        @Test func countsPerAddressAndInTotal() throws {
            let limiter = ConnectionLimiter(countMax: 3, countPerAddressMax: 2)
            let a = try NetworkPrefix(text: "192.0.2.1")
            let b = try NetworkPrefix(text: "192.0.2.2")
            #expect(
                limiter.accept(a) == .accepted(isCrowded: false) && limiter.accept(a) == .accepted(isCrowded: false)
            )
            #expect(limiter.accept(a) == .tooManyOfAddress)
            #expect(limiter.accept(b) == .accepted(isCrowded: false) && limiter.accept(b) == .tooMany)
            limiter.release(a)
            #expect(limiter.accept(b) == .accepted(isCrowded: false) && limiter.count == 3)
        }

        @Test func e5OtherLimitsHoldForNewConnectionsAlone() throws {
            let limiter = ConnectionLimiter(countMax: 3, countPerAddressMax: 3)
            let a = try NetworkPrefix(text: "192.0.2.1")
            let b = try NetworkPrefix(text: "192.0.2.2")
            #expect(
                limiter.accept(a) == .accepted(isCrowded: false) && limiter.accept(a) == .accepted(isCrowded: false)
            )
            limiter.settle(countMax: 2, countPerAddressMax: 1)
            #expect(limiter.count == 2, "those that are open stay")
            #expect(limiter.accept(a) == .tooManyOfAddress && limiter.accept(b) == .tooMany)
            limiter.settle(countMax: 3, countPerAddressMax: 3)
            #expect(limiter.accept(b) == .accepted(isCrowded: false))
        }

        @Test func theLastTenthOfPlacesIsForOneRequestEachAndProbesHaveTheirOwn() throws {
            let limiter = ConnectionLimiter(countMax: 20, countPerAddressMax: 30)
            let a = try NetworkPrefix(text: "192.0.2.1")
            for number in 0..<20 { #expect(limiter.accept(a) == .accepted(isCrowded: number >= 18)) }
            #expect(limiter.accept(a) == .tooMany)
            for _ in 0..<ConnectionLimiter.probeCountMax {
                #expect(limiter.accept(a, isProbe: true) == .accepted(isCrowded: false))
            }
            #expect(limiter.accept(a, isProbe: true) == .tooMany)
        }

        @Test func whereFewPlacesAreLeftAConnectionEndsAfterOneRequest() throws {
            var settings = TransportSettings()
            settings.connectionCountMax = 10
            let node = try SampleNode(settings)
            defer { node.stop() }
            let sockets = try (0..<9).map { _ in try Self.answered(node) }
            let newcomer = try ClientSocket(node.address, isTCP: true)
            newcomer.send(Asking.item(7) + Asking.item(8))
            try Asking.check(newcomer.receiveMessage(), item: 7)
            #expect(newcomer.receive() == [])
            #expect(node.value(.connectionsClosedCrowded) <= 1)
            eventually("its place is free") { node.value(.connectionsClosedCrowded) == 1 }
            for socket in sockets {
                for number in 1...2 { try Asking.check(socket.ask(Asking.item(number)), item: number) }
            }
        }

        @Test func probesAreNotLimitedAndDoNotMakeRoom() throws {
            var settings = TransportSettings()
            settings.connectionCountMax = 3
            settings.connectionsPerAddressMax = 2
            settings.origins = [OriginRule(network: try NetworkPrefix(text: "127.4.4.0/24"), origin: .probe)]
            let node = try SampleNode(settings)
            defer { node.stop() }
            let probe = SocketAddress(ipv4: 0x7F04_0401, port: 0)
            let probes = try (0..<6).map { _ in try ClientSocket(node.address, isTCP: true, from: probe) }
            for socket in probes { try Asking.check(socket.ask(Asking.item(1)), item: 1) }
            let refused = try ClientSocket(node.address, isTCP: true)
            #expect(refused.isEnded())
            for socket in probes {
                for number in 2...3 { try Asking.check(socket.ask(Asking.item(number)), item: number) }
            }
            #expect(node.value(.connectionsRefusedByLimit) == 1 && node.value(.connectionsClosedForRoom) == 0)
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

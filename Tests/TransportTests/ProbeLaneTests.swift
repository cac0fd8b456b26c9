import EventLoop
import Glibc
import Resolution
import Synchronization
import Testing
import Transport
import TransportSuite

extension TransportTests {
    /// Probes of the top-level node have a queue of their own by UDP.
    @Suite struct ProbeLaneTests {
        /// Keeps a worker waiting in its next look-up.
        private final class Gate: Sendable {
            private let isShut = Atomic<Bool>(false)
            private let waitingCount = Atomic<Int>(0)

            func shut() { isShut.store(true, ordering: .sequentiallyConsistent) }
            func open() { isShut.store(false, ordering: .sequentiallyConsistent) }
            var isAnyoneWaiting: Bool { waitingCount.load(ordering: .sequentiallyConsistent) > 0 }

            func pass() {
                waitingCount.add(1, ordering: .sequentiallyConsistent)
                while isShut.load(ordering: .sequentiallyConsistent) { usleep(1_000) }
                waitingCount.subtract(1, ordering: .sequentiallyConsistent)
            }
        }

        private static let probe = SocketAddress(ipv4: 0x7F04_0401, port: 0)

        private static func settings(workerCount: Int = 1) throws -> TransportSettings {
            var settings = TransportSettings()
            settings.workerCount = workerCount
            settings.origins = [OriginRule(network: try NetworkPrefix(text: "127.4.4.0/24"), origin: .probe)]
            return settings
        }

        @Test func R2AProbeIsAnsweredWhereTheQueueOfOthersIsFull() throws {
            let gate = Gate()
            let node = try SampleNode(Self.settings(), willLookUp: { gate.pass() })
            defer { node.stop() }
            let other = try ClientSocket(node.address, isTCP: false)
            gate.shut()
            defer { gate.open() }
            other.sendDatagram(Asking.item(0))
            eventually("the worker waits") { gate.isAnyoneWaiting }
            // More than any queue of the kernel's for one socket holds.
            for number in 0..<20_000 { other.sendDatagram(Asking.item(number % 2_000)) }
            let probe = try ClientSocket(node.address, isTCP: false, from: Self.probe)
            probe.sendDatagram(Asking.item(9))
            gate.open()
            try Asking.check(probe.receive(), item: 9)
            eventually("others were dropped") {
                // The kernel tells with the next that it takes.
                other.sendDatagram(Asking.item(0))
                return node.value(.datagramsDroppedByKernel) > 0
            }
            #expect(try node.ledger.total().received(.probe) == 1)
        }

        @Test func othersAreSpreadOverAllWorkers() throws {
            let node = try SampleNode(Self.settings(workerCount: 2))
            defer { node.stop() }
            let sockets = try (0..<64).map { _ in try ClientSocket(node.address, isTCP: false) }
            for (number, socket) in sockets.enumerated() {
                try Asking.check(socket.ask(Asking.item(number)), item: number)
            }
            for worker in node.transport.workers { #expect(worker.metrics.value(.requestsUDP) >= 10) }
            let probe = try ClientSocket(node.address, isTCP: false, from: Self.probe)
            let before = node.transport.workers[0].metrics.value(.requestsUDP)
            for number in 0..<20 { try Asking.check(probe.ask(Asking.item(number)), item: number) }
            #expect(node.transport.workers[0].metrics.value(.requestsUDP) == before + 20)
        }

        @Test func e5OtherProbesAreTakenWhileTheNodeRuns() throws {
            var settings = try Self.settings(workerCount: 2)
            let node = try SampleNode(settings)
            defer { node.stop() }
            settings.listeners = node.transport.plans
            settings.origins = [OriginRule(network: try NetworkPrefix(text: "127.5.5.5"), origin: .probe)]
            node.transport.settle(settings)
            let source = SocketAddress(ipv4: 0x7F05_0505, port: 0)
            // All of sixteen sockets at one worker: by chance that is one in 65,536.
            eventually("they are told apart") {
                let before = node.transport.workers[0].metrics.value(.requestsUDP)
                for number in 0..<16 {
                    let socket = try? ClientSocket(node.address, isTCP: false, from: source)
                    guard (try? Asking.check(socket?.ask(Asking.item(number)), item: number)) != nil else {
                        return false
                    }
                }
                return node.transport.workers[0].metrics.value(.requestsUDP) == before + 16
            }
        }

        @Test func networksOfIPv6AreToldApart() throws {
            var settings = try Self.settings(workerCount: 2)
            settings.listeners = [ListenerPlan(address: SocketAddress(ipv6High: 0, low: 1, port: 0))]
            settings.origins = [
                OriginRule(network: try NetworkPrefix(text: "2001:db8::/33"), origin: .probe),
                OriginRule(network: try NetworkPrefix(text: "::1"), origin: .probe),
            ]
            guard let node = try? SampleNode(settings) else { return }
            defer { node.stop() }
            for number in 0..<16 {
                let socket = try ClientSocket(node.address, isTCP: false)
                try Asking.check(socket.ask(Asking.item(number)), item: number)
            }
            #expect(node.transport.workers[0].metrics.value(.requestsUDP) == 16)
        }
    }
}

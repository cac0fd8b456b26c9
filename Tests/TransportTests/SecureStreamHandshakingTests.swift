import Cryptography
import Dispatch
import EventLoop
import Glibc
import SampleCertificates
import Testing
import Transport
import TransportSuite

extension TransportTests {
    /// Handshakes whose steps the key thread does, while that thread is kept from doing them.
    @Suite struct SecureStreamHandshakingTests {
        private let client: TLSContext
        private let server: ReplaceableTLSContext

        init() throws {
            let certificate = try SampleCertificate(key: SampleKey(.p256))
            let now = Int64(time(nil))
            client = try TLSContext(client: .certificate(certificate.file()), unixSeconds: now)
            server = ReplaceableTLSContext(try TLSContext(server: certificate.identity(), unixSeconds: now))
        }

        /// A node of one worker that speaks TLS at its first address and TCP as it is at its second.
        private func withNode(
            _ settings: TransportSettings = TransportSettings(),
            _ body: (SampleNode) throws -> Void
        ) throws {
            var settings = settings
            settings.listeners = [
                ListenerPlan(address: SampleNode.loopback, isUDP: false, tls: server),
                ListenerPlan(address: SampleNode.loopback, isUDP: false),
            ]
            let node = try SampleNode(settings)
            do {
                defer { node.stop() }
                try body(node)
            }
            #expect(node.value(.connectionsOpen) == 0 && node.value(.bytesBuffered) == 0)
        }

        private static func plainAddress(_ node: SampleNode) -> SocketAddress { node.transport.plans[1].address }

        /// Keeps the node's key thread busy while `body` runs.
        private static func keepingKeysBusy<Result>(_ node: SampleNode, _ body: () throws -> Result) rethrows -> Result
        {
            let (begun, end) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
            let isTaken = node.keys.run {
                begun.signal()
                end.wait()
            }
            #expect(isTaken)
            begun.wait()
            defer { end.signal() }
            return try body()
        }

        /// The client's first flight.
        private func hello() throws -> [UInt8] {
            var session = try TLSSession(client)
            var hello = [UInt8](repeating: 0, count: session.ciphertextByteCount)
            _ = hello.withUnsafeMutableBytes { session.takeCiphertext(into: $0) }
            return hello
        }

        @Test func aWorkerAnswersWhileAHandshakeIsUnderWay() throws {
            let hello = try hello()
            try withNode { node in
                let socket = try ClientSocket(node.address, isTCP: true)
                try Self.keepingKeysBusy(node) {
                    socket.send(hello)
                    eventually("the key thread is asked") { node.keys.waitingCount == 2 }
                    let plain = try ClientSocket(Self.plainAddress(node), isTCP: true)
                    for number in 0..<20 { try Asking.check(plain.ask(Asking.item(number)), item: number) }
                    #expect(node.value(.handshakesTLS) == 0)
                }
                // A ServerHello (RFC 8446 §4), in a record of the handshake.
                #expect(socket.receive()?.first == 22)
            }
        }

        @Test func R8AConnectionThatEndsMeanwhileLeavesNothing() throws {
            let hello = try hello()
            try withNode { node in
                try Self.keepingKeysBusy(node) {
                    for isReset in [false, true] {
                        let socket = try ClientSocket(node.address, isTCP: true)
                        socket.send(hello)
                        let byteCount = UInt64(isReset ? 2 * hello.count : hello.count)
                        eventually("it waits") { node.value(.bytesBuffered) == byteCount }
                        if isReset { socket.resetWhenClosed() }
                    }
                    eventually("one is gone, and what was kept of it") {
                        node.value(.connectionsClosedByError) == 1 && node.value(.bytesBuffered) == UInt64(hello.count)
                    }
                }
                eventually("both are gone") { node.value(.connectionsOpen) == 0 && node.value(.bytesBuffered) == 0 }
                let honest = try SecureClientSocket(node.address, context: client)
                try Asking.check(honest.ask(Asking.item(1)), item: 1)
            }
        }

        @Test func R8WhatComesMeanwhileIsBounded() throws {
            let hello = try hello()
            try withNode { node in
                let socket = try ClientSocket(node.address, isTCP: true)
                Self.keepingKeysBusy(node) {
                    socket.send(hello)
                    eventually("the key thread is asked") { node.keys.waitingCount == 2 }
                    socket.send([UInt8](repeating: 23, count: 150_000))
                    eventually("as much waits as may") { node.value(.bytesBuffered) == 64 << 10 }
                }
                eventually("what is no record ends it") { node.value(.connectionsClosedByTLS) == 1 }
            }
        }

        @Test func R8WithoutRoomForItsStepAHandshakeEnds() throws {
            let hello = try hello()
            try withNode { node in
                try Self.keepingKeysBusy(node) {
                    for _ in 0..<KeyThread.handshakeCountMax { #expect(node.keys.runHandshake {}) }
                    let socket = try ClientSocket(node.address, isTCP: true)
                    socket.send(hello)
                    #expect(socket.isEnded())
                    #expect(node.value(.connectionsClosedKeysBusy) == 1)
                    #expect(node.keys.refusedCount == 1 && node.keys.run {}, "administration has room of its own")
                }
                eventually("there is room again") { node.keys.waitingCount == 0 }
                let honest = try SecureClientSocket(node.address, context: client)
                try Asking.check(honest.ask(Asking.item(1)), item: 1)
            }
        }

        @Test func aNodeThatEndsDoesNotWaitForHandshakes() throws {
            let hello = try hello()
            try withNode { node in
                let socket = try ClientSocket(node.address, isTCP: true)
                Self.keepingKeysBusy(node) {
                    socket.send(hello)
                    eventually("the key thread is asked") { node.keys.waitingCount == 2 }
                    node.transport.drain(withinNanoseconds: 5_000_000_000)
                    #expect(node.value(.connectionsClosedByDrain) == 1)
                }
            }
        }
    }
}

import Cryptography
import EventLoop
import Glibc
import ResolutionProtocol
import SampleCertificates
import Testing
import Transport
import TransportSuite

extension TransportTests {
    /// The suite that every transport over streams must pass, on TLS, and what is TLS's own.
    @Suite struct SecureStreamTests {
        private let certificate: SampleCertificate
        private let listening: ReplaceableTLSContext

        init() throws {
            certificate = try SampleCertificate(key: SampleKey(.p256))
            listening = ReplaceableTLSContext(try Self.server(certificate))
        }

        private static func server(_ certificate: SampleCertificate) throws -> TLSContext {
            try TLSContext(server: certificate.identity(), unixSeconds: Int64(time(nil)))
        }

        private static func client(_ certificate: SampleCertificate) throws -> TLSContext {
            try TLSContext(client: .certificate(certificate.file()), unixSeconds: Int64(time(nil)))
        }

        /// A node that speaks TLS and nothing else.
        private func withNode(
            _ settings: TransportSettings = TransportSettings(),
            _ body: (SampleNode) throws -> Void
        ) throws {
            var settings = settings
            settings.connectionsPerAddressMax = 1_000
            settings.listeners = [ListenerPlan(address: SampleNode.loopback, isUDP: false, tls: listening)]
            let node = try SampleNode(settings)
            do {
                defer { node.stop() }
                try body(node)
            }
            #expect(node.value(.connectionsOpen) == 0 && node.value(.bytesBuffered) == 0)
        }

        private func withSuite(_ body: (StreamSuite) throws -> Void) throws {
            let context = try Self.client(certificate)
            try withNode(StreamSuite.settings) { node in
                let address = node.address
                try body(StreamSuite { try SecureClientSocket(address, context: context) })
            }
        }

        @Test func p12CutAtEveryByte() throws { try withSuite { try $0.cutAtEveryByte() } }
        @Test func p12OneByteAtATime() throws { try withSuite { try $0.oneByteAtATime() } }
        @Test func p12SeveralInOneSegment() throws { try withSuite { try $0.severalAtOnce() } }
        @Test func p12HalfCloseAfterTheRequest() throws { try withSuite { try $0.halfClose() } }
        @Test func p12HalfCloseBeforeALargeAnswer() throws { try withSuite { try $0.halfCloseBeforeALargeAnswer() } }
        @Test func slowReader() throws { try withSuite { try $0.slowReader() } }
        @Test func closingInEachState() throws { try withSuite { try $0.closingInEachState() } }

        @Test func r5AClientThatNeverReadsIsClosed() throws {
            var settings = TransportSettings()
            settings.writeStallNanoseconds = 300_000_000
            let context = try Self.client(certificate)
            try withNode(settings) { node in
                let socket = try SecureClientSocket(node.address, context: context, receiveBufferByteCount: 16_384)
                for number in 0..<60 { socket.send(Asking.resolve(SampleNode.hugeItem, requestID: UInt32(number))) }
                eventually("closed at write stall") { node.value(.connectionsClosedWriteStall) == 1 }
                eventually("its memory is back") { node.value(.bytesBuffered) == 0 }
            }
        }

        /// Peers that read nothing, of more and more answers, until a socket is full within the last records: these are
        /// under the deadline too.
        @Test func r5TheLastRecordsDoNotWaitForEver() throws {
            var settings = TransportSettings()
            settings.writeStallNanoseconds = 300_000_000
            let context = try Self.client(certificate)
            try withNode(settings) { node in
                var (asked, stalled): (UInt64, UInt64) = (0, 0)
                for count in 1...1_000 where stalled < 2 {
                    let socket = try SecureClientSocket(node.address, context: context, receiveBufferByteCount: 4_096)
                    eventually("hands are shaken") { node.value(.handshakesTLS) == UInt64(count) }
                    let huge = Asking.resolve(SampleNode.hugeItem, requestID: 1)
                    let long = Asking.resolve(SampleNode.longItem, requestID: 2)
                    let requests = [[UInt8]](repeating: huge, count: 4) + [[UInt8]](repeating: long, count: count)
                    asked += UInt64(requests.count)
                    socket.send(Array(requests.joined()))
                    eventually("answered, or waiting") {
                        node.value(.requestsTCP) == asked || node.value(.bytesBuffered) > 0
                    }
                    guard node.value(.bytesBuffered) > 0 else { continue }
                    stalled += 1
                    eventually("closed at write stall") { node.value(.connectionsClosedWriteStall) == stalled }
                    asked = node.value(.requestsTCP)
                }
                #expect(stalled == 2)
            }
        }

        @Test func R8GarbageAndAbandonedHandshakesEndTheirConnectionsOnly() throws {
            var settings = TransportSettings()
            settings.idleUnaskedNanoseconds = 300_000_000
            let context = try Self.client(certificate)
            try withNode(settings) { node in
                var session = try TLSSession(context)
                var hello = [UInt8](repeating: 0, count: session.ciphertextByteCount)
                _ = hello.withUnsafeMutableBytes { session.takeCiphertext(into: $0) }
                // Kept open, so that it is the node that ends them.
                var abandoned: [ClientSocket] = []
                for count in stride(from: 0, through: hello.count, by: 20) {
                    let socket = try ClientSocket(node.address, isTCP: true)
                    socket.send(Array(hello[..<count]))
                    abandoned.append(socket)
                    let garbage = try ClientSocket(node.address, isTCP: true)
                    garbage.send(Array(hello[..<count]) + Asking.item(1))
                    #expect(count > 0 || garbage.isEnded())
                    let honest = try SecureClientSocket(node.address, context: context)
                    try Asking.check(honest.ask(Asking.item(count)), item: count)
                }
                eventually("all are closed") { node.value(.connectionsOpen) == 0 }
                #expect(node.value(.connectionsClosedByTLS) > 0 && node.value(.connectionsClosedUnasked) > 0)
                #expect(abandoned.allSatisfy { $0.receive() != nil || errno == ECONNRESET })
            }
        }

        /// A ClientHello without `supported_versions` (RFC 5246 §7.4.1.2), and more behind it than is read at once.
        @Test func aTLS12ClientIsToldWhyItIsRefused() throws {
            let hello: [UInt8] =
                [22, 3, 1, 0, 45, 1, 0, 0, 41, 3, 3] + [UInt8](repeating: 9, count: 32) + [0, 0, 2, 0xC0, 0x2F, 1, 0]
            try withNode { node in
                let socket = try ClientSocket(node.address, isTCP: true)
                socket.send(hello + [UInt8](repeating: 0, count: 200_000))
                // Alert, fatal, protocol_version (RFC 8446 §6.2).
                #expect(socket.receive() == [21, 3, 3, 0, 2, 2, 70])
                #expect(socket.isEnded())
                socket.shutDownWriting()
                eventually("closed") { node.value(.connectionsClosedByTLS) == 1 }
            }
        }

        @Test func aClientThatTrustsAnotherServerIsCounted() throws {
            let other = try Self.client(SampleCertificate(key: SampleKey(.p256)))
            try withNode { node in
                #expect(throws: SuiteFailure.self) { try SecureClientSocket(node.address, context: other) }
                eventually("closed") { node.value(.connectionsOpen) == 0 }
                #expect(node.value(.connectionsAccepted) == 1 && node.value(.handshakesTLS) == 0)
            }
        }

        @Test func aNewCertificateIsForNewConnections() throws {
            let renewed = try SampleCertificate(key: SampleKey(.ed25519))
            let (old, new) = (try Self.client(certificate), try Self.client(renewed))
            try withNode { node in
                let before = try SecureClientSocket(node.address, context: old)
                listening.replace(with: try Self.server(renewed))
                #expect(throws: SuiteFailure.self) { try SecureClientSocket(node.address, context: old) }
                let after = try SecureClientSocket(node.address, context: new)
                try Asking.check(after.ask(Asking.item(2)), item: 2)
                try Asking.check(before.ask(Asking.item(1)), item: 1)
                #expect(node.value(.handshakesTLS) == 2)
            }
        }
    }
}

import Cryptography
import Glibc
import Resolution
import ResolutionProtocol
import SampleCertificates
import Synchronization
import Testing
import Transport
import TransportSuite

extension TransportTests {
    /// What a client's certificate says reaches administration.
    @Suite struct ClientCertificateTests {
        /// Keeps who asked.
        private final class Asked: AdministrationPort {
            private let asked = Mutex<[AdministrationPeer]>([])

            var peers: [AdministrationPeer] { asked.withLock { $0 } }

            func take(_ request: AdministrationRequest) -> Bool {
                asked.withLock { $0.append(request.peer) }
                // The answer need only be one.
                request.answer(AdministrationAnswer(bytes: request.bytes, code: 1))
                return true
            }

            func connectionClosed(_ number: UInt64) {}
        }

        private let authority: SampleCertificate
        private let server: SampleCertificate

        init() throws {
            authority = try SampleCertificate.authority()
            server = try SampleCertificate(key: SampleKey(.p256))
        }

        private func client(_ identity: TLSIdentity?) throws -> TLSContext {
            try TLSContext(
                client: .certificate(server.file()),
                identity: identity,
                unixSeconds: Int64(time(nil))
            )
        }

        private func certificate(_ userID: String, commonName: String = "") throws -> SampleCertificate {
            var content = SampleCertificate.Content()
            content.commonName = commonName
            content.userIDs = userID.isEmpty ? [] : [userID]
            return try SampleCertificate(content, key: SampleKey(.ed25519), issuer: authority)
        }

        /// Whom a node says to have been asked by, over a connection by `identity`.
        private func asker(_ identity: TLSIdentity?, _ certificates: TLSClientCertificates) throws -> AdministrationPeer
        {
            let context = try TLSContext(
                server: server.identity(),
                clientCertificates: certificates,
                unixSeconds: Int64(time(nil))
            )
            var settings = TransportSettings()
            settings.listeners = [
                ListenerPlan(address: SampleNode.loopback, isUDP: false, tls: ReplaceableTLSContext(context))
            ]
            let asked = Asked()
            let node = try SampleNode(settings, administration: asked)
            defer { node.stop() }
            let socket = try SecureClientSocket(node.address, context: client(identity))
            for requestID in 1...2 as ClosedRange<UInt32> {
                let message = Message(
                    envelope: Envelope(requestID: requestID),
                    header: Header(opCode: .createIdentifier, expiration: 0),
                    body: .bytes([])
                )
                #expect(socket.ask(message.wire) == message.wire)
            }
            #expect(Set(asked.peers).count == 1, "the same for each request")
            return try #require(asked.peers.first)
        }

        @Test func theNameAndTheKeyOfACertificateAreTold() throws {
            let optional = TLSClientCertificates.optional(authorities: try authority.file())
            let required = TLSClientCertificates.required(authorities: try authority.file())
            let named = try certificate("300:0.NA/88.118", commonName: "301:0.NA/88.119")
            let expected = CertifiedIdentity(
                reference: ValueReference(identifier: Array("0.NA/88.118".utf8), index: 300),
                subjectPublicKeyInfo: try named.key.subjectPublicKeyInfo()
            )
            for certificates in [optional, required] {
                let peer = try asker(named.identity(), certificates)
                #expect(peer.isSecured && peer.certified == expected)
            }
            let common = try asker(certificate("", commonName: "301:0.NA/88.119").identity(), required)
            #expect(common.certified?.reference.index == 301)
        }

        @Test func whoNamesNobodyIsNobody() throws {
            let optional = TLSClientCertificates.optional(authorities: try authority.file())
            #expect(try asker(nil, optional).certified == nil)
            #expect(try asker(certificate("", commonName: "printer 4").identity(), optional).certified == nil)
            #expect(try asker(certificate("300:0.NA/88.118").identity(), .none).certified == nil)
        }
    }
}

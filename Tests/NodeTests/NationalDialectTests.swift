import Cryptography
import Resolution
import ResolutionClient
import ResolutionProtocol
import Testing
import TransportSuite

/// The national SDK against a whole node: connections that stay, session ids that collide, requests in a row.
@Suite struct NationalDialectTests {
    private static func name(_ number: Int) -> [UInt8] { AdministeredNode.prefix + Array("/national-\(number)".utf8) }

    private static func key(_ administrator: TestAdministrator) -> AdministratorKey {
        administrator.key(in: IdentifierGrammar.prefixRecordName(of: AdministeredNode.prefix))
    }

    private static func exists(_ name: [UInt8], _ node: AdministeredNode) throws -> Bool {
        try node.asOperator.resolve(name).header.responseCode == .success
    }

    @Test func aLogInIsOfItsConnectionAloneThoughSessionIdsCollide() throws {
        let administrator = try TestAdministrator(.sm2)
        let node = try AdministeredNode(administrator, settings: [("workers", "2")])
        let clients = try (0..<6).map { _ in try NationalClient(node.node.address, sessionID: 1) }
        #expect(try clients[2].logIn(Self.key(administrator)) == .success)
        for (number, client) in clients.enumerated() {
            let code = try client.ask(client.creation(of: Self.name(number))).header.responseCode
            #expect(code == (number == 2 ? .success : .authenticationNeeded), "connection \(number)")
            #expect(try Self.exists(Self.name(number), node) == (number == 2), "connection \(number)")
        }
        // Another one's log-in takes nothing from the first, nor does the end of its connection.
        do {
            let another = try NationalClient(node.node.address, sessionID: 1)
            #expect(try another.logIn(Self.key(administrator)) == .success)
            #expect(try another.ask(another.creation(of: Self.name(7))).header.responseCode == .success)
        }
        #expect(try clients[2].ask(clients[2].creation(of: Self.name(8))).header.responseCode == .success)
        let later = try NationalClient(node.node.address, sessionID: 1)
        #expect(try later.ask(later.creation(of: Self.name(9))).header.responseCode == .authenticationNeeded)
        #expect(node.node.stop() == .code(0))
    }

    @Test func requestsInARowWithHeartbeatsAreEachAnsweredOnce() throws {
        let administrator = try TestAdministrator(.ed25519)
        let node = try AdministeredNode(administrator, settings: [("workers", "2")])
        let client = try NationalClient(node.node.address, sessionID: 1)
        #expect(try client.ask(client.heartbeat()).header.responseCode == .notResponsible)
        #expect(try client.logIn(Self.key(administrator)) == .success)
        for round in 0..<4 {
            var open: [UInt32: ResponseCode] = [:]
            for number in 0..<100 {
                let isHeartbeat = number % 10 == 9
                let name = Self.name(round * 100 + number)
                let request = isHeartbeat ? client.heartbeat() : client.creation(of: name)
                open[request.envelope.requestID] = isHeartbeat ? .notResponsible : .success
                try client.send(request)
            }
            while !open.isEmpty {
                let answer = try client.receive()
                let expected = open.removeValue(forKey: answer.envelope.requestID)
                #expect(answer.header.responseCode == expected, "\(answer)")
            }
        }
        for number in [0, 198, 398] { #expect(try Self.exists(Self.name(number), node)) }
        #expect(node.node.stop() == .code(0))
    }

    /// Who is logged in may idle as long as a session; others have idled since later, and are closed before.
    @Test func aConnectionWithALogInOutlivesOthersThatIdle() throws {
        let administrator = try TestAdministrator(.ed25519)
        let node = try AdministeredNode(administrator, settings: [("workers", "1"), ("idle_answered", "\"1 s\"")])
        let client = try NationalClient(node.node.address, sessionID: 1)
        #expect(try client.logIn(Self.key(administrator)) == .success)
        let session = node.client(administrator)
        _ = try session.create(Self.name(1), SampleRecords.values(1))
        let stranger = try NationalClient(node.node.address, sessionID: 1)
        #expect(try stranger.ask(stranger.heartbeat()).header.responseCode == .notResponsible)
        #expect(stranger.socket.isEnded(), "an idle connection without a log-in stays")
        #expect(try client.ask(client.creation(of: Self.name(2))).header.responseCode == .success)
        _ = try session.create(Self.name(3), SampleRecords.values(1))
        let metrics = String(decoding: try node.node.control.ask(.metrics), as: UTF8.self)
        #expect(metrics.contains("\nhanjiang_connections_closed_idle_total{worker=\"0\"} 1\n"), "\(metrics)")
        // After its log-out it idles as others do.
        let end = client.request(.sessionTerminate, .name(.unnamed))
        #expect(try client.ask(end).header.responseCode == .success)
        #expect(client.socket.isEnded(), "it stays after its log-out")
        #expect(node.node.stop() == .code(0))
    }

    /// At the limit of connections the longest idle one makes room: one without a log-in before one with it.
    @Test func aConnectionWithALogInMakesRoomLast() throws {
        let administrator = try TestAdministrator(.ed25519)
        let node = try AdministeredNode(administrator, settings: [("workers", "1"), ("connections", "2")])
        let client = try NationalClient(node.node.address, sessionID: 1)
        #expect(try client.logIn(Self.key(administrator)) == .success)
        var newest = try NationalClient(node.node.address, sessionID: 1)
        for _ in 0..<3 {
            #expect(try newest.ask(newest.heartbeat()).header.responseCode == .notResponsible)
            let next = try NationalClient(node.node.address, sessionID: 1)
            #expect(newest.socket.isEnded(), "it stays although it has idled for a shorter time")
            newest = next
        }
        #expect(try client.ask(client.creation(of: Self.name(1))).header.responseCode == .success)
        #expect(node.node.stop() == .code(0))
    }
}

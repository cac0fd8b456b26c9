import EventLoop
import FakeServer
import ResolutionClient
import ResolutionProtocol
import Synchronization
import Testing

/// Questions to a name server, over UDP and TCP.
@Suite struct NameClientTests {
    private static let name: [UInt8] = [1, 97, 7] + Array("example".utf8) + [0]

    private static func client(_ server: FakeServer) -> NameClient {
        NameClient(server: server.address, timeouts: AskTimeouts(udpWaits: [300, 300], connect: 2_000, answer: 2_000))
    }

    /// The answer with one pointer whose service is `service`.
    private static func answer(to query: [UInt8], service: String = "ORS+COID", flags: UInt8 = 0x81) -> [UInt8] {
        let data: [UInt8] = [0, 1, 0, 1, 1, 117, UInt8(service.utf8.count)] + Array(service.utf8) + [0, 0]
        let record: [UInt8] = [0xC0, 12, 0, 35, 0, 1, 0, 0, 0, 60, 0, UInt8(data.count)] + data
        let head = Array(query[..<2]) + [flags, 0, 0, 1, 0, 1, 0, 0, 0, 0]
        return head + query[12..<(query.count - 11)] + record
    }

    private static func cut(_ query: [UInt8]) -> [UInt8] {
        Array(query[..<2]) + [0x83, 0, 0, 1, 0, 0, 0, 0, 0, 0] + query[12..<(query.count - 11)]
    }

    private func ask(_ server: FakeServer) throws(AskError) -> (service: String, carrier: AskError.Carrier) {
        let (answer, carrier) = try Self.client(server).ask(Self.name, type: DomainQuery.namingAuthorityPointer)
        let services = answer.pointers(of: Self.name).first?.pointer.services ?? []
        return (String(decoding: services, as: UTF8.self), carrier)
    }

    @Test func `an answer over UDP, among others that are not ours`() throws {
        let server = try FakeServer(datagram: { query, _ in
            let good = Self.answer(to: query)
            return [[], [1], query, [~good[0]] + good.dropFirst(), good]
        })
        defer { server.stop() }
        let found = try ask(server)
        #expect(found.service == "ORS+COID" && found.carrier == .udp)
    }

    @Test func `a question that is lost is sent again`() throws {
        let server = try FakeServer(datagram: { query, count in count == 0 ? [] : [Self.answer(to: query)] })
        defer { server.stop() }
        #expect(try ask(server).carrier == .udp)
        #expect(server.received.withLock { $0.count } == 2)
    }

    @Test(arguments: ["cut", "malformed", "silent"])
    func `what UDP does not bring comes over TCP`(how: String) throws {
        let server = try FakeServer(
            datagram: { query, _ in
                switch how {
                case "cut": [Self.cut(query)]
                case "malformed": [Array(Self.answer(to: query).dropLast(3))]
                default: []
                }
            },
            connection: { connection in
                guard let query = connection.readNameMessage() else { return }
                let answer = Self.answer(to: query, service: "ORS+CINF")
                connection.write([UInt8(answer.count >> 8), UInt8(answer.count & 0xFF)] + answer)
                connection.waitForEnd()
            }
        )
        defer { server.stop() }
        let found = try ask(server)
        #expect(found.service == "ORS+CINF" && found.carrier == .tcp)
    }

    @Test func `nobody there, and a server that ends too early, are told`() throws {
        let nobody = try FakeServer()
        #expect(throws: AskError.self) { try ask(nobody) }
        nobody.stop()
        let early = try FakeServer(
            datagram: { query, _ in [Self.cut(query)] },
            connection: { connection in
                _ = connection.readNameMessage()
                connection.write([1, 0, 5])
            }
        )
        defer { early.stop() }
        let error = #expect(throws: AskError.self) { try ask(early) }
        #expect(error?.failure == .connectionEnded && error?.carrier == .tcp)
    }

    @Test func `over TCP an answer to another question, and one cut short again, are refused`() throws {
        for isCut in [true, false] {
            let server = try FakeServer(
                datagram: { query, _ in [Self.cut(query)] },
                connection: { connection in
                    guard let query = connection.readNameMessage() else { return }
                    let answer = isCut ? Self.cut(query) : [~query[0]] + Self.answer(to: query).dropFirst()
                    connection.write([0, UInt8(answer.count)] + answer)
                    connection.waitForEnd()
                }
            )
            defer { server.stop() }
            let error = #expect(throws: AskError.self) { try ask(server) }
            #expect(error?.failure == (isCut ? .tooLong : .notAnAnswer))
        }
    }
}

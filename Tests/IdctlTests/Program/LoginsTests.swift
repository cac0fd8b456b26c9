import EventLoop
import ResolutionClient
import Testing

@testable import idctl

@Suite struct LoginsTests {
    private static let address = SocketAddress(ipv4: 0x7F00_0001, port: 1)

    private static func client(_ auth: String, of logins: Logins, server: String = "s") throws -> AdministrationClient {
        let name = Logins.Name(server: server, auth: auth, key: "k", siteKey: nil, usesSession: true)
        return try logins.client(name) { AdministrationClient(server: address, key: nil) }
    }

    @Test func `A1 one login serves all that ask a server as the same`() throws {
        let logins = Logins()
        let first = try Self.client("1:a/b", of: logins)
        #expect(try Self.client("1:a/b", of: logins) === first)
        #expect(try Self.client("2:a/b", of: logins) !== first)
        #expect(try Self.client("1:a/b", of: logins, server: "t") !== first)
        logins.end()
        #expect(logins.count == 0)
        #expect(try Self.client("1:a/b", of: logins) !== first)
    }

    @Test func `A1 logins have a bound`() throws {
        let logins = Logins()
        for number in 1...Logins.countMax { _ = try Self.client("\(number):a/b", of: logins) }
        #expect(logins.count == Logins.countMax)
        _ = try Self.client("0:a/b", of: logins)
        #expect(logins.count == 1)
    }
}

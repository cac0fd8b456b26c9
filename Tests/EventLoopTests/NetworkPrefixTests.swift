import EventLoop
import Testing

@Suite struct NetworkPrefixTests {
    @Test(arguments: [
        ("192.0.2.77", "192.0.2.0/24", "192.0.2.77/32"), ("::ffff:192.0.2.77", "192.0.2.0/24", "192.0.2.77/32"),
        ("2001:db8:1:2ff:3::4", "2001:db8:1:200::/56", "2001:db8:1:200::/56"), ("::1", "::/56", "::/56"),
    ])
    func senderIsCountedByItsNetwork(text: String, source: String, connection: String) throws {
        let address = try SocketAddress(text: text)
        #expect(address.sourceNetwork.description == source)
        #expect(address.connectionNetwork.description == connection)
        #expect(address.sourceNetwork.contains(address))
    }

    @Test func sixteenBytesAndALength() throws {
        let prefix = try SocketAddress(text: "192.0.2.77").sourceNetwork
        #expect(prefix.bytes == [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 192, 0, 2, 0])
        #expect(prefix.bitCount == 120)
    }

    @Test(arguments: [
        ("10.0.0.0/8", "10.255.1.2", true), ("10.0.0.0/8", "11.0.0.0", false), ("0.0.0.0/0", "255.255.255.255", true),
        ("0.0.0.0/0", "2001:db8::1", false), ("::/0", "10.0.0.1", true), ("::/0", "2001:db8::1", true),
        ("2001:db8::/65", "2001:db8::7fff:ffff:ffff:ffff", true), ("2001:db8::/65", "2001:db8::8000:0:0:0", false),
        ("192.0.2.7", "192.0.2.7", true), ("192.0.2.7", "192.0.2.6", false), ("192.0.2.99/24", "192.0.2.1", true),
    ])
    func networksContainTheirAddresses(network: String, address: String, expected: Bool) throws {
        #expect(try NetworkPrefix(text: network).contains(SocketAddress(text: address)) == expected)
    }

    @Test(arguments: [
        "", "/", "10.0.0.0/33", "::/129", "10.0.0.0/", "10.0.0.0/+8", "10.0.0.0/8/8", "10.0.0.1:80", "[::1]/64",
    ])
    func nonsenseIsRefused(text: String) {
        #expect(throws: EventLoopError.invalidAddress(text: text)) { try NetworkPrefix(text: text) }
    }
}

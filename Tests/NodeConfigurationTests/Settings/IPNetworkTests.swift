import Testing

@testable import NodeConfiguration

struct IPNetworkTests {
    @Test(arguments: [
        ("10.0.0.0/8", "10.0.0.0/8"), ("192.0.2.1", "192.0.2.1/32"), ("::/0", "::/0"),
        ("2001:DB8::/32", "2001:db8::/32"), ("0.0.0.0/0", "0.0.0.0/0"),
        ("10.128.0.0/9", "10.128.0.0/9"),
    ])
    func networks(text: String, canonical: String) {
        #expect(IPNetwork(text: text)?.text == canonical)
    }

    @Test(arguments: [
        "", "10.0.0.0/", "10.0.0.0/33", "10.0.0.1/8", "10.0.0.0/-1", "10.0.0.0/+8", "::/129", "2001:db8::1/64", "10/8",
        "host/8", "10.0.0.0/8/8", "fe80::1%lo/128",
        "10.64.0.0/9",
    ])
    func noNetworks(text: String) {
        #expect(IPNetwork(text: text) == nil)
    }

    @Test(arguments: [
        ("10.0.0.0/8", "10.255.1.2", true), ("10.0.0.0/8", "11.0.0.0", false),
        ("10.128.0.0/9", "10.127.255.255", false),
        ("10.128.0.0/9", "10.255.0.0", true), ("0.0.0.0/0", "1.2.3.4", true), ("0.0.0.0/0", "::1", false),
        ("::1", "::1", true), ("::1", "::2", false),
    ])
    func contains(network: String, address: String, expected: Bool) throws {
        let network = try #require(IPNetwork(text: network))
        #expect(network.contains(try #require(IPAddress(text: address))) == expected)
    }
}

import Testing

@testable import NodeConfiguration

struct EffectiveTests {
    private static let unusual = """
        [node]
        prefix = "88.118"
        name = "节点 \\"甲\\" \\\\ C:\\\\x"
        data = "/srv/a b"
        workers = 64
        [[listen]]
        address = "::"
        port = 0
        tcp = false
        origin = "probe"
        [[listen]]
        address = "10.1.2.3"
        port = 65535
        [udp]
        reassemblies = 100001
        reassembly_bytes = "300 KiB"
        [tcp]
        idle_unasked = "1500 ms"
        idle_answered = "2 h"
        [tls]
        addresses = ["::", "10.1.2.3"]
        port = 0
        certificate = "/srv/节点.pem"
        key = "/srv/node.key"
        client_certificate = "required"
        client_ca = "/srv/clients.pem"
        [storage]
        map_size = "1 GiB"
        index = "off"
        index_capacity = 20000000
        [[origins]]
        network = "127.0.0.0/8"
        class = "monitoring"
        [[origins]]
        network = "2001:db8::/32"
        class = "probe"
        [site]
        public_addresses = ["203.0.113.9", "2001:0db8::0001"]
        hash_option = "by_prefix"
        primary = false
        [log]
        format = "json"
        [run]
        drain = "0 s"
        """

    /// S1: what `check-config --effective` prints is a configuration, and the same one.
    @Test(arguments: ["[node]\nprefix = \"88.118\"", unusual])
    func effectiveReadsBackToAnEqualValue(text: String) throws {
        let configuration = try NodeConfiguration.parse(text: text, fileName: "node.toml")
        let again = try NodeConfiguration.parse(text: configuration.effective, fileName: "effective.toml")
        #expect(again == configuration)
        #expect(again.effective == configuration.effective)
    }

    @Test func effectiveHasEveryKey() throws {
        let text = try NodeConfiguration.parse(text: "node.prefix = \"88.1\"", fileName: "x").effective
        for table in Schema.tables {
            #expect(text.contains(table.header + "\n"))
            for key in table.keyNames { #expect(text.contains("\n\(key) = "), "\(table.name).\(key)") }
        }
    }

    @Test func valuesAreThoseOfTheFile() throws {
        let configuration = try NodeConfiguration.parse(text: Self.unusual, fileName: "node.toml")
        #expect(configuration.node.name == "节点 \"甲\" \\ C:\\x")
        #expect(configuration.listen.map(\.port) == [0, 65_535])
        #expect(configuration.listen.map(\.origin.originClass) == [.probe, nil])
        #expect(configuration.udp.reassemblies == 100_001)
        #expect(configuration.udp.reassemblyBytes == 307_200)
        #expect(configuration.tcp.idleUnasked == .milliseconds(1_500))
        #expect(configuration.tcp.idleAnswered == .seconds(7_200))
        #expect(configuration.tls.addresses.map(\.text) == ["::", "10.1.2.3"])
        #expect(configuration.tls.port == 0 && configuration.tls.clientCertificate == .required)
        #expect(configuration.tls.certificate == "/srv/节点.pem" && configuration.tls.key == "/srv/node.key")
        #expect(configuration.tls.clientCA == "/srv/clients.pem")
        #expect(configuration.site.publicAddresses.map(\.text) == ["203.0.113.9", "2001:db8::1"])
        #expect(configuration.site.hashOption == .byPrefix)
        #expect(configuration.origins.count == 3)
        #expect(configuration.run.drain == .zero)
    }
}

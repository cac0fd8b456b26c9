import Testing

@testable import NodeConfiguration

@Suite struct ConfigurationChangeTests {
    private static let head = "[node]\nprefix = \"88.118\"\ndata = \"/d\"\n"

    private func parsed(_ text: String) throws -> NodeConfiguration {
        try NodeConfiguration.parse(text: Self.head + text, fileName: "f")
    }

    @Test func nothingChanges() throws {
        let configuration = try parsed("")
        let change = configuration.change(to: try parsed("[tcp]\nconnections_per_address = 256\n"))
        #expect(change == ConfigurationChange(configuration: configuration, taken: [], waiting: []))
    }

    @Test func keysAreTakenOrWait() throws {
        let text = """
            [udp]
            reassemblies = 7
            [tcp]
            write_stall = "3 s"
            connections = 5
            [limits]
            in_flight_bytes = "8 MiB"
            lookups_list = 9
            [rate_limit]
            mode = "dry-run"
            allow = []
            networks = 2048
            [guardian]
            enabled = false
            interval = "5 s"
            [run]
            drain = "1 s"
            [[origins]]
            network = "10.0.0.0/8"
            class = "enterprise"
            [[listen]]
            address = "127.0.0.1"
            port = 9
            """
        let fresh = try parsed(text)
        let change = try parsed("").change(to: fresh)
        #expect(
            change.taken == [
                "rate_limit.mode", "rate_limit.allow", "tcp.connections", "tcp.write_stall",
                "guardian.enabled", "guardian.interval", "limits.in_flight_bytes", "origins", "run.drain",
            ]
        )
        #expect(change.waiting == ["listen", "udp.reassemblies", "rate_limit.networks", "limits.lookups_list"])
        #expect(change.configuration.tcp == fresh.tcp)
        #expect(change.configuration.limits.lookupsList == 2_048)
        #expect(change.configuration.listen.count == 2)
        let again = change.configuration.change(to: fresh)
        #expect(again.taken.isEmpty && again.waiting == change.waiting)
    }
}

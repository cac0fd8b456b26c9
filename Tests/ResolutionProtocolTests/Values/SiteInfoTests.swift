import ResolutionProtocol
import Testing

@Suite struct SiteInfoTests {
    /// data-model.md §5.
    @Test func theExampleOfTheReference() throws {
        let interfaces = [
            ServerInterface(kind: .both, transport: .tcp, port: 2641),
            ServerInterface(kind: .query, transport: .udp, port: 2641),
            ServerInterface(kind: .both, transport: .http, port: 8000),
        ]
        let address = [UInt8](repeating: 0, count: 12) + [192, 0, 2, 10]
        let site = SiteInfo(
            serialNumber: 2,
            attributes: [SiteAttribute(name: Array("desc".utf8), value: Array("Test".utf8))],
            servers: [SiteServer(serverID: 1, address: address, publicKey: [0xAA, 0xBB], interfaces: interfaces)]
        )
        let head: [UInt8] = [0, 1, 2, 11, 0, 2, 0x80, 2, 0, 0, 0, 0]
        let attributes = [0, 0, 0, 1, 0, 0, 0, 4] + Array("desc".utf8) + [0, 0, 0, 4] + Array("Test".utf8)
        let server = [0, 0, 0, 1, 0, 0, 0, 1] + address + [0, 0, 0, 2, 0xAA, 0xBB, 0, 0, 0, 3]
        let ports: [UInt8] = [3, 1, 0, 0, 0x0A, 0x51, 2, 0, 0, 0, 0x0A, 0x51, 3, 2, 0, 0, 0x1F, 0x40]
        #expect(site.wire == head + attributes + server + ports)
        #expect(throws: WireError.trailingBytes) { try SiteInfo(wire: site.wire + [0]) }
    }
}

import Glibc
import Testing

@testable import EventLoop

@Suite struct SocketAddressTests {
    @Test(arguments: [
        ("127.0.0.1", "127.0.0.1:2641"), ("127.0.0.1:53", "127.0.0.1:53"), ("::1", "[::1]:2641"),
        ("[::1]", "[::1]:2641"), ("[::1]:53", "[::1]:53"), ("2001:DB8::7", "[2001:db8::7]:2641"),
        ("0.0.0.0:0", "0.0.0.0:0"), ("[fe80::1%3]:65535", "[fe80::1%3]:65535"),
        ("::ffff:10.0.0.1", "[::ffff:10.0.0.1]:2641"),
    ])
    func textIsReadAndWritten(text: String, expected: String) throws {
        let address = try SocketAddress(text: text, defaultPort: 2641)
        #expect(address.description == expected)
        let again = try SocketAddress(text: address.description)
        #expect(again == address)
    }

    @Test(arguments: [
        "", ":", "1.2.3", "1.2.3.4:", "1.2.3.4:65536", "1.2.3.4:+5", "1.2.3.4:-1", "[::1", "[::1]x", "[::1]:",
        "[1.2.3.4]:5", "::1]:5", "localhost", "1.2.3.4\u{0}", "::1\u{0}x", "fe80::1%", "1.2.3.4:5:6",
    ])
    func nonsenseIsRefused(text: String) {
        #expect(throws: EventLoopError.invalidAddress(text: text)) { try SocketAddress(text: text) }
    }

    @Test func bytesAreInNetworkOrder() throws {
        let ipv4 = try SocketAddress(text: "192.0.2.7")
        #expect(ipv4.bytes == [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 192, 0, 2, 7])
        let ipv6 = try SocketAddress(text: "2001:db8:1:203:405::9")
        #expect(ipv6.bytes == [0x20, 1, 0xD, 0xB8, 0, 1, 2, 3, 4, 5, 0, 0, 0, 0, 0, 9])
    }

    @Test(arguments: ["192.0.2.7:99", "[2001:db8::7]:99", "[fe80::1%3]:1", "0.0.0.0:0"])
    func systemFormIsReadBack(text: String) throws {
        let address = try SocketAddress(text: text)
        let (readBack, cut) = address.withSystemAddress { storage, byteCount in
            (
                SocketAddress(storage, byteCount: Int(byteCount)),
                (0..<Int(byteCount)).compactMap { SocketAddress(storage, byteCount: $0) }
            )
        }
        #expect(readBack == address)
        #expect(cut.isEmpty, "a cut address was read")
    }

    @Test func anotherFamilyIsNoAddress() {
        var storage = sockaddr_storage()
        storage.ss_family = sa_family_t(AF_UNIX)
        #expect(SocketAddress(&storage, byteCount: MemoryLayout<sockaddr_storage>.size) == nil)
    }

    @Test(arguments: [
        ("127.0.0.1", true), ("127.255.0.9", true), ("::1", true), ("::ffff:127.0.0.1", true), ("128.0.0.1", false),
        ("::2", false), ("0.0.0.0", false), ("::7f00:1", false), ("2001:db8::7f00:1", false),
    ])
    func loopbackIsKnown(text: String, expected: Bool) throws {
        #expect(try SocketAddress(text: text).isLoopback == expected)
    }

    @Test func equalityLooksAtFamilyAddressPortAndScope() throws {
        let address = try SocketAddress(text: "10.0.0.1:5")
        #expect(try address == SocketAddress(text: "10.0.0.1:5"))
        #expect(try address != SocketAddress(text: "10.0.0.1:6"))
        #expect(try address != SocketAddress(text: "10.0.0.2:5"))
        #expect(try address != SocketAddress(text: "[::ffff:10.0.0.1]:5"))
        #expect(address.withPort(6).description == "10.0.0.1:6")
    }

    @Test func theSourceTowardsATarget() throws {
        let target = SocketAddress(ipv4: 0x7F00_0001, port: 2641)
        #expect(SocketAddress.source(towards: target) == SocketAddress(ipv4: 0x7F00_0001, port: 0))
        // An interface that does not exist here.
        #expect(
            SocketAddress.source(towards: SocketAddress(ipv6High: 0xFE80 << 48, low: 9, port: 1, scope: 9_999)) == nil
        )
    }
}

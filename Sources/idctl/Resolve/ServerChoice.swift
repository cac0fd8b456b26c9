internal import Console
internal import EventLoop
internal import Glibc
internal import NodeConfiguration
internal import ResolutionClient
internal import ResolutionProtocol

/// Which server is asked: that of `--server`, else the first listener of `--config`, else port 2641 of this machine.
enum ServerChoice {
    /// The port of the resolution protocol.
    static let portDefault: UInt16 = 2_641

    /// The server's address, by the flags `--server` and `--config`, else by environment or profile.
    static func address(server: String?, configurationPath: String?) throws(CommandFailure) -> SocketAddress {
        let settings = try Settings.current.checked()
        return try address(settings.server(.flags([.server: server, .config: configurationPath])))
    }

    /// The address that the settings which count name.
    static func address(_ given: Settings.Level) throws(CommandFailure) -> SocketAddress {
        if let server = given[.server] { return try address(text: server.text, flag: server.name(of: .server)) }
        guard let path = given[.config]?.text else { return SocketAddress(ipv4: 0x7F00_0001, port: portDefault) }
        return try firstListener(of: ConfigurationLoading.load(path), path: path)
    }

    /// The address that `text` names: an IP address or a host's name, with or without a port; `flag` is where it was
    /// given.
    static func address(text: String, flag: String = "--server") throws(CommandFailure) -> SocketAddress {
        if let address = try? SocketAddress(text: text, defaultPort: portDefault) { return address }
        if let address = lookUp(text) { return address }
        let expected = LocalizedText(
            english: "HOST:PORT, such as 127.0.0.1:2641 or [::1]:2641",
            chinese: "主机:端口，例如 127.0.0.1:2641 或 [::1]:2641"
        )
        throw CommandFailure(.unusableArgument(flag, value: text, expected: expected), exit: .usage)
    }

    /// The first listener that can be asked from here: an address that stands for all is this machine's loopback.
    static func firstListener(
        of configuration: NodeConfiguration,
        path: String
    ) throws(CommandFailure) -> SocketAddress {
        if configuration.listen.first?.port == 0 { return try boundListener(of: configuration, path: path) }
        guard let listener = configuration.listen.first,
            let address = try? SocketAddress(
                text: listener.address.isIPv6 ? "[\(listener.address.text)]" : listener.address.text,
                defaultPort: UInt16(clamping: listener.port)
            )
        else { throw CommandFailure(.noListenerInConfiguration(path), exit: .failed) }
        return reachable(address)
    }

    /// An address that stands for every one of the machine is asked on loopback.
    private static func reachable(_ address: SocketAddress) -> SocketAddress {
        guard address.isWildcard else { return address }
        return address.isIPv6
            ? SocketAddress(ipv6High: 0, low: 1, port: address.port)
            : SocketAddress(ipv4: 0x7F00_0001, port: address.port)
    }

    /// With port 0 the system has chosen one: only the running node knows it.
    private static func boundListener(
        of configuration: NodeConfiguration,
        path: String
    ) throws(CommandFailure) -> SocketAddress {
        let socket = configuration.controlSocketPath
        let report = try StatusReport(ControlAsking.ask(socket, .status), place: socket)
        guard let text = report.firstListener, let address = try? SocketAddress(text: text) else {
            throw CommandFailure(.noListenerInConfiguration(path))
        }
        return reachable(address)
    }

    /// Asks the system for the address of `name` or `name:port`; the first one counts.
    private static func lookUp(_ text: String) -> SocketAddress? {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard let name = parts.first, !name.isEmpty, !text.utf8.contains(0) else { return nil }
        guard let port = parts.count > 1 ? UInt16(parts[1]) : portDefault else { return nil }
        var found: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(String(name), nil, nil, &found) == 0, let first = found else { return nil }
        defer { freeaddrinfo(first) }
        guard let address = first.pointee.ai_addr else { return nil }
        return SocketAddress(UnsafeRawPointer(address), byteCount: Int(first.pointee.ai_addrlen))?.withPort(port)
    }
}

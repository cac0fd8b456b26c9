/// Who asks, for the counts (docs/counting.md): decided by the listener and a table of source networks.
public enum OriginClass: UInt8, CaseIterable, Sendable, BitwiseCopyable {
    /// Anyone from outside.
    case external = 0
    /// A public recursive node.
    case recursive = 1
    /// An enterprise node.
    case enterprise = 2
    /// A probe of the top-level node.
    case probe = 3
    /// Our own monitoring.
    case monitoring = 4
    /// Ourselves: loopback and load tests.
    case own = 5

    /// Whether its answered queries are resolutions that may be reported (解析成功响应量).
    public var isExternal: Bool {
        switch self {
        case .external, .recursive, .enterprise: true
        case .probe, .monitoring, .own: false
        }
    }

    /// The name in configuration and reports.
    public var name: String {
        switch self {
        case .external: "external"
        case .recursive: "recursive"
        case .enterprise: "enterprise"
        case .probe: "probe"
        case .monitoring: "monitoring"
        case .own: "own"
        }
    }
}

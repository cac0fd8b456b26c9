/// Where a query comes from, as counts are kept apart.
package enum OriginClass: String, SettingChoice {
    /// Anybody else; the only one that enters the second count.
    case external
    /// A recursive node.
    case recursive
    /// An enterprise node.
    case enterprise
    /// The top-level node's monitoring.
    case probe
    /// Our own monitoring.
    case monitoring
    /// This machine and our own load tests.
    case own
}

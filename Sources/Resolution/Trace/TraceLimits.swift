/// How far a trace goes.
package struct TraceLimits: Hashable, Sendable {
    /// References one after the other, at most 254: levels are numbers of one octet.
    package var depthMax: Int
    /// Identifiers that are asked for, that of the beginning among them.
    package var identifierCountMax: Int
    /// Bytes of the values that are read.
    package var byteCountMax: Int

    /// The limits of docs/trace.md.
    package init(depthMax: Int = 8, identifierCountMax: Int = 1_000, byteCountMax: Int = 4 << 20) {
        self.depthMax = min(max(0, depthMax), 254)
        self.identifierCountMax = max(1, identifierCountMax)
        self.byteCountMax = max(0, byteCountMax)
    }
}

package import EventLoop

/// How much of what is sent by UDP one source network may draw (reliability case R1): the /24 of an IPv4 address, the
/// /56 of an IPv6 address, as a UDP source proves nothing and may stand for somebody else.
package struct RateLimit: Sendable, Hashable {
    /// What comes of an answer over the limit.
    package enum Mode: Sendable, Hashable {
        /// Every answer is sent, nothing is counted.
        case off
        /// Every answer is sent, and those that would not be are counted.
        case dryRun
        /// Silence, counted.
        case on
    }

    /// What comes of an answer over the limit.
    package var mode = Mode.on
    /// Datagrams sent to one network per second, over time.
    package var packetsPerSecond = 200
    /// Datagrams sent to one network at once.
    package var packetBurst = 500
    /// Bytes sent to one network in ten seconds, in percent of those received from it.
    package var bytePercent = 140
    /// Bytes that a network is sent in ten seconds beside those. An answer is three or four times as long as its
    /// question: without these, whoever asks now and then would get nothing by UDP.
    package var freeByteCount = 16_384
    /// Networks that are not limited. Those of the class `probe` are not either.
    package var allowed = [
        NetworkPrefix(high: 0, low: 0xFFFF_7F00_0000, bitCount: 104), NetworkPrefix(high: 0, low: 1, bitCount: 128),
    ]
    /// Networks that each worker knows apart, rounded up to a power of two; fixed for the life of a worker.
    package var networkCount = 16_384

    /// The defaults of conf/node.toml.
    package init() {}
}

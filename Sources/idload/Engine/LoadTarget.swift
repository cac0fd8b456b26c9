internal import EventLoop

/// Where questions go, and through what.
struct LoadTarget: Sendable, Equatable {
    var address: SocketAddress
    var carrier: LoadPlan.Carrier
    /// Its part of the questions, beside the weights of the others; above 0.
    var weight = 1.0
}

extension LoadTarget: CustomStringConvertible {
    /// As `udp://127.0.0.1:2641`.
    var description: String { "\(carrier.rawValue)://\(address)" }
}

internal import EventLoop
internal import Logging
internal import Resolution
internal import ResolutionProtocol

extension Logger {
    /// Says what administration has to tell.
    func report(_ event: AdministrationEvent) {
        switch event {
        case .proofFailed(let who, let source):
            warning("proof failed", metadata: ["administrator": "\(who.text)", "source": "\(source.text)"])
        case .legacyProof(let who, let source):
            warning(
                "proof by a legacy algorithm",
                metadata: ["administrator": "\(who.text)", "source": "\(source.text)"]
            )
        case .keeperRemoved(let identifier, let who):
            warning(
                "nobody can change the administrators of an identifier any more",
                metadata: [
                    "identifier": "\(String(decoding: identifier, as: UTF8.self))",
                    "administrator": "\(who?.text ?? "everyone")",
                ]
            )
        case .others(let count): warning("more events of administration", metadata: ["count": "\(count)"])
        }
    }
}

extension ValueReference {
    /// `300:0.NA/88.118`.
    fileprivate var text: String { "\(index):\(String(decoding: identifier, as: UTF8.self))" }
}

extension QuerySource {
    /// The address as people write it.
    fileprivate var text: String {
        if high == 0, low >> 32 == 0x0000_FFFF {
            let octets = [24, 16, 8, 0].map { String(low >> UInt64($0) & 0xFF) }
            return octets.joined(separator: ".")
        }
        return SocketAddress(ipv6High: high, low: low, port: 0).description
    }
}

internal import EventLoop

/// A target as people write it: `127.0.0.1:2641`, `tcp://127.0.0.1:2641`, `udp://[::1]:2641=3`.
struct TargetText {
    let address: SocketAddress
    /// nil: whatever `--protocol` says.
    let carrier: LoadPlan.Carrier?
    /// Above 0.
    let weight: Double

    /// nil where it is none of these.
    init?(_ text: String, isDNS: Bool = false) {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard let weight = Self.weight(parts.count > 1 ? parts[1] : "1") else { return nil }
        var place = parts[0]
        var carrier: LoadPlan.Carrier?
        if let scheme = place.firstRange(of: "://") {
            carrier = LoadPlan.Carrier(rawValue: String(place[..<scheme.lowerBound]))
            guard carrier != nil else { return nil }
            place = place[scheme.upperBound...]
        }
        let defaultPort: UInt16 = carrier == .dns || carrier == nil && isDNS ? 53 : 2641
        guard let address = try? SocketAddress(text: String(place), defaultPort: defaultPort), address.port != 0 else {
            return nil
        }
        self.address = address
        self.carrier = carrier
        self.weight = weight
    }

    /// Protocols with weights, as `udp` or `udp=3,tcp=1`; nil where the text is none of that, or names one twice.
    static func carriers(_ text: String) -> [(carrier: LoadPlan.Carrier, weight: Double)]? {
        var carriers: [(carrier: LoadPlan.Carrier, weight: Double)] = []
        for item in text.split(separator: ",", omittingEmptySubsequences: false) {
            let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let carrier = LoadPlan.Carrier(rawValue: String(parts[0])),
                let weight = weight(parts.count > 1 ? parts[1] : "1"),
                !carriers.contains(where: { $0.carrier == carrier })
            else { return nil }
            carriers.append((carrier, weight))
        }
        return carriers.isEmpty ? nil : carriers
    }

    private static func weight(_ text: Substring) -> Double? {
        LoadQuantity.number(text).flatMap { (0.001...1e6).contains($0) ? $0 : nil }
    }
}

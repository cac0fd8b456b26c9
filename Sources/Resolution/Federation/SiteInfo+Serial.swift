package import ResolutionProtocol

// Which of two sites was made later: serials have 16 bits and wrap (case F2).
extension SiteInfo {
    /// Whether `serial` was given later than `other`. Where one is unknown, neither is.
    package static func isSerial(_ serial: UInt16, newerThan other: UInt16) -> Bool {
        guard serial != Header.unknownSerial, other != Header.unknownSerial else { return false }
        return Int16(bitPattern: serial &- other) > 0
    }

    /// The serial behind `serial`; the one that says "unknown" is left out.
    package static func serial(after serial: UInt16) -> UInt16 {
        let next = serial &+ 1
        return next == Header.unknownSerial ? 0 : next
    }

    /// The newest serial of `sites`; nil: there are none.
    package static func newestSerial(of sites: [SiteInfo]) -> UInt16? {
        sites.map(\.serialNumber).reduce(nil) { newest, serial in
            newest.map { isSerial(serial, newerThan: $0) ? serial : $0 } ?? serial
        }
    }

    /// Whether it says the same but for its serial.
    package func isSame(as other: SiteInfo) -> Bool {
        var own = self
        own.serialNumber = other.serialNumber
        return own == other
    }
}

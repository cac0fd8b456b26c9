internal import ResolutionProtocol

/// What is asked about names in the domain name system (RFC 1035 §4), and in what zone they lie.
struct NameQuestion: Sendable, Equatable {
    let type: UInt16
    /// In wire form, with the root at its end.
    private let zone: [UInt8]

    /// nil where `zone` is no name, or too long for one in it.
    init?(type: UInt16, zone: String = "") {
        guard let labels = DomainName.labels(Array(zone.utf8)) else { return nil }
        self.type = type
        self.zone = labels + [0]
        guard self.zone.count < DomainName.byteCountMax - 2 else { return nil }
    }

    /// A query without its id: recursion desired, one question, EDNS; nil where `name` is none, or too long.
    func message(about name: [UInt8]) -> [UInt8]? {
        guard let labels = DomainName.labels(name), !labels.isEmpty,
            labels.count + zone.count <= DomainName.byteCountMax
        else { return nil }
        return DomainQuery.message(about: labels + zone, type: type)
    }

    /// The name in a message that was made here, whole, as people write it.
    func text(of message: UnsafeRawBufferPointer) -> [UInt8] {
        DomainName.text(of: Array(DomainQuery.questionSection(of: message)))
    }

    /// A name beside one that exists, as it stands in the zone, that nobody has registered.
    func missing(nextTo known: [UInt8], number: Int, place: Int) -> [UInt8] {
        let zoneText = DomainName.text(of: zone)
        let own = known.dropLast(zoneText.isEmpty ? 0 : zoneText.count + 1)
        let label = Array("missing-\(number)-\(place)".utf8)
        // Where the name is too long for one more label, another takes its place.
        let isLong = own.count + label.count + zone.count > DomainName.byteCountMax - 8
        return isLong ? label : label + [UInt8(ascii: ".")] + own
    }
}

internal import ResolutionProtocol

/// References followed backwards: who refers to an identifier, among the records that are kept here.
extension Administration {
    /// The most records that are read to tell who refers to one identifier.
    private static let referrerCountMax = 1_000

    /// Whether it is kept here who refers to what.
    var keepsReferences: Bool {
        (try? ports.references?.referrers(of: [], limit: 0)) != nil
    }

    /// What is found of `name`: its own values, where it is kept here, and those who refer to it by values that the
    /// asker may read.
    func referrers(of name: [UInt8], _ open: OpenTrace) -> TraceFinding {
        guard let referrers = try? ports.references?.referrers(of: name, limit: Self.referrerCountMax) else {
            return TraceFinding(refusal: .error)
        }
        var links: [TraceLink] = []
        for referrer in referrers.names {
            guard case .found(let record) = records.read(referrer) else { continue }
            let values = readable(record, by: open.call.reader)
            links += open.trace.rule.links(of: values, to: name, from: record.name, folding: settings.folding)
        }
        guard case .ours(let row) = responsibility(for: name), row.status == .enabled else {
            return .referrers(links, [], isWhole: referrers.isWhole)
        }
        switch reading(name, open.call) {
        case .found(let values, _): return .referrers(links, values, isWhole: referrers.isWhole)
        case let none: return links.isEmpty ? none : .referrers(links, [], isWhole: referrers.isWhole)
        }
    }
}

extension AdministrationCall {
    /// As whom values are read; nil: as nobody.
    var reader: Identity? { flags.contains(.publicOnly) ? nil : identity }
}

internal import ResolutionProtocol

/// Whether this server keeps an identifier (operations.md §2).
enum Responsibility: Sendable {
    /// It does. The prefix it belongs to (of a prefix record that prefix itself, or the nearest known one above it).
    case ours(PrefixRow)
    /// It does not.
    case notOurs
    /// Another server of this site does.
    case otherServer
}

extension Administration {
    /// Who keeps `identifier`.
    func responsibility(for identifier: [UInt8]) -> Responsibility {
        guard !identifier.isEmpty, identifier[0] != UInt8(ascii: "/") else { return .notOurs }
        let key = settings.folding.key(of: identifier)
        let prefix = ASCIIFolding.uppercased(IdentifierGrammar.prefix(of: key))
        guard isOwnServer(of: identifier) else { return .otherServer }
        if let row = rows[prefix], row.state == .homed { return .ours(row) }
        guard prefix == Self.recordsPrefix else { return .notOurs }
        let named = ASCIIFolding.uppercased(IdentifierGrammar.suffix(of: key))
        if let row = rows[named], row.state != .withdrawn { return .ours(row) }
        guard let ancestor = nearestAncestor(of: named) else { return .notOurs }
        return .ours(ancestor)
    }

    /// What stands before the "/" in names of prefix records.
    static let recordsPrefix = Array("0.NA".utf8)

    private func nearestAncestor(of prefix: [UInt8]) -> PrefixRow? {
        var name = IdentifierGrammar.parent(of: prefix)
        while let candidate = name {
            if let row = rows[candidate], row.state != .withdrawn { return row }
            name = IdentifierGrammar.parent(of: candidate)
        }
        return nil
    }

    private func isOwnServer(of identifier: [UInt8]) -> Bool {
        guard settings.site.servers.count > 1 else { return true }
        let index = try? ServerSelection.serverIndex(
            of: identifier,
            option: settings.site.hashOption,
            serverCount: settings.site.servers.count
        )
        return index == settings.ownServerIndex
    }

    /// The prefix that `identifier` belongs to, where it is kept here and taken care of; else the refusal.
    func requireOurs(_ identifier: [UInt8]) -> Result<PrefixRow, AdministrationRefusal> {
        switch responsibility(for: identifier) {
        case .ours(let row):
            guard row.status == .enabled else {
                let text = "the prefix \(printable(row.prefix)) is known here, but \(row.status.name)"
                return .failure(AdministrationRefusal(.operationNotSupported, text))
            }
            return .success(row)
        case .notOurs: return .failure(AdministrationRefusal(.notResponsible, "not responsible for this prefix"))
        case .otherServer:
            return .failure(AdministrationRefusal(.notResponsible, "another server of this site is responsible"))
        }
    }

    /// The name of the record whose administrators may create `identifier`: its prefix's, or, of a derived prefix's
    /// record, the one of the prefix above it; nil: nobody's.
    func recordOverCreation(of identifier: [UInt8]) -> (name: [UInt8], needed: AdminPermission)? {
        let key = settings.folding.key(of: identifier)
        let prefix = IdentifierGrammar.prefix(of: key)
        guard prefix == Self.recordsPrefix else {
            return (IdentifierGrammar.prefixRecordName(of: prefix), .addIdentifier)
        }
        guard let parent = IdentifierGrammar.parent(of: IdentifierGrammar.suffix(of: key)) else { return nil }
        return (IdentifierGrammar.prefixRecordName(of: parent), .addDerivedPrefix)
    }

    /// `bytes` as a person can read them in an error.
    func printable(_ bytes: [UInt8]) -> String {
        String(decoding: bytes.prefix(128), as: UTF8.self)
    }
}

/// Why an operation is refused.
struct AdministrationRefusal: Error, Hashable, Sendable {
    let code: ResponseCode
    let text: String

    init(_ code: ResponseCode, _ text: String) {
        self.code = code
        self.text = text
    }

    var response: AdministrationResponse { .refused(code, text) }
}

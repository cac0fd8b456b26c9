internal import ResolutionProtocol

/// Creation and deletion (operations.md §§5-6).
extension Administration {
    func decideCreation(
        of name: [UInt8],
        _ values: [HandleValue],
        _ call: AdministrationCall
    ) -> Result<ChangeDecision, AdministrationRefusal> {
        refusing { () throws(AdministrationRefusal) in
            if call.flags.contains(.mintSuffix), !name.contains(UInt8(ascii: "/")) {
                throw AdministrationRefusal(.invalidIdentifier, "a name to put a suffix behind needs its \"/\"")
            }
            let row = try requireOurs(name).get()
            let identifier = try Self.registrable(name)
            try Self.checkIndexes(values, .valueExists)
            let existing = try recordToChange(name).get()
            if existing != nil, !call.flags.contains(.overwrite), !mayBeRepetition(call) {
                throw AdministrationRefusal(.identifierExists, "the identifier exists already")
            }
            guard let identity = call.identity else { return .needsIdentity }
            guard let existing else { return try creation(identifier, values, row, identity, call) }
            guard call.flags.contains(.overwrite) else {
                throw AdministrationRefusal(.identifierExists, "the identifier exists already")
            }
            return try overwriting(existing, identifier, values, row, identity, call)
        }
    }

    private func creation(
        _ identifier: Identifier,
        _ values: [HandleValue],
        _ row: PrefixRow,
        _ identity: Identity,
        _ call: AdministrationCall
    ) throws(AdministrationRefusal) -> ChangeDecision {
        guard mayCreate(identifier.bytes, identity) else { throw .notAdministrator }
        try Self.checkValues(values)
        let conforming = try conforming(identifier.bytes, before: [], after: values, call)
        let stamped = conforming.map { $0.stamped(call.unixSeconds) }
        return .command(
            ChangePlan(
                change: .put(name: identifier, values: stamped, expecting: .absent),
                identity: identity,
                before: nil,
                after: stamped,
                row: row,
                success: AdministrationResponse(code: .success, body: WireText(identifier.bytes).wire)
            )
        )
    }

    /// Whether `identity` may create `identifier`, by the record that is over it.
    func mayCreate(_ identifier: [UInt8], _ identity: Identity) -> Bool {
        guard let over = recordOverCreation(of: identifier) else {
            if identity.isNodeOperator { return true }
            return settings.haveServerAdministratorsFullAccess && isServerAdministrator(identity)
        }
        guard case .found(let record) = records.read(over.name) else { return has(identity, over.needed, by: []) }
        return has(identity, over.needed, by: record.values)
    }

    /// Creation with OVRW of what exists: the new values take the old ones' place.
    private func overwriting(
        _ existing: AdministeredRecord,
        _ identifier: Identifier,
        _ values: [HandleValue],
        _ row: PrefixRow,
        _ identity: Identity,
        _ call: AdministrationCall
    ) throws(AdministrationRefusal) -> ChangeDecision {
        let wanted = try keepingTemplate(of: existing.values, values)
        let difference = ValueChange(from: existing.values, to: wanted, unixSeconds: call.unixSeconds)
        guard mayOverwrite(existing, identifier.bytes, difference.needed, identity) else { throw .notAdministrator }
        try Self.checkValues(values)
        let after = try conforming(identifier.bytes, before: existing.values, after: difference.values, call)
        return .command(
            ChangePlan(
                change: .put(
                    name: identifier,
                    values: after,
                    expecting: .sequence(existing.sequence)
                ),
                identity: identity,
                before: existing.values,
                after: after,
                row: row,
                success: AdministrationResponse(
                    code: .success,
                    body: WireText(identifier.bytes).wire,
                    flags: .overwrite
                )
            )
        )
    }

    /// By what the difference takes; by "add administrator" alone; or by the rights to delete it and to create it anew.
    private func mayOverwrite(
        _ existing: AdministeredRecord,
        _ identifier: [UInt8],
        _ needed: AdminPermission,
        _ identity: Identity
    ) -> Bool {
        if needed.isEmpty { return true }
        if !needed.contains(.addAdmin), has(identity, needed, by: existing.values) { return true }
        if has(identity, .addAdmin, by: existing.values) { return true }
        return has(identity, .deleteIdentifier, by: existing.values) && mayCreate(identifier, identity)
    }

    /// The prefix of what is to be deleted. It need not be homed any more: administrators may remove what is left of
    /// it.
    private func rowOfDeletion(of name: [UInt8]) -> Result<PrefixRow, AdministrationRefusal> {
        switch responsibility(for: name) {
        case .ours(let row): return .success(row)
        case .otherServer:
            return .failure(AdministrationRefusal(.notResponsible, "another server of this site is responsible"))
        case .notOurs:
            let prefix = ASCIIFolding.uppercased(IdentifierGrammar.prefix(of: settings.folding.key(of: name)))
            if let row = rows[prefix] { return .success(row) }
            return .failure(AdministrationRefusal(.notResponsible, "not responsible for this prefix"))
        }
    }

    func decideDeletion(
        of name: [UInt8],
        _ call: AdministrationCall
    ) -> Result<ChangeDecision, AdministrationRefusal> {
        refusing { () throws(AdministrationRefusal) in
            let row = try rowOfDeletion(of: name).get()
            guard let identity = call.identity else { return .needsIdentity }
            guard let existing = try recordToChange(name).get() else { throw .identifierNotFound }
            guard has(identity, .deleteIdentifier, by: existing.values) else { throw .notAdministrator }
            try requireWithdrawn(existing.values)
            return .command(
                ChangePlan(
                    change: .remove(name: try Self.registrable(name), expecting: .sequence(existing.sequence)),
                    identity: identity,
                    before: existing.values,
                    after: nil,
                    row: row,
                    success: .done
                )
            )
        }
    }
}

extension Administration {
    /// A result from a body that throws.
    func refusing(
        _ body: () throws(AdministrationRefusal) -> ChangeDecision
    ) -> Result<ChangeDecision, AdministrationRefusal> {
        do throws(AdministrationRefusal) { return .success(try body()) } catch { return .failure(error) }
    }

    /// `name` as an identifier that may be registered.
    static func registrable(_ name: [UInt8]) throws(AdministrationRefusal) -> Identifier {
        do throws(IdentifierError) { return try Identifier(name) } catch {
            throw AdministrationRefusal(.invalidIdentifier, error.text)
        }
    }

    /// Indexes from 1 on, each once.
    static func checkIndexes(
        _ values: [HandleValue],
        _ duplicate: ResponseCode
    ) throws(AdministrationRefusal) {
        var seen: Set<UInt32> = []
        for value in values {
            guard value.index > 0, value.index <= UInt32(Int32.max) else {
                throw AdministrationRefusal(.invalidValue, "index \(value.index) is not from 1 to 2147483647")
            }
            guard seen.insert(value.index).inserted else {
                throw AdministrationRefusal(duplicate, "index \(value.index) is there twice")
            }
        }
    }

    /// What a record must not hold: no value at all, or an administrator that cannot be read.
    static func checkValues(_ values: [HandleValue]) throws(AdministrationRefusal) {
        guard !values.isEmpty else {
            throw AdministrationRefusal(.invalidValue, "an identifier needs at least one value")
        }
        for value in values where value.isAdmin {
            guard (try? AdminRecord(wire: value.data)) != nil else {
                throw AdministrationRefusal(.invalidValue, "value \(value.index) is no readable HS_ADMIN value")
            }
        }
    }
}

extension AdministrationRefusal {
    static let notAdministrator = AdministrationRefusal(.notAdministrator, "not an administrator for this operation")
    static let identifierNotFound = AdministrationRefusal(.identifierNotFound, "not found")
}

extension IdentifierError {
    /// What is wrong with a name.
    var text: String {
        switch self {
        case .empty: "an identifier has at least one byte"
        case .tooLong(let byteCount): "an identifier has at most 2048 bytes, not \(byteCount)"
        case .emptyPrefix: "an identifier needs a prefix before its \"/\""
        case .invalidUTF8(let offset): "not UTF-8 at byte \(offset)"
        case .controlCharacter(let offset): "a control character at byte \(offset)"
        }
    }
}

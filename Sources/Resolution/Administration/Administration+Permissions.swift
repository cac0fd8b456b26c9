internal import ResolutionProtocol

/// Who may do what (operations.md §14).
extension Administration {
    /// The most records that are read to search groups of administrators.
    private static let groupRecordCountMax = 100

    /// Whether `identity` has all of `needed` by the HS_ADMIN values among `values`, by itself or as one of a group.
    func has(_ identity: Identity, _ needed: AdminPermission, by values: [HandleValue]) -> Bool {
        if identity.isNodeOperator { return true }
        if settings.haveServerAdministratorsFullAccess, isServerAdministrator(identity) { return true }
        let granting = values.compactMap { value -> ValueReference? in
            guard value.isOfType(ValueType.admin), let record = try? AdminRecord(wire: value.data),
                AdminPermission(rawValue: record.permissions).isSuperset(of: needed)
            else { return nil }
            return record.administrator
        }
        return isAmong(granting, identity)
    }

    /// Whether `identity` may home prefixes and the like.
    func isServerAdministrator(_ identity: Identity) -> Bool {
        identity.isNodeOperator || isAmong(settings.serverAdministrators, identity)
    }

    /// Whether one of `references` is `identity`, or a list that it is in: breadth first, each list once.
    private func isAmong(_ references: [ValueReference], _ identity: Identity) -> Bool {
        if references.contains(where: { identity.matches($0, folding: settings.folding) }) { return true }
        var queue = references
        var visited: Set<ValueReference> = []
        var position = 0
        while position < queue.count, visited.count < Self.groupRecordCountMax {
            let reference = queue[position]
            position += 1
            guard reference.index != 0, visited.insert(folded(reference)).inserted else { continue }
            let members = members(of: reference)
            if members.contains(where: { identity.matches($0, folding: settings.folding) }) { return true }
            queue += members
        }
        return false
    }

    private func folded(_ reference: ValueReference) -> ValueReference {
        ValueReference(identifier: settings.folding.key(of: reference.identifier), index: reference.index)
    }

    /// The members of the list at `reference`; none where there is no list, or another node keeps it.
    private func members(of reference: ValueReference) -> [ValueReference] {
        guard case .found(let record) = records.read(reference.identifier),
            let value = record.values.first(where: { $0.index == reference.index }),
            value.isOfType(ValueType.valueList), let list = try? ValueList(wire: value.data)
        else { return [] }
        return list.references
    }

    /// What an operation of `call` needs besides its own permissions: a session or TLS where the configuration wants
    /// it, a primary site and a store that takes changes.
    func refusalOfChange(_ call: AdministrationCall) -> AdministrationRefusal? {
        if let refusal = refusalOfTransport(call) { return refusal }
        if !settings.site.isPrimary { return AdministrationRefusal(.notResponsible, "this site is not primary") }
        if let reason = readOnlyReason { return AdministrationRefusal(.serverReadOnly, reason) }
        return nil
    }

    /// The one place where the configuration confines administration to TLS (reliability case U11) and to sessions.
    func refusalOfTransport(_ call: AdministrationCall) -> AdministrationRefusal? {
        if call.identity?.isNodeOperator == true { return nil }
        if settings.requiresSecuredTransport, !call.peer.isSecured {
            return AdministrationRefusal(.protocolError, "administration is taken over TLS only")
        }
        if settings.requiresSessions, call.session == nil, !call.isNational {
            return AdministrationRefusal(.invalidCredential, "administration is taken in sessions only")
        }
        return nil
    }
}

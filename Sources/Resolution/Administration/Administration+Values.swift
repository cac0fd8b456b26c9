internal import ResolutionProtocol

/// Adding, removing and modifying values (operations.md §7).
extension Administration {
    func decideAddition(
        to name: [UInt8],
        _ values: [HandleValue],
        _ call: AdministrationCall
    ) -> Result<ChangeDecision, AdministrationRefusal> {
        refusing { () throws(AdministrationRefusal) in
            let row = try requireOurs(name).get()
            guard !values.isEmpty else { throw AdministrationRefusal(.invalidValue, "no value to add") }
            try Self.checkIndexes(values, .valueExists)
            guard let identity = call.identity else { return .needsIdentity }
            guard let existing = try recordToChange(name).get() else { throw .identifierNotFound }
            let indexes = Set(values.map(\.index))
            let taken = existing.values.filter { indexes.contains($0.index) }
            if let first = taken.first, !call.flags.contains(.overwrite) {
                throw AdministrationRefusal(.valueExists, "Index conflict for \(first.index)")
            }
            let merged = Self.merged(existing.values, values)
            let difference = ValueChange(from: existing.values, to: merged, unixSeconds: call.unixSeconds)
            var success = AdministrationResponse.done
            if !taken.isEmpty { success.flags = .overwrite }
            return try change(existing, name, difference, row, identity, success, call)
        }
    }

    /// `old` with each of `new` in the place of the value with its index, or behind.
    static func merged(_ old: [HandleValue], _ new: [HandleValue]) -> [HandleValue] {
        let fresh = Dictionary(new.map { ($0.index, $0) }, uniquingKeysWith: { first, _ in first })
        let kept = Set(old.map(\.index))
        return old.map { fresh[$0.index] ?? $0 } + new.filter { !kept.contains($0.index) }
    }

    func decideRemoval(
        from name: [UInt8],
        _ indexes: [UInt32],
        _ call: AdministrationCall
    ) -> Result<ChangeDecision, AdministrationRefusal> {
        refusing { () throws(AdministrationRefusal) in
            let row = try requireOurs(name).get()
            guard let identity = call.identity else { return .needsIdentity }
            guard let existing = try recordToChange(name).get() else { throw .identifierNotFound }
            let wanted = Set(indexes)
            guard !wanted.isEmpty, wanted.isSubset(of: existing.values.map(\.index)) else {
                throw AdministrationRefusal(.valuesNotFound, "no such value")
            }
            let left = existing.values.filter { !wanted.contains($0.index) }
            let difference = ValueChange(from: existing.values, to: left, unixSeconds: call.unixSeconds)
            return try change(existing, name, difference, row, identity, .done, call)
        }
    }

    func decideModification(
        of name: [UInt8],
        _ values: [HandleValue],
        _ call: AdministrationCall
    ) -> Result<ChangeDecision, AdministrationRefusal> {
        refusing { () throws(AdministrationRefusal) in
            let row = try requireOurs(name).get()
            guard let existing = try recordToChange(name).get() else { throw .identifierNotFound }
            let old = Dictionary(existing.values.map { ($0.index, $0) }, uniquingKeysWith: { first, _ in first })
            let pairs = values.compactMap { value in old[value.index].map { (old: $0, new: value) } }
            guard pairs.count == values.count, !values.isEmpty else {
                throw AdministrationRefusal(.valuesNotFound, "no such value")
            }
            let isEveryones = pairs.allSatisfy { pair in
                pair.old.permissions.contains(.publicWrite) && !pair.old.isAdmin && !pair.new.isAdmin
            }
            if call.identity == nil, !isEveryones { return .needsIdentity }
            if pairs.contains(where: { $0.old.isWriteProtected }) {
                throw AdministrationRefusal(.insufficientPermission, "a value is write-protected")
            }
            let merged = Self.merged(existing.values, values)
            let difference = ValueChange(from: existing.values, to: merged, unixSeconds: call.unixSeconds)
            let decision = try change(existing, name, difference, row, call.identity, .done, call)
            try Self.checkIndexes(values, .invalidValue)
            return decision
        }
    }

    /// A change of values that `identity` may make; nil: what everyone may change.
    private func change(
        _ existing: AdministeredRecord,
        _ name: [UInt8],
        _ difference: ValueChange,
        _ row: PrefixRow,
        _ identity: Identity?,
        _ success: AdministrationResponse,
        _ call: AdministrationCall
    ) throws(AdministrationRefusal) -> ChangeDecision {
        if !difference.needed.isEmpty {
            guard let identity, has(identity, difference.needed, by: existing.values) else { throw .notAdministrator }
        }
        try Self.checkValues(difference.values)
        try requireKeeper(existing.values, difference.values, call)
        let after = try conforming(name, before: existing.values, after: difference.values, call)
        return .command(
            ChangePlan(
                change: .put(
                    name: try Self.registrable(name),
                    values: after,
                    expecting: .sequence(existing.sequence)
                ),
                identity: identity,
                before: existing.values,
                after: after,
                row: row,
                success: success
            )
        )
    }

    /// Whoever could change administrators before, somebody still can, unless OVRW says that this is meant (reliability
    /// case U7).
    private func requireKeeper(
        _ before: [HandleValue],
        _ after: [HandleValue],
        _ call: AdministrationCall
    ) throws(AdministrationRefusal) {
        let losesKeeper = before.hasKeeper && !after.hasKeeper
        let losesLast = before.contains(where: \.isAdmin) && !after.contains(where: \.isAdmin)
        guard losesKeeper || losesLast, !call.flags.contains(.overwrite) else { return }
        throw AdministrationRefusal(
            .invalidValue,
            "nobody could change the administrators any more; set the overwrite flag if that is meant"
        )
    }
}

extension HandleValue {
    /// Whether nobody may change it: neither administrators nor everyone.
    fileprivate var isWriteProtected: Bool { permissions.isDisjoint(with: [.adminWrite, .publicWrite]) }
}

internal import ResolutionProtocol

/// What the difference between old and new values of a record is, and which permissions it takes (operations.md §5.7,
/// §7).
struct ValueChange {
    /// Permissions that the difference takes; none: everyone may make it.
    private(set) var needed: AdminPermission = []
    /// The new values, with the time of what did not change kept.
    private(set) var values: [HandleValue] = []

    /// Replaces all of `old` by `new`.
    init(from old: [HandleValue], to new: [HandleValue], unixSeconds: UInt64) {
        let before = Dictionary(old.map { ($0.index, $0) }, uniquingKeysWith: { first, _ in first })
        var remaining = Set(before.keys)
        for value in new {
            remaining.remove(value.index)
            guard let former = before[value.index] else {
                needed.insert(value.isAdmin ? .addAdmin : .addValue)
                values.append(value.stamped(unixSeconds))
                continue
            }
            guard !former.hasSameContent(as: value) else {
                values.append(former)
                continue
            }
            needed.formUnion(Self.permissions(from: former, to: value))
            values.append(value.stamped(unixSeconds))
        }
        for index in remaining {
            guard let gone = before[index] else { continue }
            needed.insert(gone.isAdmin ? .removeAdmin : .removeValue)
        }
    }

    /// What changing one value into another takes.
    static func permissions(from old: HandleValue, to new: HandleValue) -> AdminPermission {
        switch (old.isAdmin, new.isAdmin) {
        case (true, true): .modifyAdmin
        case (true, false): [.removeAdmin, .modifyValue]
        case (false, true): [.modifyValue, .addAdmin]
        case (false, false): old.permissions.contains(.publicWrite) ? [] : .modifyValue
        }
    }
}

extension HandleValue {
    /// Whether it says who may administer.
    var isAdmin: Bool { isOfType(ValueType.admin) }

    /// The value as of now.
    func stamped(_ unixSeconds: UInt64) -> HandleValue {
        var value = self
        value.timestamp = UInt32(truncatingIfNeeded: unixSeconds)
        return value
    }

    /// Whether nothing but the time differs.
    func hasSameContent(as other: HandleValue) -> Bool {
        var own = self
        own.timestamp = other.timestamp
        return own == other
    }
}

extension [HandleValue] {
    /// Whether one of them lets somebody change administrators: without such a value a record is nobody's for good
    /// (reliability case U7).
    var hasKeeper: Bool {
        contains { value in
            guard value.isAdmin, let record = try? AdminRecord(wire: value.data) else { return false }
            return !AdminPermission(rawValue: record.permissions).isDisjoint(with: [.addAdmin, .modifyAdmin])
        }
    }
}

/// What an administrator may do: bits of an HS_ADMIN value (data-model.md §4.1).
struct AdminPermission: OptionSet, Hashable, Sendable {
    let rawValue: UInt16

    static let addIdentifier = AdminPermission(rawValue: 0x0001)
    static let deleteIdentifier = AdminPermission(rawValue: 0x0002)
    static let addDerivedPrefix = AdminPermission(rawValue: 0x0004)
    static let modifyValue = AdminPermission(rawValue: 0x0010)
    static let removeValue = AdminPermission(rawValue: 0x0020)
    static let addValue = AdminPermission(rawValue: 0x0040)
    static let modifyAdmin = AdminPermission(rawValue: 0x0080)
    static let removeAdmin = AdminPermission(rawValue: 0x0100)
    static let addAdmin = AdminPermission(rawValue: 0x0200)
    static let readValue = AdminPermission(rawValue: 0x0400)
    static let listIdentifiers = AdminPermission(rawValue: 0x0800)
}

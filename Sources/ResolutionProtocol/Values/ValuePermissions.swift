/// Who may do what with a value (data-model.md §2).
public struct ValuePermissions: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8
    @inlinable
    public init(rawValue: UInt8) { self.rawValue = rawValue }
    /// Everyone may change it.
    public static let publicWrite = ValuePermissions(rawValue: 0x01)
    /// Everyone may read it.
    public static let publicRead = ValuePermissions(rawValue: 0x02)
    /// An administrator may change it.
    public static let adminWrite = ValuePermissions(rawValue: 0x04)
    /// An administrator may read it.
    public static let adminRead = ValuePermissions(rawValue: 0x08)
    /// `1110`: administrators read and write, everyone reads.
    public static let standard: ValuePermissions = [.adminRead, .adminWrite, .publicRead]

    /// Four digits: admin read, admin write, public read, public write.
    public var digits: String {
        let order: [ValuePermissions] = [.adminRead, .adminWrite, .publicRead, .publicWrite]
        return String(order.map { contains($0) ? "1" : "0" } as [Character])
    }
}

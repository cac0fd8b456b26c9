/// Data of an `HS_ADMIN` value: who may administer what (data-model.md §4.1).
public struct AdminRecord: Hashable, Sendable {
    /// Bits of data-model.md §4.1; unknown ones are kept.
    public var permissions: UInt16
    /// The administrator: an identifier and the index of its key there (0: any).
    public var administrator: ValueReference
    /// Whether two zero bytes follow, as old software wrote.
    public var hasLegacyPadding: Bool

    /// An administrator with these permissions.
    public init(permissions: UInt16, administrator: ValueReference, hasLegacyPadding: Bool = false) {
        self.permissions = permissions
        self.administrator = administrator
        self.hasLegacyPadding = hasLegacyPadding
    }
}

extension AdminRecord: WireCodable {
    public static var byteCountMin: Int { 10 }

    /// Reads to the end of the data: only there can it be seen whether padding follows.
    public init(from reader: inout WireReader) throws(WireError) {
        permissions = try reader.uint16()
        administrator = try ValueReference(from: &reader)
        hasLegacyPadding = reader.remaining > 0
        guard hasLegacyPadding else { return }
        guard try reader.uint16() == 0 else { throw .invalidField }
        try reader.finish()
    }

    public func write(to writer: inout WireWriter) {
        writer.uint16(permissions)
        administrator.write(to: &writer)
        if hasLegacyPadding { writer.uint16(0) }
    }
}

/// One value of a record as a file states it; its texts are ranges of the `bytes` of the `RecordRow` it belongs to.
package struct ValueRow: Equatable, Sendable {
    /// Lifetime of a value that states none: one day (data model §2).
    package static let ttlDefault: Int32 = 86_400
    /// Permissions of a value that states none: `1110` (data model §2).
    package static let permissionsDefault: UInt8 = 0x0E

    /// 1 … 2³¹-1, once per record.
    package var index: UInt32
    /// Seconds if relative, else seconds since 1970.
    package var ttl: Int32 = ttlDefault
    /// Whether `ttl` is a moment instead of a duration.
    package var ttlIsAbsolute = false
    /// Bit mask of data model §2: 8 administrator read, 4 administrator write, 2 public read, 1 public write.
    package var permissions: UInt8 = permissionsDefault
    /// Seconds since 1970 as the wire holds them (read as signed when shown), `nil` where the file states none.
    package var timestamp: UInt32?
    /// The type's bytes.
    package var type: Range<Int> = 0..<0
    /// The data's bytes, decoded.
    package var data: Range<Int> = 0..<0
    /// Positions in the record's `references`.
    package var references: Range<Int> = 0..<0

    /// A value with the default lifetime and permissions and no data yet.
    package init(index: UInt32) {
        self.index = index
    }
}

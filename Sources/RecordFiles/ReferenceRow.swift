/// A reference of a value to another value, rarely used (data model §2).
package struct ReferenceRow: Equatable, Sendable {
    /// The identifier's bytes in the record's `bytes`.
    package var identifier: Range<Int>
    /// Index of the value referred to; 0 stands for any.
    package var index: UInt32
}

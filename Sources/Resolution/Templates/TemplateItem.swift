internal import ResolutionProtocol

/// One item of a template: a value that identifiers carry.
package struct TemplateItem: Hashable, Sendable {
    /// The lowest index of an item.
    package static let indexMin: UInt32 = 2_000
    /// The most characters of a value where the item says nothing.
    package static let lengthMaxUsual = 255
    /// The most characters that an item may allow.
    package static let lengthMaxMax = 100_000
    /// The most bytes of a name or a type.
    package static let nameByteCountMax = 255

    /// The label, as a rule Chinese. UTF-8.
    package var name: [UInt8]
    /// The type of the value (`idType`), UTF-8; compared without regard to ASCII case, as types are.
    package var type: [UInt8]
    /// The index of the value (`idIndex`), from `indexMin` on.
    package var index: UInt32
    /// Whether an identifier must have the value.
    package var isRequired = false
    /// Whether identifiers get the value still (`state` 1); a disabled item stays for those that have it.
    package var isEnabled = true
    /// The fewest characters of the value.
    package var lengthMin = 0
    /// The most characters of the value.
    package var lengthMax = TemplateItem.lengthMaxUsual

    /// Whether both are of one type.
    func hasType(_ type: [UInt8]) -> Bool {
        ASCIIFolding.areEqual(self.type[...], type[...])
    }
}

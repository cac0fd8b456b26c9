/// The stable name of a message, by which people search for it: `E-IMPORT-017`.
///
/// `E` (error) or `W` (warning), an area in capitals, three digits. A code is never given a second meaning.
package struct MessageCode: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// The code as it is printed.
    package let description: String

    /// A code as written in the source. Whether it is well formed, a test of the catalogue says.
    package init(stringLiteral text: String) {
        description = text
    }

    /// A code that comes from another module as text, such as the configuration's.
    package init(_ text: String) {
        description = text
    }

    /// Whether the code has the form `E-AREA-000`.
    package var isWellFormed: Bool {
        let parts = description.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].elementsEqual("E".utf8) || parts[0].elementsEqual("W".utf8) else {
            return false
        }
        let isArea = !parts[1].isEmpty && parts[1].allSatisfy { $0 >= UInt8(ascii: "A") && $0 <= UInt8(ascii: "Z") }
        let isNumber = parts[2].count == 3 && parts[2].allSatisfy { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
        return isArea && isNumber
    }
}

import Glibc

/// The attributes of an element, lent while its beginning is told.
struct XMLAttributes {
    /// Names and values in turn, ended by a null pointer.
    private let pairs: UnsafeMutablePointer<UnsafePointer<CChar>?>?

    init(_ pairs: UnsafeMutablePointer<UnsafePointer<CChar>?>?) {
        self.pairs = pairs
    }

    /// The value of the attribute `name`, whose namespace's prefix does not matter; `nil` if there is none.
    subscript(_ name: StaticString) -> UnsafeBufferPointer<UInt8>? {
        guard var pair = pairs else { return nil }
        while let found = pair[0], let value = pair[1] {
            if Self.localName(found).equals(name) { return Self.bytes(value) }
            pair += 2
        }
        return nil
    }

    /// A name without the namespace's prefix.
    static func localName(_ name: UnsafePointer<CChar>) -> UnsafeBufferPointer<UInt8> {
        guard let colon = strchr(name, Int32(UInt8(ascii: ":"))) else { return bytes(name) }
        return bytes(UnsafePointer(colon + 1))
    }

    private static func bytes(_ text: UnsafePointer<CChar>) -> UnsafeBufferPointer<UInt8> {
        UnsafeRawBufferPointer(start: text, count: strlen(text)).assumingMemoryBound(to: UInt8.self)
    }
}

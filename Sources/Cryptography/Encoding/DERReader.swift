/// Reads elements of DER one after the other (X.690 §10): lengths are definite and as short as they can be.
///
/// Every method throws `.malformed` where something else stands there.
struct DERReader {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) {
        rest = bytes[...]
    }

    private init(contents: ArraySlice<UInt8>) {
        rest = contents
    }

    var isAtEnd: Bool { rest.isEmpty }

    /// The tag octet of the next element; nil at the end.
    var nextTag: UInt8? { rest.first }

    /// Nothing may follow.
    func end() throws(KeyError) {
        guard rest.isEmpty else { throw .malformed }
    }

    /// The contents of the next element, which has `tag`.
    mutating func element(_ tag: UInt8) throws(KeyError) -> ArraySlice<UInt8> {
        guard rest.popFirst() == tag else { throw .malformed }
        let byteCount = try length()
        guard byteCount <= rest.count else { throw .malformed }
        defer { rest = rest.dropFirst(byteCount) }
        return rest.prefix(byteCount)
    }

    mutating func sequence() throws(KeyError) -> DERReader {
        DERReader(contents: try element(DERTag.sequence))
    }

    /// What stands inside the explicit tag `[number]`.
    mutating func explicit(_ number: UInt8) throws(KeyError) -> DERReader {
        DERReader(contents: try element(DERTag.context | DERTag.constructed | number))
    }

    /// A number of at least 0, without the zero that only keeps it from being negative.
    mutating func unsignedInteger() throws(KeyError) -> [UInt8] { Array(try unsignedContents()) }

    /// Steps over a number that `unsignedInteger` would read, and copies nothing: from a copy that nobody uses, the
    /// optimiser of Swift 6.3.1 makes a write to memory that it has freed before.
    mutating func skipUnsignedInteger() throws(KeyError) { _ = try unsignedContents() }

    private mutating func unsignedContents() throws(KeyError) -> ArraySlice<UInt8> {
        let contents = try element(DERTag.integer)
        guard let first = contents.first, first < 0x80 else { throw .malformed }
        guard first == 0, contents.count > 1 else { return contents }
        // DER has a leading zero only before a set bit; another one is a second form of the same number.
        guard contents.dropFirst().first ?? 0 >= 0x80 else { throw .malformed }
        return contents.dropFirst()
    }

    mutating func octetString() throws(KeyError) -> [UInt8] {
        Array(try element(DERTag.octetString))
    }

    /// A string of whole octets.
    mutating func bitString() throws(KeyError) -> [UInt8] {
        let contents = try element(DERTag.bitString)
        guard contents.first == 0 else { throw .malformed }
        return Array(contents.dropFirst())
    }

    mutating func objectIdentifier() throws(KeyError) -> ASN1ObjectIdentifier {
        let contents = try element(DERTag.objectIdentifier)
        guard !contents.isEmpty else { throw .malformed }
        return ASN1ObjectIdentifier(bytes: Array(contents))
    }

    mutating func null() throws(KeyError) {
        guard try element(DERTag.null).isEmpty else { throw .malformed }
    }

    /// One octet below 128, or up to three that 128 more than their count goes before.
    private mutating func length() throws(KeyError) -> Int {
        guard let first = rest.popFirst() else { throw .malformed }
        guard first >= 0x80 else { return Int(first) }
        let octetCount = Int(first & 0x7F)
        guard (1...3).contains(octetCount), rest.count >= octetCount, rest.first != 0 else { throw .malformed }
        let length = rest.prefix(octetCount).reduce(0) { $0 << 8 | Int($1) }
        rest = rest.dropFirst(octetCount)
        guard length >= 0x80 else { throw .malformed }
        return length
    }
}

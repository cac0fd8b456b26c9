internal import ResolutionProtocol

/// A line of a list of identifiers: an identifier and, each behind a tab, the types of the values that are wanted.
struct ReplayLine {
    /// What makes a line none.
    enum Fault: Error, Equatable {
        /// An identifier has 1 to 2,048 bytes.
        case identifierLength(Int)
        /// A type has 1 to 255 bytes.
        case typeLength(Int)
        case tooManyTypes(Int)
        /// A name that no name server can be asked for, or one with types.
        case notAName
    }

    static let typeCountMax = 64
    private static let typeByteCountMax = 255
    private static let tab = UInt8(ascii: "\t")

    let identifier: UnsafeRawBufferPointer
    /// With the tabs before each; empty where all values are wanted.
    let types: UnsafeRawBufferPointer
    let typeCount: Int

    /// Reads a line without its end; nil where it is blank.
    init?(_ bytes: UnsafeRawBufferPointer) throws(Fault) {
        let line = bytes.last == UInt8(ascii: "\r") ? UnsafeRawBufferPointer(rebasing: bytes.dropLast()) : bytes
        guard !line.isEmpty else { return nil }
        let end = line.firstIndex(of: Self.tab) ?? line.count
        identifier = UnsafeRawBufferPointer(rebasing: line[..<end])
        types = UnsafeRawBufferPointer(rebasing: line[end...])
        guard (1...IdentifierGrammar.byteCountMax).contains(identifier.count) else {
            throw .identifierLength(identifier.count)
        }
        var count = 0
        if !types.isEmpty {
            for type in types.dropFirst().split(separator: Self.tab, omittingEmptySubsequences: false) {
                guard (1...Self.typeByteCountMax).contains(type.count) else { throw .typeLength(type.count) }
                count += 1
            }
        }
        guard count <= Self.typeCountMax else { throw .tooManyTypes(count) }
        typeCount = count
    }

    /// The types, each by itself.
    var typeNames: [[UInt8]] {
        types.isEmpty ? [] : types.dropFirst().split(separator: Self.tab).map { Array($0) }
    }

    /// Bytes of the question without its envelope.
    var questionByteCount: Int {
        // Two lengths of lists, and that of a credential; of each type its length takes the place of its tab.
        Header.byteCount + 4 + identifier.count + 8 + types.count + 3 * typeCount + 4
    }

    /// Writes the question without its envelope.
    func write(to memory: UnsafeMutableRawBufferPointer, expiration: UInt32) {
        var place = 0
        func word(_ value: UInt32) {
            memory.storeBytes(of: value.bigEndian, toByteOffset: place, as: UInt32.self)
            place += 4
        }
        func copy(_ bytes: UnsafeRawBufferPointer) {
            word(UInt32(bytes.count))
            UnsafeMutableRawBufferPointer(rebasing: memory[place..<place + bytes.count]).copyMemory(from: bytes)
            place += bytes.count
        }
        word(OpCode.resolution.rawValue)
        word(0)
        word(OpFlags.requestDefault.rawValue)
        word(UInt32(Header.unknownSerial) << 16)
        word(expiration)
        word(UInt32(memory.count - Header.byteCount - 4))
        copy(identifier)
        word(0)
        word(UInt32(typeCount))
        if typeCount > 0 {
            for type in types.dropFirst().split(separator: Self.tab) { copy(UnsafeRawBufferPointer(rebasing: type)) }
        }
        word(0)
    }
}

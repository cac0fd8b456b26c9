/// Reads one record from one line of JSON.
struct JSONRecordParser {
    private var cursor: JSONCursor
    /// Position of the value being read in `values`; `nil` outside.
    private var valuePosition: Int?
    /// The member being read, by its name.
    private var memberName: StaticString = ""

    /// `line` must be UTF-8 without NUL and outlive the parser.
    init(_ line: UnsafeBufferPointer<UInt8>) {
        cursor = JSONCursor(line)
    }

    /// Where reading stands, in bytes of the line.
    var position: Int { cursor.position }

    /// Where reading stands, as a path such as `values[0].ttl`.
    var path: String {
        let member = "\(memberName)"
        guard let valuePosition else { return member }
        return "values[\(valuePosition)]" + (member.isEmpty ? "" : ".\(member)")
    }

    /// Reads the whole line into `row`. Index duplicates are left to the caller.
    mutating func parse(into row: inout RecordRow) throws(RowErrorCode) {
        guard cursor.takes("{") else { throw .badJSON }
        var seen: UInt16 = 0
        if !cursor.takes("}") {
            repeat { try recordMember(into: &row, &seen) } while cursor.takes(",")
            memberName = ""
            try cursor.take("}")
        }
        guard cursor.isAtEnd else { throw .badJSON }
        guard seen & JSONMember.identifier.bit != 0 else { throw .missingIdentifier }
        memberName = "values"
        guard seen & JSONMember.values.bit != 0 else { throw .missingMember }
    }

    private mutating func recordMember(into row: inout RecordRow, _ seen: inout UInt16) throws(RowErrorCode) {
        memberName = ""
        let member = try cursor.member(scratch: &row.bytes)
        switch member {
        case .ignored:
            try cursor.skipValue(depth: 1, scratch: &row.bytes)
            return
        case .identifier, .handle:
            memberName = "identifier"
            try check(member, &seen)
            try readIdentifier(into: &row)
        case .values:
            memberName = "values"
            try check(member, &seen)
            try readValues(into: &row)
        default: throw .unknownMember
        }
    }

    @inline(__always)
    private func check(_ member: JSONMember, _ seen: inout UInt16) throws(RowErrorCode) {
        guard seen & member.bit == 0 else { throw .duplicateMember }
        seen |= member.bit
    }

    private mutating func readIdentifier(into row: inout RecordRow) throws(RowErrorCode) {
        row.identifier = try cursor.string(into: &row.bytes)
        guard !row.identifier.isEmpty else { throw .missingIdentifier }
        guard row.identifier.count <= RecordLimits.identifierByteCountMax else { throw .identifierTooLong }
        // CSV could not hold it, and no tool could show it.
        guard !row.bytes[row.identifier].contains(0) else { throw .nulByte }
    }

    private mutating func readValues(into row: inout RecordRow) throws(RowErrorCode) {
        guard cursor.takes("[") else { throw .wrongKind }
        guard !cursor.takes("]") else { return }
        repeat {
            valuePosition = row.values.count
            memberName = ""
            try readValue(into: &row)
        } while cursor.takes(",")
        valuePosition = nil
        memberName = "values"
        try cursor.take("]")
    }

    private mutating func readValue(into row: inout RecordRow) throws(RowErrorCode) {
        guard cursor.takes("{") else { throw .wrongKind }
        var value = ValueRow(index: 0)
        value.references = row.references.count..<row.references.count
        var seen: UInt16 = 0
        if !cursor.takes("}") {
            repeat {
                memberName = ""
                let member = try cursor.member(scratch: &row.bytes)
                try readMember(member, of: &value, into: &row)
                try check(member, &seen)
            } while cursor.takes(",")
            try cursor.take("}")
        }
        memberName = "index"
        guard seen & JSONMember.index.bit != 0 else { throw .missingMember }
        memberName = "type"
        guard seen & JSONMember.type.bit != 0 else { throw .missingType }
        memberName = "data"
        guard seen & JSONMember.data.bit != 0 else { throw .missingMember }
        row.values.append(value)
    }

    @inline(__always)
    private mutating func readMember(
        _ member: JSONMember,
        of value: inout ValueRow,
        into row: inout RecordRow
    ) throws(RowErrorCode) {
        switch member {
        case .index:
            memberName = "index"
            guard let index = CellText.index(try cursor.integer()) else { throw .badIndex }
            value.index = index
        case .type:
            memberName = "type"
            value.type = try cursor.string(into: &row.bytes)
            guard !value.type.isEmpty else { throw .missingType }
            guard !row.bytes[value.type].contains(0) else { throw .nulByte }
        case .data:
            memberName = "data"
            value.data = try readData(into: &row)
        case .ttl:
            memberName = "ttl"
            try readTTL(of: &value, scratch: &row.bytes)
        case .permissions:
            memberName = "permissions"
            value.permissions = try word(scratch: &row.bytes, or: .badPermissions) { CellText.permissions($0) }
        case .timestamp:
            memberName = "timestamp"
            let time = try word(scratch: &row.bytes, or: .badTimestamp) { TimeText.seconds($0) }
            value.timestamp = time == 0 ? nil : UInt32(bitPattern: time)
        case .references:
            memberName = "references"
            value.references = try cursor.references(into: &row)
        case .identifier, .values, .handle, .format, .value, .ignored, .unknown: throw .unknownMember
        }
    }

    /// Data is a string, or an object that says how its string is to be read.
    @inline(__always)
    private mutating func readData(into row: inout RecordRow) throws(RowErrorCode) -> Range<Int> {
        guard cursor.takes("{") else { return try cursor.string(into: &row.bytes) }
        var format: DataFormat?
        var data = row.bytes.count..<row.bytes.count
        var seen: UInt16 = 0
        repeat {
            let member = try cursor.member(scratch: &row.bytes)
            try check(member, &seen)
            switch member {
            case .format: format = try word(scratch: &row.bytes, or: .badFormat) { DataFormat($0) }
            case .value: data = try cursor.string(into: &row.bytes)
            default: throw .unknownMember
            }
        } while cursor.takes(",")
        try cursor.take("}")
        guard let format, seen & JSONMember.value.bit != 0 else { throw .missingMember }
        // The string is the last thing in `bytes`, whichever member came first.
        try format.decodeTail(of: &row.bytes, from: data.lowerBound)
        return data.lowerBound..<row.bytes.count
    }

    private mutating func readTTL(of value: inout ValueRow, scratch: inout [UInt8]) throws(RowErrorCode) {
        if cursor.peek() == UInt8(ascii: "\"") {
            value.ttl = try word(scratch: &scratch, or: .badTTL) { TimeText.seconds($0) }
            value.ttlIsAbsolute = true
        } else {
            guard let seconds = Int32(exactly: try cursor.integer()) else { throw .badTTL }
            value.ttl = seconds
        }
    }

    /// Reads a string that stands for something small; `scratch` keeps its length.
    @inline(__always)
    private mutating func word<Result>(
        scratch: inout [UInt8],
        or code: RowErrorCode,
        _ read: (UnsafeBufferPointer<UInt8>) -> Result?
    ) throws(RowErrorCode) -> Result {
        let text = try cursor.string(into: &scratch)
        let result = scratch.withUnsafeBufferPointer { read(UnsafeBufferPointer(rebasing: $0[text])) }
        scratch.removeLast(text.count)
        guard let result else { throw code }
        return result
    }
}

extension JSONCursor {
    /// Skips one value of any kind. `depth` counts the arrays and objects around it.
    mutating func skipValue(depth: Int, scratch: inout [UInt8]) throws(RowErrorCode) {
        guard depth < RecordLimits.jsonDepthMax else { throw .nestedTooDeep }
        switch peek() {
        case UInt8(ascii: "\""): scratch.removeLast(try string(into: &scratch).count)
        case UInt8(ascii: "{"): try skipObject(depth: depth + 1, scratch: &scratch)
        case UInt8(ascii: "["): try skipArray(depth: depth + 1, scratch: &scratch)
        default: try skipWord()
        }
    }

    /// Skips the leading members of a rejects file, `row`, `code` and `message`, with the commas after them.
    mutating func skipIgnoredMembers() {
        var scratch: [UInt8] = []
        while true {
            var ahead = self
            guard let member = try? ahead.member(scratch: &scratch), member == .ignored else { return }
            guard (try? ahead.skipValue(depth: 1, scratch: &scratch)) != nil, ahead.takes(",") else { return }
            self = ahead
        }
    }

    private mutating func skipObject(depth: Int, scratch: inout [UInt8]) throws(RowErrorCode) {
        try take("{")
        if takes("}") { return }
        repeat {
            _ = try member(scratch: &scratch)
            try skipValue(depth: depth, scratch: &scratch)
        } while takes(",")
        try take("}")
    }

    private mutating func skipArray(depth: Int, scratch: inout [UInt8]) throws(RowErrorCode) {
        try take("[")
        if takes("]") { return }
        repeat { try skipValue(depth: depth, scratch: &scratch) } while takes(",")
        try take("]")
    }

    /// Skips `true`, `false`, `null` or a number; what stands in an ignored member is not looked at more closely.
    private mutating func skipWord() throws(RowErrorCode) {
        let start = position
        while isWordByte { advance() }
        guard position > start else { throw .badJSON }
    }

    /// Reads a list of references, `[{"handle":…,"index":…}]`, into `row` and says where they went.
    mutating func references(into row: inout RecordRow) throws(RowErrorCode) -> Range<Int> {
        let start = row.references.count
        guard takes("[") else { throw .badReferences }
        if !takes("]") {
            repeat { row.references.append(try reference(into: &row)) } while takes(",")
            try take("]")
        }
        return start..<row.references.count
    }

    private mutating func reference(into row: inout RecordRow) throws(RowErrorCode) -> ReferenceRow {
        var reference = ReferenceRow(identifier: 0..<0, index: 0)
        var seen: UInt16 = 0
        guard takes("{") else { throw .badReferences }
        repeat {
            let member = try member(scratch: &row.bytes)
            guard seen & member.bit == 0 else { throw .duplicateMember }
            seen |= member.bit
            switch member {
            case .handle, .identifier: reference.identifier = try string(into: &row.bytes)
            case .index:
                guard let index = UInt32(exactly: try integer()) else { throw .badIndex }
                reference.index = index
            default: throw .unknownMember
            }
        } while takes(",")
        try take("}")
        guard seen == JSONMember.identifier.bit | JSONMember.index.bit else { throw .badReferences }
        guard reference.identifier.count <= RecordLimits.identifierByteCountMax else { throw .identifierTooLong }
        return reference
    }
}

/// Which values of a record go into an answer: those asked for (by index or type) that everyone may read.
public struct ValueSelection: ~Escapable {
    /// What became of a record's values.
    public struct Outcome: Sendable {
        /// Values written.
        public var writtenCount = 0
        /// Values asked for that not everyone may read.
        public var hiddenCount = 0
    }

    private let indexes: RawSpan
    private let types: RawSpan
    private let typeCount: Int

    /// What `request`, the layout of `body`, asks for.
    @_lifetime(copy body)
    public init(of request: ResolutionRequestLayout, in body: RawSpan) {
        let indexesEnd = request.indexesOffset &+ request.indexCount &* 4
        indexes = body.extracting(request.indexesOffset..<indexesEnd)
        types = body.extracting(request.typesOffset..<(request.typesOffset &+ request.typesByteCount))
        typeCount = request.typeCount
    }

    /// Whether all values are asked for.
    public var isEverything: Bool { indexes.byteCount == 0 && typeCount == 0 }

    /// Copies the selected values from `values` (back to back in wire form, `count` of them) to `writer` in one pass.
    ///
    /// Secret keys count as hidden whatever their permissions say.
    public func copy(from values: RawSpan, count: Int, to writer: inout WireWriter) throws(WireError) -> Outcome {
        var reader = WireReader(values)
        var outcome = Outcome()
        for _ in 0..<count {
            let start = reader.offset
            let index = try reader.uint32()
            try reader.skip(HandleValue.permissionsOffset - 4)
            let permissions = ValuePermissions(rawValue: try reader.uint8())
            let type = try reader.lengthPrefixedSpan()
            try reader.skip(try reader.length())
            for _ in 0..<(try reader.count(itemByteCountMin: 8)) {
                try reader.skip(try reader.length())
                try reader.skip(4)
            }
            guard wants(index: index, type: type) else { continue }
            guard permissions.contains(.publicRead), !ValueType.isSecret(type) else {
                outcome.hiddenCount &+= 1
                continue
            }
            writer.span(values.extracting(start..<reader.offset))
            outcome.writtenCount &+= 1
        }
        return outcome
    }

    private func wants(index: UInt32, type: RawSpan) -> Bool {
        isEverything || indexes(contain: index) || types(select: type)
    }

    private func indexes(contain index: UInt32) -> Bool {
        var offset = 0
        while offset < indexes.byteCount {
            if indexes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt32.self).bigEndian == index { return true }
            offset &+= 4
        }
        return false
    }

    private func types(select type: RawSpan) -> Bool {
        var reader = WireReader(types)
        for _ in 0..<typeCount {
            // The layout has read these lengths before; a failure here means nothing is selected.
            guard let length = try? reader.length(), let requested = try? reader.span(byteCount: length) else {
                return false
            }
            if ValueType.selects(requested, type) { return true }
        }
        return false
    }
}

extension HandleValue {
    /// Whether everyone may read each of `values` and none is a secret key, so that a record can be answered whole.
    public static func areAllPublic(_ values: [HandleValue]) -> Bool {
        values.allSatisfy(\.isEveryones)
    }

    /// Whether everyone may read it: its permissions say so, and it is no secret key.
    public var isEveryones: Bool {
        permissions.contains(.publicRead) && !ValueType.isSecret(type.span.bytes)
    }
}

import RecordFiles

/// A record with its ranges resolved, so that two can be compared.
struct PlainRecord: Equatable {
    struct Value: Equatable {
        var index: UInt32
        var type: String
        var data: [UInt8]
        var ttl: Int32 = 86_400
        var ttlIsAbsolute = false
        var permissions: UInt8 = 0x0E
        var timestamp: UInt32?
        var references: [String] = []
    }
    var identifier: [UInt8]
    var values: [Value]

    init(_ identifier: [UInt8], _ values: [Value]) {
        self.identifier = identifier
        self.values = values
    }

    init(_ identifier: String, _ values: [Value]) {
        self.init(Array(identifier.utf8), values)
    }

    init(_ row: RecordRow) {
        identifier = row.copy(row.identifier)
        values = row.values.map { value in
            Value(
                index: value.index,
                type: String(decoding: row.copy(value.type), as: UTF8.self),
                data: row.copy(value.data),
                ttl: value.ttl,
                ttlIsAbsolute: value.ttlIsAbsolute,
                permissions: value.permissions,
                timestamp: value.timestamp,
                references: row.references[value.references].map {
                    "\($0.index):\(String(decoding: row.copy($0.identifier), as: UTF8.self))"
                }
            )
        }
    }

    /// The neutral row a writer takes.
    var row: RecordRow {
        var row = RecordRow()
        row.setIdentifier(identifier.span.bytes)
        for value in values {
            var plain = ValueRow(index: value.index)
            plain.ttl = value.ttl
            plain.ttlIsAbsolute = value.ttlIsAbsolute
            plain.permissions = value.permissions
            plain.timestamp = value.timestamp
            row.addValue(plain, type: Array(value.type.utf8).span.bytes, data: value.data.span.bytes)
            for reference in value.references {
                let parts = reference.split(separator: ":", maxSplits: 1)
                row.addReference(Array(parts[1].utf8).span.bytes, index: UInt32(parts[0]) ?? 0)
            }
        }
        return row
    }
}

/// A value of text.
func text(_ index: UInt32, _ type: String, _ data: String) -> PlainRecord.Value {
    PlainRecord.Value(index: index, type: type, data: Array(data.utf8))
}

/// All that reading an input gives.
struct ReadAll {
    var records: [PlainRecord] = []
    var places: [(row: Int, line: Int, byteOffset: Int)] = []
    var errors: [RowError] = []
    var rejections: [Rejection] = []
    var rowCount = 0
    var rejects: [UInt8] = []
    /// How many rows the rejects file has.
    var rejectedRowCount = 0

    var identifiers: [String] { records.map { String(decoding: $0.identifier, as: UTF8.self) } }
    var codes: [RowErrorCode] { errors.map(\.code) }

    init(_ input: [UInt8], _ format: RecordFormat, blockByteCount: Int = 1 << 18) throws {
        let source = try RowSource(bytes: input, blockByteCount: blockByteCount)
        try self.init(RecordFile.reader(of: source, format: format))
    }

    init(_ reader: any RecordReader) throws {
        let sink = RowSink()
        let rejects = RejectsWriter(sink, for: reader, language: .english)
        var row = RecordRow()
        reading: while true {
            switch try reader.next(into: &row) {
            case .end: break reading
            case .record:
                records.append(PlainRecord(row))
                places.append((row.row, row.line, row.byteOffset))
            case .rejected(let rejection):
                errors.append(rejection.error)
                rejections.append(rejection)
                try rejects.write(rejection, from: reader)
            }
        }
        rowCount = reader.rowCount
        self.rejects = sink.bytes
        rejectedRowCount = rejects.rowCount
    }

    init(_ input: String, _ format: RecordFormat, blockByteCount: Int = 1 << 18) throws {
        try self.init(Array(input.utf8), format, blockByteCount: blockByteCount)
    }
}

extension RecordFormat {
    /// The formats of text, which can be read from a stream.
    static var text: [RecordFormat] { allCases.filter { $0 != .spreadsheet } }
}

/// A seeded generator, SplitMix64, so that a failure can be run again.
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}

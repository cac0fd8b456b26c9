/// Where the fields of a request to resolve lie: what the query path reads in place of a `ResolutionRequest`.
///
/// Offsets count from the start of the body. Copies nothing, allocates nothing; bytes behind the types (the national
/// SDK's further field) are ignored, as the reference server does.
public struct ResolutionRequestLayout: Sendable, BitwiseCopyable {
    /// Offset of the identifier's first byte.
    public private(set) var identifierOffset = 0
    /// Bytes of the identifier.
    public private(set) var identifierByteCount = 0
    /// Offset of the first index.
    public private(set) var indexesOffset = 0
    /// Number of indexes, four bytes each.
    public private(set) var indexCount = 0
    /// Offset of the first type's length.
    public private(set) var typesOffset = 0
    /// Bytes of all types with their lengths.
    public private(set) var typesByteCount = 0
    /// Number of types.
    public private(set) var typeCount = 0

    /// The layout of no request.
    @inlinable
    public init() {}

    /// Reads the body of a request in the order of `ResolutionRequest`.
    public init(of body: RawSpan) throws(WireError) {
        var reader = WireReader(body)
        identifierByteCount = try reader.length()
        identifierOffset = reader.offset
        try reader.skip(identifierByteCount)
        indexCount = try reader.count(itemByteCountMin: 4)
        indexesOffset = reader.offset
        try reader.skip(indexCount * 4)
        typeCount = try reader.count(itemByteCountMin: 4)
        typesOffset = reader.offset
        for _ in 0..<typeCount { try reader.skip(try reader.length()) }
        typesByteCount = reader.offset - typesOffset
    }
}

import ResolutionProtocol
import Testing

/// Writes, reads back and compares; then cuts the bytes at every place and expects a refusal.
///
/// `optionalTails` are the numbers of bytes at the end that the layout may lack: a cut just there is read.
func expectSymmetric<T: WireCodable & Equatable>(
    _ value: T,
    optionalTails: Set<Int> = [],
    sourceLocation: SourceLocation = #_sourceLocation
) throws {
    let wire = value.wire
    let readBack = try T(wire: wire)
    #expect(readBack == value, sourceLocation: sourceLocation)
    #expect(wire.count >= T.byteCountMin, sourceLocation: sourceLocation)
    for count in 0..<wire.count {
        let cut = Array(wire[..<count])
        let isRead = (try? T(wire: cut)) != nil
        #expect(
            isRead == optionalTails.contains(wire.count - count),
            "cut at byte \(count) of \(wire.count)",
            sourceLocation: sourceLocation
        )
    }
}

/// The same for a type that does not read to the end of its bytes: what follows it stays unread.
func expectLeavesRest<T: WireCodable & Equatable>(
    _ value: T,
    sourceLocation: SourceLocation = #_sourceLocation
) throws {
    let wire = value.wire
    let bytes = wire + [0xAA, 0xBB, 0xCC]
    var reader = WireReader(bytes.span.bytes)
    let readBack = try T(from: &reader)
    let offset = reader.offset
    #expect(readBack == value, sourceLocation: sourceLocation)
    #expect(offset == wire.count, sourceLocation: sourceLocation)
}

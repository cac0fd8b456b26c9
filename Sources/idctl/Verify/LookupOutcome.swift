internal import ResolutionProtocol

/// How an answer compares with the row that was asked for.
enum LookupOutcome: Equatable {
    /// The very values.
    case same
    /// The node does not have the identifier, or none of its values; its response code.
    case missing(ResponseCode)
    /// Another response code.
    case refused(ResponseCode)
    /// Other values; the indexes of those that differ, are missing or were not expected.
    case differs([UInt32])
    /// The answer cannot be read.
    case malformed
    /// No answer came.
    case unanswered

    /// Compares `message`, a whole answer with its envelope, with the values in `expected`.
    init(message: RawSpan, expected: RawSpan) {
        do throws(WireError) {
            self = try Self.compared(message, expected)
        } catch {
            self = .malformed
        }
    }

    private static func compared(_ message: RawSpan, _ expected: RawSpan) throws(WireError) -> LookupOutcome {
        var reader = WireReader(message)
        let envelope = try Envelope(from: &reader)
        let header = try Header(from: &reader)
        let code = header.responseCode.decoded(from: envelope.version)
        guard header.opCode == .resolution, code != .request else { return .malformed }
        let expectsNothing = try isEmptyList(expected)
        guard code == .success else {
            let isMissing = code == .identifierNotFound || code == .valuesNotFound
            // A record of which nobody may read anything is answered without values.
            if expectsNothing, code == .valuesNotFound || code == .insufficientPermission { return .same }
            return isMissing ? .missing(code) : .refused(code)
        }
        var body = WireReader(try reader.span(byteCount: Int(header.bodyLength)))
        _ = try body.lengthPrefixedSpan()
        let found = try body.span(byteCount: body.remaining)
        if areEqual(found, expected) { return .same }
        let indexes = ValueComparison.differingIndexes(
            expected: try ValueComparison.values(expected),
            found: try ValueComparison.values(found)
        )
        return indexes.isEmpty ? .same : .differs(indexes)
    }

    private static func isEmptyList(_ list: RawSpan) throws(WireError) -> Bool {
        var reader = WireReader(list)
        return try reader.length() == 0
    }

    private static func areEqual(_ a: RawSpan, _ b: RawSpan) -> Bool {
        a.byteCount == b.byteCount && a.withUnsafeBytes { a in b.withUnsafeBytes { b in a.elementsEqual(b) } }
    }
}

internal import ResolutionProtocol

/// Judges the answer to a request to create or change, whole and as it came.
enum WriteAnswerReader {
    /// What is wrong with `message`, envelope included; nil: nothing.
    static func fault(in message: RawSpan, operation: OpCode, identifier: [UInt8]) -> AnswerFault? {
        do throws(WireError) {
            var reader = WireReader(message)
            let envelope = try Envelope(from: &reader)
            guard reader.remaining == Int(envelope.messageLength) else { return .malformed }
            let header = try Header(from: &reader)
            // A proof that was refused is answered as such: its code says more than its operation.
            guard header.responseCode == .success else { return .code(header.responseCode.rawValue) }
            guard header.opCode == operation else { return .operation(header.opCode.rawValue) }
            var body = WireReader(try reader.span(byteCount: Int(header.bodyLength)))
            // Old servers do not say what they have created (operations.md §5).
            if operation == .createIdentifier, body.remaining > 0 {
                let created = try body.lengthPrefixedSpan()
                guard ASCIIFolding.areEqual(created, identifier.span.bytes) else { return .identifier }
            }
            return nil
        } catch {
            return .malformed
        }
    }
}

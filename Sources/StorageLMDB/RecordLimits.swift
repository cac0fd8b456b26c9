internal import Resolution
internal import ResolutionProtocol

/// What a record may hold, so that it can be answered at all.
enum RecordLimits {
    /// The most values of an identifier.
    static let valueCountMax = 2_048
    /// Bytes of a message that are not name or values: envelope, header, counts, credential.
    private static let messageOverhead = 512

    /// Why a record of these is not held; nil: it is.
    static func refusal(name: [UInt8], values: [HandleValue]) -> RefusalReason? {
        guard !values.isEmpty else { return .noValues }
        guard values.count <= valueCountMax else { return .tooManyValues }
        var byteCount = 4
        for value in values {
            let references = value.references.reduce(0) { $0 + 8 + $1.identifier.count }
            byteCount += HandleValue.byteCountMin + value.type.count + value.data.count + references
        }
        return refusal(nameByteCount: name.count, valueCount: values.count, valueListByteCount: byteCount)
    }

    /// The same for values in wire form.
    static func refusal(nameByteCount: Int, valueCount: Int, valueListByteCount: Int) -> RefusalReason? {
        guard valueCount > 0 else { return .noValues }
        guard valueCount <= valueCountMax else { return .tooManyValues }
        guard nameByteCount + valueListByteCount + messageOverhead <= Envelope.messageLengthMax else {
            return .tooLarge
        }
        return nil
    }
}

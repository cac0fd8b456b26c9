extension RecordRow {
    /// Checks what both text formats ask of a record, so that reading it back gives the same one.
    func checkRepresentable(indexScratch: inout [UInt32]) throws(RecordFileError) {
        guard let code = bytes.withUnsafeBufferPointer({ faultOfTexts($0) }) else {
            guard !hasDuplicateIndex(scratch: &indexScratch) else { throw .unrepresentable(.duplicateIndex) }
            return
        }
        throw .unrepresentable(code)
    }

    private func faultOfTexts(_ bytes: UnsafeBufferPointer<UInt8>) -> RowErrorCode? {
        guard !identifier.isEmpty else { return .missingIdentifier }
        guard identifier.count <= RecordLimits.identifierByteCountMax else { return .identifierTooLong }
        guard Self.isText(bytes[identifier]) else { return .notUTF8 }
        for value in values {
            guard (1...0x7FFF_FFFF).contains(value.index) else { return .badIndex }
            guard !value.type.isEmpty else { return .missingType }
            guard Self.isText(bytes[value.type]) else { return .notUTF8 }
        }
        for reference in references {
            guard reference.identifier.count <= RecordLimits.identifierByteCountMax else { return .identifierTooLong }
            guard Self.isText(bytes[reference.identifier]) else { return .badReferences }
        }
        return nil
    }

    private static func isText(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        TextCheck.firstFault(UnsafeBufferPointer(rebasing: bytes)) == nil
    }
}

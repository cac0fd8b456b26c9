internal import ResolutionProtocol

/// Judges one answer, whole and as it came, against its question; allocates nothing.
enum AnswerReader {
    /// What is wrong with `message`, envelope included; nil: nothing.
    static func fault(in message: RawSpan, question: Int, of questions: QuestionSet) -> AnswerFault? {
        do throws(WireError) {
            var reader = WireReader(message)
            let envelope = try Envelope(from: &reader)
            guard reader.remaining == Int(envelope.messageLength) else { return .malformed }
            let header = try Header(from: &reader)
            if let fault = fault(in: header, question: question, of: questions) { return fault }
            var body = WireReader(try reader.span(byteCount: Int(header.bodyLength)))
            let hasValues = header.responseCode == .success && header.opCode == .resolution
            if questions.areRecorded, header.flags.contains(.requestDigest) { try skipDigest(&body) }
            if questions.areRecorded, !hasValues {
                // What other answers hold is not looked at.
                try body.skip(body.remaining)
            } else if header.responseCode == .success {
                if let fault = try faultInValues(&body, question: question, of: questions) { return fault }
            } else if header.responseCode == .serviceReferral || header.responseCode == .prefixReferral {
                // Whom it names, and their sites, which are not looked at.
                _ = try body.lengthPrefixedSpan()
                try body.skip(body.remaining)
            } else {
                _ = try body.lengthPrefixedSpan()
            }
            try body.finish()
            try skipCredential(&reader)
            return nil
        } catch {
            return .malformed
        }
    }

    private static func fault(in header: Header, question: Int, of questions: QuestionSet) -> AnswerFault? {
        guard header.opCode == questions.operation(of: question) else { return .operation(header.opCode.rawValue) }
        return isDue(header.responseCode, question, questions) ? nil : .code(header.responseCode.rawValue)
    }

    private static func isDue(_ code: ResponseCode, _ question: Int, _ questions: QuestionSet) -> Bool {
        if questions.isMissing(question) { return code == .identifierNotFound }
        if questions.hasDueCodes { return questions.dueCodes.contains(code.rawValue) }
        // Who asks for some types only may be told that there are none.
        return code == .success || code == .valuesNotFound && questions.hasLists(question)
    }

    /// The digest of the request, before the rest of the body (wire.md §4.2).
    private static func skipDigest(_ body: inout WireReader) throws(WireError) {
        switch try body.uint8() {
        case 1: try body.skip(16)
        case 2: try body.skip(20)
        case 3: try body.skip(32)
        default: throw .invalidField
        }
    }

    private static func faultInValues(
        _ body: inout WireReader,
        question: Int,
        of questions: QuestionSet
    ) throws(WireError) -> AnswerFault? {
        let asked = RawSpan(_unsafeBytes: questions.identifierBytes(of: question))
        guard ASCIIFolding.areEqual(try body.lengthPrefixedSpan(), asked) else { return .identifier }
        let expected = questions.expectedWord(of: question)
        var digest = ValueDigest()
        for _ in 0..<(try body.count(itemByteCountMin: HandleValue.byteCountMin)) {
            let index = try body.uint32()
            try body.skip(10)
            let type = try body.lengthPrefixedSpan()
            let data = try body.lengthPrefixedSpan()
            for _ in 0..<(try body.count(itemByteCountMin: 8)) {
                _ = try body.lengthPrefixedSpan()
                try body.skip(4)
            }
            if expected != nil { digest.add(index: index, type: type, data: data) }
        }
        if let expected, digest.word != expected { return .values }
        return nil
    }

    private static func skipCredential(_ reader: inout WireReader) throws(WireError) {
        guard reader.remaining >= 4 else { return }
        _ = try reader.lengthPrefixedSpan()
        try reader.finish()
    }
}

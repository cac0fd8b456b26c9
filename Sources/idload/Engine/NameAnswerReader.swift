internal import ResolutionProtocol

/// Judges one answer of a name server, whole and as it came, against its question; allocates nothing.
enum NameAnswerReader {
    private static let nameNotFound: UInt32 = 3

    /// What is wrong with `message`; nil: nothing. An answer that was cut short (TC) need have no record.
    static func fault(in message: RawSpan, question: Int, of questions: QuestionSet) -> AnswerFault? {
        do throws(WireError) {
            var reader = WireReader(message)
            try reader.skip(2)
            let flags = UInt32(try reader.uint16())
            guard flags & 0x8000 != 0 else { return .malformed }
            let operation = flags >> 11 & 0xF
            guard operation == 0 else { return .operation(operation) }
            let code = flags & 0xF
            guard code == (questions.isMissing(question) ? nameNotFound : 0) else { return .code(code) }
            let questionCount = try reader.uint16()
            let recordCount = Int(try reader.uint16())
            let others = Int(try reader.uint16()) + Int(try reader.uint16())
            let asked = RawSpan(_unsafeBytes: DomainQuery.questionSection(of: questions.message(of: question)))
            guard questionCount == 1, reader.remaining >= asked.byteCount,
                ASCIIFolding.areEqual(try reader.span(byteCount: asked.byteCount), asked)
            else { return .identifier }
            for _ in 0..<(recordCount + others) { try DomainRecord.skip(&reader) }
            try reader.finish()
            let isCut = flags & 0x0200 != 0
            return recordCount == 0 && !isCut && !questions.isMissing(question) ? .empty : nil
        } catch {
            return .malformed
        }
    }
}

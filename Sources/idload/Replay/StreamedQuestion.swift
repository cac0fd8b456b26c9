/// How a question that was read while the run goes on is known: by its slot and its place in there, apart from those
/// that are held for the whole run.
enum StreamedQuestion {
    private static let mark = 1 << 31
    private static let placeBits = 10

    static func number(slot: Int, place: Int) -> Int { mark | slot << placeBits | place }

    /// Whether a question's number is of this kind.
    static func isOne(_ question: Int) -> Bool { question & mark != 0 }

    static func slot(of question: Int) -> Int { (question & ~mark) >> placeBits }

    static func place(of question: Int) -> Int { question & (1 << placeBits - 1) }
}

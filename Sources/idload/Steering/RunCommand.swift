/// What somebody asks of a run that goes on, one line of text.
enum RunCommand: Equatable {
    case rate(RateChanges.Wish)
    /// How the run goes.
    case status
    /// No question is sent any more, as after Ctrl-C.
    case stop

    /// Longer ones, with their newline, are none.
    static let byteCountMax = 256

    /// Reads `rate 50k`, `rate +10%`, `rate -5%`, `status` or `stop`; nil where it is none of them.
    init?(_ line: some StringProtocol) {
        let words = line.split(separator: " ")
        switch (words.first, words.count) {
        case ("status", 1): self = .status
        case ("stop", 1): self = .stop
        case ("rate", 2):
            guard let wish = Self.wish(words[1]) else { return nil }
            self = .rate(wish)
        default: return nil
        }
    }

    private static func wish(_ text: some StringProtocol) -> RateChanges.Wish? {
        guard text.last == "%" else { return LoadQuantity.number(text).map { .perSecond($0) } }
        let number = text.dropFirst().dropLast()
        guard let percent = LoadQuantity.number(number), number.last?.isNumber == true else { return nil }
        switch text.first {
        case "+": return .percent(percent)
        case "-": return .percent(-percent)
        default: return nil
        }
    }
}

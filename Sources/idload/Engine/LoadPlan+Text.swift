internal import Console

extension LoadPlan {
    /// The addresses, each once.
    var targetTexts: [String] { each(targets.map { "\($0.address)" }) }

    /// All of them in one line.
    var targetText: String { targetTexts.joined(separator: ", ") }

    /// The protocols in one line, as people write them.
    var carrierText: String { carriers.map(\.name).joined(separator: "+") }

    /// The protocols, each once.
    var carriers: [Carrier] { each(targets.map(\.carrier)) }

    private func each<Item: Equatable>(_ items: [Item]) -> [Item] {
        items.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    /// How identifiers were chosen, and what was written.
    var keysText: String {
        let written = writes.map { writes in
            let share = (writes.createShare * 1_000).rounded() / 10
            let changed = ((100 - share) * 10).rounded() / 10
            return "create:\(Self.plain(share)),modify:\(Self.plain(changed))"
        }
        return [asksQuestions ? "\(keys)" : nil, written].compactMap { $0 }.joined(separator: " ")
    }

    private static func plain(_ number: Double) -> String { Int(exactly: number).map(String.init) ?? "\(number)" }

    /// What decided when questions were sent.
    var loopText: LocalizedText {
        switch loop {
        case .open(let schedule, let catchesUp):
            let shape = schedule.text
            return LocalizedText(
                english: "open loop, \(shape.english)" + (catchesUp ? ", catching up" : ""),
                chinese: "开环，\(shape.chinese)" + (catchesUp ? "，补发" : "")
            )
        case .closed(let outstanding, let rate, _, _):
            let paced = rate.map { TextCount.rate($0) }
            return LocalizedText(
                english: "closed loop, \(outstanding) outstanding" + (paced.map { ", at most \($0)" } ?? ""),
                chinese: "闭环，\(outstanding) 个在途请求" + (paced.map { "，最多 \($0)" } ?? "")
            )
        }
    }
}

extension Schedule {
    /// The rate, as people write it; how steep a ramp is, is part of it.
    var text: LocalizedText {
        let text = shape.text
        guard case .ramp = shape else { return text }
        let time = TextCount.duration(.seconds(seconds))
        return LocalizedText(english: "\(text.english) in \(time)", chinese: "\(text.chinese)，历时 \(time)")
    }
}

extension Schedule.Shape {
    /// The rate, as people write it.
    var text: LocalizedText {
        switch self {
        case .constant(let rate): LocalizedText(english: TextCount.rate(rate), chinese: TextCount.rate(rate))
        case .ramp(let from, let to):
            LocalizedText(
                english: "\(TextCount.rate(from)) to \(TextCount.rate(to))",
                chinese: "\(TextCount.rate(from)) 至 \(TextCount.rate(to))"
            )
        case .steps(let rates, let each):
            LocalizedText(
                english: rates.map { TextCount.rate($0) }.joined(separator: ", ") + ", \(Self.time(each)) each",
                chinese: rates.map { TextCount.rate($0) }.joined(separator: "、") + "，各 \(Self.time(each))"
            )
        case .burst(let count, let every):
            LocalizedText(
                english: "\(TextCount.grouped(count)) at once every \(Self.time(every))",
                chinese: "每 \(Self.time(every)) 同时 \(TextCount.grouped(count)) 个"
            )
        }
    }

    private static func time(_ seconds: Double) -> String { TextCount.duration(.seconds(seconds)) }
}

internal import Console
internal import Resolution

/// A forecast as it is shown.
struct ForecastReport {
    private let forecast: LedgerForecast
    private let measure: LedgerForecast.Measure

    init(_ forecast: LedgerForecast, _ measure: LedgerForecast.Measure) {
        self.forecast = forecast
        self.measure = measure
    }

    /// Hundredths of a percent, `12.34`.
    private var percentText: String {
        let hundredths = forecast.millionths / 100
        return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
    }

    func lines(_ session: Session) -> [String] {
        func words(_ english: String, _ chinese: String) -> String { session.words(english, chinese) }
        let name =
            switch measure {
            case .successes: words("resolution successes (解析成功响应量)", "解析成功响应量")
            case .requests: words("resolution requests (解析请求量)", "解析请求量")
            }
        let (total, target) = (TextCount.grouped(forecast.total), TextCount.grouped(forecast.target))
        var lines = [
            words(
                "\(name): \(total) of \(target) (\(percentText) %) by \(forecast.lastDay.text)",
                "\(name)：截至 \(forecast.lastDay.text) 为 \(total)，目标 \(target)（\(percentText) %）"
            )
        ]
        if let day = forecast.reachedOn {
            lines.append(words("reached on \(day.text)", "已于 \(day.text) 达到"))
            return lines
        }
        var table = Table([
            Table.Column(words("mean of the last", "最近平均")), Table.Column(words("per day", "每日"), .right),
            Table.Column(words("reached on", "预计达到")),
        ])
        for window in forecast.windows {
            let mean = window.sum / UInt64(window.dayCount)
            let isFilled = if case .tooFewDays = window.outcome { false } else { true }
            table.add([
                words("\(window.dayCount) days", "\(window.dayCount) 天"), isFilled ? TextCount.grouped(mean) : "",
                text(window.outcome, session),
            ])
        }
        return lines + table.lines()
    }

    private func text(_ outcome: LedgerForecast.Outcome, _ session: Session) -> String {
        switch outcome {
        case .reached(let day): day.text
        case .tooFewDays(let count):
            session.words("too little data: closed days so far \(count)", "数据不足：已结账 \(count) 天")
        case .never: session.words("never: nothing was counted", "无法达到：期间没有计数")
        case .beyond: session.words("not within 100 years", "一百年内不能达到")
        }
    }

    func json() -> [UInt8] {
        var json = JSONText()
        json.object { json in
            json.key("measure")
            json.string(measure.rawValue)
            json.key("target")
            json.number(forecast.target)
            json.key("total")
            json.number(forecast.total)
            json.key("percent")
            json.word(percentText)
            Self.write(forecast, to: &json)
        }
        json.endLine()
        return json.take()
    }

    /// The members that tell days.
    static func write(_ forecast: LedgerForecast, to json: inout JSONText) {
        json.key("last_day")
        json.string(forecast.lastDay.text)
        json.key("reached_on")
        if let day = forecast.reachedOn { json.string(day.text) } else { json.null() }
        json.key("windows")
        json.array { json in
            for window in forecast.windows { write(window, to: &json) }
        }
    }

    private static func write(_ window: LedgerForecast.Window, to json: inout JSONText) {
        json.object { json in
            json.key("days")
            json.number(window.dayCount)
            json.key("sum")
            json.number(window.sum)
            json.key("outcome")
            switch window.outcome {
            case .reached(let day):
                json.string("reached")
                json.key("day")
                json.string(day.text)
            case .tooFewDays: json.string("too-few-days")
            case .never: json.string("never")
            case .beyond: json.string("beyond")
            }
        }
    }
}

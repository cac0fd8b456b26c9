internal import Console

extension Comparison {
    /// One JSON document.
    func json(names: (before: String, after: String)) -> [UInt8] {
        var json = JSONText()
        json.object { json in
            json.member("format", RunDocument.format)
            json.member("before", names.before)
            json.member("after", names.after)
            json.key("comparable")
            json.boolean(obstacles.isEmpty)
            json.key("obstacles")
            json.array { json in
                for obstacle in obstacles { json.object { Self.write(obstacle, &$0) } }
            }
            json.member("time_margin_percent", (timeShare * 1_000).rounded() / 10)
            json.member("time_margin_us", Self.timeMicrosecondsLeast)
            json.member("rate_margin_percent", Self.rateShare * 100)
            json.member("loss_margin_percent", Self.lossLeast * 100)
            json.key("measures")
            json.array { json in
                for judgement in judgements { json.object { Self.write(judgement, &$0) } }
            }
            json.member("verdict", verdict?.rawValue ?? "not_comparable")
        }
        json.endLine()
        return json.take()
    }

    private static func write(_ judgement: Judgement, _ json: inout JSONText) {
        json.member("measure", judgement.key)
        for (name, value) in [("before", judgement.before), ("after", judgement.after)] {
            json.key(name)
            if let value { json.number(value) } else { json.null() }
        }
        json.member("verdict", judgement.verdict.rawValue)
    }

    private static func write(_ obstacle: Obstacle, _ json: inout JSONText) {
        switch obstacle {
        case .plan(let difference):
            json.member("what", difference.key)
            json.member("before", difference.before.english)
            json.member("after", difference.after.english)
        case .generatorLimited(let isAfter):
            json.member("what", "generator_limited")
            json.member("run", isAfter ? "after" : "before")
        case .nothingAnswered(let isAfter):
            json.member("what", "nothing_answered")
            json.member("run", isAfter ? "after" : "before")
        }
    }
}

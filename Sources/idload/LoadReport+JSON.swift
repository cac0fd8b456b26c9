internal import Console

extension LoadReport {
    /// One JSON document. A percentile among the lost is null: it is longer than `timeout_us`.
    var json: [UInt8] {
        var json = JSONText()
        json.object { json in
            writePlan(&json)
            writeCounts(&json)
            writeLatency(&json)
            writeThresholds(&json)
            json.key("command_line")
            json.array { json in
                for argument in commandLine { json.string(argument) }
            }
        }
        json.endLine()
        return json.take()
    }

    private func writePlan(_ json: inout JSONText) {
        json.key("target")
        json.string("\(plan.target)")
        json.key("protocol")
        json.string(plan.carrier.rawValue)
        json.key("mode")
        json.string("closed")
        json.key("outstanding")
        json.number(plan.outstanding)
        json.key("connections")
        json.number(plan.connections)
        json.key("rate_limit")
        if let rate = plan.ratePerSecond { json.number(rate) } else { json.null() }
        json.key("verify")
        json.string(plan.verification.rawValue)
        json.key("identifiers")
        json.number(questionCount)
        json.key("missing_percent")
        json.number(plan.missingPercent)
        json.key("once")
        json.boolean(plan.asksEachOnce)
        json.key("seed")
        json.number(plan.seed)
    }

    private func writeCounts(_ json: inout JSONText) {
        let tally = result.tally
        json.key("seconds")
        json.number(result.seconds)
        let counts: [(String, UInt64)] = [
            ("sent", tally.sent), ("unsent", tally.unsent), ("answered", tally.answered), ("wrong", tally.wrong),
            ("lost", tally.lost), ("late", tally.late), ("duplicate", tally.duplicate),
            ("unexpected", tally.unexpected), ("disconnected", tally.disconnected),
        ]
        for (name, count) in counts {
            json.key(name)
            json.number(count)
        }
        json.key("faults")
        json.object { json in
            for (fault, count) in tally.faults.sorted(by: { "\($0.key)" < "\($1.key)" }) {
                json.key("\(fault)")
                json.number(count)
            }
        }
        json.key("rate")
        json.number(result.answersPerSecond)
        json.key("interrupted")
        json.boolean(result.wasInterrupted)
    }

    private func writeLatency(_ json: inout JSONText) {
        json.key("timeout_us")
        json.number(plan.timeoutNanoseconds / 1_000)
        for (name, percent) in Self.percentiles {
            json.key(name.replacing(".", with: "_") + "_us")
            if let value = result.tally.microseconds(atPercentile: percent) { json.number(value) } else { json.null() }
        }
    }

    private func writeThresholds(_ json: inout JSONText) {
        json.key("thresholds")
        json.array { json in
            for threshold in thresholds {
                json.object { json in
                    json.key("condition")
                    json.string(threshold.text)
                    json.key("met")
                    json.boolean(threshold.isMet(by: result))
                }
            }
        }
    }
}

internal import Console

extension SearchReport {
    /// One JSON document. A percentile among the lost is null: it is longer than `timeout_us`.
    var json: [UInt8] {
        var json = JSONText()
        json.object { json in
            writePlan(&json)
            json.key("figures")
            json.array { json in
                for figure in result.figures { write(figure, &json) }
            }
            json.key("generator_limited")
            json.boolean(result.isGeneratorLimited)
            json.key("interrupted")
            json.boolean(result.earlyEnd == .interrupted)
            json.key("trials")
            json.array { json in
                for trial in result.trials { write(trial, &json) }
            }
            written?.write(&json)
            json.write(facts)
        }
        json.endLine()
        return json.take()
    }

    private func writePlan(_ json: inout JSONText) {
        let texts = [
            ("target", plan.targetText), ("protocol", plan.carriers.map(\.rawValue).joined(separator: "+")),
            ("mode", "find-max"),
            ("keys", plan.keysText), ("verify", plan.verification.rawValue),
        ]
        for (name, text) in texts {
            json.key(name)
            json.string(text)
        }
        let numbers: [(String, UInt64)] = [
            ("connections", UInt64(plan.connections)), ("threads", UInt64(plan.threadCount)),
            ("identifiers", UInt64(questionCount)),
            ("timeout_us", plan.timeoutNanoseconds / 1_000),
        ]
        for (name, number) in numbers {
            json.key(name)
            json.number(number)
        }
        json.key("limits")
        json.array { json in
            for limit in limits { json.string(limit.text) }
        }
    }

    private func write(_ figure: SearchResult.Figure, _ json: inout JSONText) {
        json.object { json in
            json.key("aim")
            json.string(figure.aim.rawValue)
            json.key("loss_max_percent")
            json.number(figure.aim.lossShareMax * 100)
            json.key("rate")
            if let rate = figure.outcome?.ratePerSecond { json.number(rate) } else { json.null() }
            json.key("confirmed")
            json.boolean(figure.isConfirmed)
            json.key("stopped_by")
            json.string(figure.stop.name)
            json.key("stopped_at_rate")
            if case .verdict(_, let rate) = figure.stop { json.number(rate) } else { json.null() }
        }
    }

    private func write(_ trial: TrialOutcome, _ json: inout JSONText) {
        json.object { json in
            json.key("rate")
            json.number(trial.ratePerSecond)
            json.key("seconds")
            json.number(trial.seconds)
            let counts = [
                ("sent", trial.sent), ("answered", trial.answered), ("lost", trial.lost), ("busy", trial.busy),
                ("wrong", trial.wrong),
            ]
            for (name, count) in counts {
                json.key(name)
                json.number(count)
            }
            for (name, time) in [("p50_us", trial.p50), ("p99_us", trial.p99), ("p99_9_us", trial.p99_9)] {
                json.key(name)
                if let time { json.number(time) } else { json.null() }
            }
            json.key("verdict_no_loss")
            json.string(SearchAim.noLoss.verdict(on: trial).name)
            json.key("verdict_little_loss")
            json.string(SearchAim.littleLoss.verdict(on: trial).name)
        }
    }
}

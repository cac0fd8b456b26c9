internal import Console

extension LoadReport {
    /// One JSON document. A percentile among the lost is null: it is longer than `timeout_us`.
    var json: [UInt8] {
        var json = JSONText()
        json.object { json in
            writePlan(&json)
            writeCounts(&json)
            writeTargets(&json)
            writeLatency(&json)
            writeThresholds(&json)
            count?.write(&json)
            writeGenerator(&json)
            facts.write(&json)
        }
        json.endLine()
        return json.take()
    }

    private func writePlan(_ json: inout JSONText) {
        json.key("target")
        json.string(plan.targetText)
        json.key("protocol")
        json.string(plan.carriers.map(\.rawValue).joined(separator: "+"))
        json.key("mode")
        json.string(plan.isOpen ? "open" : "closed")
        json.key("outstanding")
        if let outstanding = plan.outstandingMax { json.number(outstanding) } else { json.null() }
        json.key("connections")
        json.number(plan.connections)
        writeConnections(&json)
        json.key("threads")
        json.number(plan.threadCount)
        json.key("rate_limit")
        if case .closed(_, let rate?, _, _) = plan.loop { json.number(rate) } else { json.null() }
        json.key("plan")
        json.string(plan.loopText.english)
        json.key("warmup_seconds")
        json.number(plan.warmupSeconds)
        json.key("keys")
        json.string("\(plan.keys)")
        json.key("verify")
        json.string(plan.verification.rawValue)
        json.key("identifiers")
        json.number(questionCount)
        json.key("missing_percent")
        json.number(plan.missingPercent)
        json.key("once")
        json.boolean(plan.keys.stops)
        json.key("seed")
        json.number(plan.seed)
    }

    private func writeCounts(_ json: inout JSONText) {
        let tally = result.tally
        json.key("seconds")
        json.number(result.seconds)
        for (name, count) in Self.counts(tally) {
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
        json.key("busy")
        json.number(result.tally.busy)
        json.key("rate")
        json.number(result.answersPerSecond)
        json.key("interrupted")
        json.boolean(result.wasInterrupted)
    }

    /// What is counted, by its name in JSON.
    static func counts(_ tally: Tally) -> [(name: String, count: UInt64)] {
        [
            ("sent", tally.sent), ("unsent", tally.unsent), ("answered", tally.answered), ("wrong", tally.wrong),
            ("lost", tally.lost), ("late", tally.late), ("duplicate", tally.duplicate),
            ("unexpected", tally.unexpected), ("disconnected", tally.disconnected),
            ("connected", tally.connected), ("unconnected", tally.unconnected), ("without_port", tally.withoutPort),
        ]
    }

    /// The percentiles of the response time.
    func writeResponse(_ tally: Tally, _ json: inout JSONText) {
        for (name, percent) in LatencyHistogram.percentiles {
            write(tally.microseconds(atPercentile: percent), Self.key(name), &json)
        }
    }

    private func writeLatency(_ json: inout JSONText) {
        json.key("timeout_us")
        json.number(plan.timeoutNanoseconds / 1_000)
        writeResponse(result.tally, &json)
        for (name, percent) in LatencyHistogram.percentiles {
            write(result.tally.serviceMicroseconds(atPercentile: percent), "service_" + Self.key(name), &json)
        }
    }

    private static func key(_ name: String) -> String { name.replacing(".", with: "_") + "_us" }

    private func write(_ microseconds: UInt64?, _ name: String, _ json: inout JSONText) {
        json.key(name)
        if let microseconds { json.number(microseconds) } else { json.null() }
    }

    /// How the tool itself kept up.
    private func writeGenerator(_ json: inout JSONText) {
        let generator = result.generator
        json.key("not_sent")
        json.number(generator.notSent)
        json.key("backlog_max")
        json.number(generator.backlog)
        json.key("generator_cpu_percent")
        json.number((generator.processorShare * 1_000).rounded() / 10)
        json.key("generator_cpu_percent_max")
        json.number((max(generator.processorShare, generator.busiestProcessorShare) * 1_000).rounded() / 10)
        if plan.isOpen {
            for (name, percent) in Self.timerPercentiles {
                write(generator.timerError.microseconds(atPercentile: percent), "timer_error_" + Self.key(name), &json)
            }
        }
        json.key("generator_limited")
        json.boolean(isGeneratorLimited)
        json.key("generator_limits")
        json.array { json in
            for limit in limits { json.string(limit.rawValue) }
        }
    }

    private func writeThresholds(_ json: inout JSONText) {
        json.key("aborted_by")
        if let abortedBy { json.string(abortedBy.text) } else { json.null() }
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

internal import Console
internal import ResolutionProtocol

extension RunDocument {
    /// One JSON document. A percentile among the lost is null: it is longer than `timeout_us`.
    var json: [UInt8] {
        var json = JSONText()
        json.object { json in
            json.member("format", Self.format)
            writePlan(&json)
            writeCounts(&json)
            writeTargets(&json)
            writeLatency(&json)
            writeThresholds(&json)
            count?.write(&json)
            written?.write(&json)
            writeGenerator(&json)
            json.write(facts)
            writeRows(&json)
            writeHistograms(&json)
            writeSamples(&json)
            writeParts(&json)
        }
        json.endLine()
        return json.take()
    }

    private func writePlan(_ json: inout JSONText) {
        json.member("target", plan.target)
        json.member("protocol", plan.carriers.joined(separator: "+"))
        json.member("mode", plan.isOpen ? "open" : "closed")
        json.member("outstanding", plan.outstanding)
        json.member("connections", plan.connections)
        json.member("per_connection", plan.questionsPerConnection)
        json.key("source_addresses")
        json.array { json in
            for source in plan.sources { json.string(source) }
        }
        json.member("threads", plan.threadCount)
        json.key("rate_limit")
        if let rate = plan.ratePerSecondMax { json.number(rate) } else { json.null() }
        json.member("plan", plan.text.english)
        json.member("plan_zh", plan.text.chinese)
        writeRateChanges(&json)
        json.member("warmup_seconds", plan.warmupSeconds)
        json.member("keys", plan.keys)
        json.member("verify", plan.verification)
        json.member("identifiers", plan.identifierCount)
        json.member("missing_percent", plan.missingPercent)
        json.key("once")
        json.boolean(plan.isOnce)
    }

    private func writeCounts(_ json: inout JSONText) {
        json.member("seconds", result.seconds)
        Self.writeCounts(result.tally, &json)
        json.member("busy", result.tally.busy)
        json.member("rate", result.answersPerSecond)
        json.key("interrupted")
        json.boolean(result.wasInterrupted)
    }

    /// What was counted, and what was wrong with wrong answers.
    static func writeCounts(_ tally: Tally, _ json: inout JSONText) {
        let counts: [(String, UInt64)] = [
            ("sent", tally.sent), ("unsent", tally.unsent), ("answered", tally.answered), ("wrong", tally.wrong),
            ("lost", tally.lost), ("late", tally.late), ("duplicate", tally.duplicate),
            ("unexpected", tally.unexpected), ("disconnected", tally.disconnected),
            ("connected", tally.connected), ("unconnected", tally.unconnected), ("without_port", tally.withoutPort),
        ]
        for (name, count) in counts { json.member(name, count) }
        json.key("faults")
        json.object { json in
            for (fault, count) in tally.faults.sorted(by: { "\($0.key)" < "\($1.key)" }) {
                json.member("\(fault)", count)
            }
        }
    }

    /// The percentiles of the response time.
    static func writeResponse(_ tally: Tally, _ json: inout JSONText) {
        for (name, percent) in LatencyHistogram.percentiles {
            json.member(key(name), tally.microseconds(atPercentile: percent))
        }
    }

    private func writeLatency(_ json: inout JSONText) {
        json.member("timeout_us", plan.timeoutMicroseconds)
        Self.writeResponse(result.tally, &json)
        for (name, percent) in LatencyHistogram.percentiles {
            json.member("service_" + Self.key(name), result.tally.serviceMicroseconds(atPercentile: percent))
        }
    }

    /// A percentile's name as a member's.
    static func key(_ name: String) -> String { name.replacing(".", with: "_") + "_us" }

    /// How the tool itself kept up.
    private func writeGenerator(_ json: inout JSONText) {
        let generator = result.generator
        json.member("not_sent", generator.notSent)
        json.member("backlog_max", generator.backlog)
        json.member("generator_cpu_percent", processorPercent)
        json.member("generator_cpu_percent_max", busiestProcessorPercent)
        if plan.isOpen {
            for (name, percent) in Self.timerPercentiles {
                let microseconds = generator.timerError.microseconds(atPercentile: percent)
                json.member("timer_error_" + Self.key(name), microseconds)
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
                    json.member("condition", threshold.text)
                    json.key("met")
                    json.boolean(threshold.isMet(by: result))
                }
            }
        }
    }
}

extension JSONText {
    /// Writes a member that is a whole number, if there is one, else null.
    mutating func member(_ name: String, _ value: (some BinaryInteger)?) {
        key(name)
        if let value { number(value) } else { null() }
    }

    mutating func member(_ name: String, _ value: Double) {
        key(name)
        number(value)
    }

    mutating func member(_ name: String, _ text: String) {
        key(name)
        string(text)
    }

    /// Writes the members that say what was run, and where.
    mutating func write(_ facts: RunFacts) {
        key("command_line")
        array { json in
            for argument in facts.commandLine { json.string(argument) }
        }
        member("version", facts.version)
        member("seed", facts.seed)
        key("host")
        object { json in
            json.member("system", facts.host.system)
            json.member("machine", facts.host.machine)
            json.member("processor", facts.host.processor)
            json.member("processors", facts.host.processorCount)
            json.member("memory_bytes", facts.host.memoryByteCount)
        }
    }
}

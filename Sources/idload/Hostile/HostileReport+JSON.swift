internal import Console
internal import EventLoop

extension HostileReport {
    /// One JSON document.
    var json: [UInt8] {
        var json = JSONText()
        json.object { json in
            json.key("target")
            json.string("\(plan.target.address)")
            json.key("protocol")
            json.string(plan.target.carrier.rawValue)
            json.key("mode")
            json.string(plan.mode.rawValue)
            json.key("connections")
            json.number(plan.connections)
            json.key("source_addresses")
            json.array { json in
                for source in plan.sources { json.string(source.host) }
            }
            json.key("rate")
            json.number(plan.ratePerSecond)
            json.key("seconds")
            json.number(plan.seconds)
            if plan.mode == .slow {
                json.key("byte_every_s")
                json.number(plan.secondsPerByte)
            }
            json.key("seed")
            json.number(plan.seed)
            writeCounts(&json)
            writeProbe(&json)
            json.key("interrupted")
            json.boolean(wasInterrupted)
            json.key("command_line")
            json.array { json in
                for argument in facts.commandLine { json.string(argument) }
            }
            json.key("version")
            json.string(facts.version)
        }
        json.endLine()
        return json.take()
    }

    private func writeCounts(_ json: inout JSONText) {
        let counts: [(String, UInt64)] = [
            ("opened", tally.opened), ("refused", tally.refused), ("not_begun", tally.notBegun),
            ("closed_by_target", tally.closedByTarget), ("closed_here", tally.closedHere),
            ("open_at_end", tally.openAtEnd), ("datagrams", tally.datagrams), ("bytes_sent", tally.bytesSent),
            ("bytes_received", tally.bytesReceived), ("answers", tally.answers),
        ]
        for (name, count) in counts {
            json.key(name)
            json.number(count)
        }
        write(tally.closedAfter.microseconds(atPercentile: 50), "closed_after_p50_us", &json)
        write(tally.closedAfter.microseconds(atPercentile: 100), "closed_after_max_us", &json)
        json.key("codes")
        json.object { json in
            for (code, count) in tally.codes.sorted(by: { $0.key < $1.key }) {
                json.key("\(code)")
                json.number(count)
            }
        }
    }

    private func writeProbe(_ json: inout JSONText) {
        json.key("probe")
        guard let probe else { return json.null() }
        json.object { json in
            json.key("asked")
            json.number(probe.asked)
            json.key("answered")
            json.number(probe.answered)
            write(probe.times.microseconds(atPercentile: 50), "p50_us", &json)
            write(probe.times.microseconds(atPercentile: 100), "max_us", &json)
            json.key("failure")
            if let failure = probe.failure { json.string(failure.english) } else { json.null() }
        }
    }

    private func write(_ microseconds: UInt64?, _ name: String, _ json: inout JSONText) {
        json.key(name)
        if let microseconds { json.number(microseconds) } else { json.null() }
    }
}

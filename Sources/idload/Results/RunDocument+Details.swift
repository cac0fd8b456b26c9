internal import Console
internal import ResolutionProtocol

// What a result file has beyond the figures that a person reads: enough to draw, merge and look into the run again.
extension RunDocument {
    /// Bytes of a kept packet that are written; a longer one is cut, and its length told.
    static let packetByteCountMax = 65_536

    func writeRows(_ json: inout JSONText) {
        json.member("row_seconds", rowSeconds)
        json.key("rows")
        json.array { json in
            for row in rows { json.object { json in Self.write(row, &json) } }
        }
    }

    /// A time that is not known has no member; one among the lost is null.
    private static func write(_ row: SecondRow, _ json: inout JSONText) {
        json.member("second", row.endSeconds)
        json.member("seconds", row.seconds)
        json.key("measured")
        json.boolean(row.isMeasured)
        json.key("target")
        if let target = row.targetPerSecond { json.number(target) } else { json.null() }
        json.member("sent", row.sent)
        json.member("answered", row.answered)
        json.member("lost", row.lost)
        json.member("wrong", row.wrong)
        for ((name, _), time) in zip(SecondRow.percentiles, row.times) {
            switch time {
            case .microseconds(let microseconds): json.member(name, microseconds)
            case .lost: json.member(name, nil as UInt64?)
            case .unknown: break
            }
        }
        json.member("connections", row.connections)
        json.member("outstanding", row.outstanding)
        json.member("not_sent", row.notSent)
        json.member("cpu_percent", row.processorPercent)
        json.member("connected", row.connected)
    }

    func writeHistograms(_ json: inout JSONText) {
        let tally = result.tally
        Self.write(
            [
                ("response", tally.response), ("service", tally.service),
                ("timer_error", result.generator.timerError),
            ],
            &json
        )
    }

    static func write(_ histograms: [(name: String, histogram: LatencyHistogram)], _ json: inout JSONText) {
        json.key("histograms")
        json.object { json in
            for (name, histogram) in histograms {
                json.key(name)
                json.array { json in
                    for (microseconds, count) in histogram.pairs {
                        json.array { json in
                            json.number(microseconds)
                            json.number(count)
                        }
                    }
                }
            }
        }
    }

    func writeSamples(_ json: inout JSONText) {
        json.key("samples")
        json.array { json in
            for sample in result.tally.samples {
                json.object { json in
                    json.member("column", sample.column.rawValue)
                    if let fault = sample.fault { json.member("fault", "\(fault)") }
                    json.key("identifier")
                    json.string(sample.identifier)
                    json.member("packet_bytes", sample.packet.count)
                    json.key("packet")
                    json.string(HexadecimalText.lowercased(sample.packet.prefix(Self.packetByteCountMax)))
                }
            }
        }
    }

    func writeParts(_ json: inout JSONText) {
        guard !parts.isEmpty else { return }
        json.key("merged")
        json.array { json in
            for part in parts {
                json.object { json in
                    json.write(part.facts)
                    json.member("target", part.target)
                    json.member("plan", part.planText.english)
                    json.member("plan_zh", part.planText.chinese)
                    json.member("answered", part.answered)
                    json.member("lost", part.lost)
                    json.member("seconds", part.seconds)
                }
            }
        }
        json.key("warnings")
        json.array { json in
            for warning in warnings {
                json.object { json in
                    json.member("en", warning.english)
                    json.member("zh", warning.chinese)
                }
            }
        }
    }
}

internal import Console
internal import Resolution
internal import ResolutionProtocol

extension CountSummary {
    /// One JSON document. `received` stands in it once for each origin class, so that their sum is the whole.
    func json(withSources: Bool, byPrefix: Bool) -> [UInt8] {
        var json = JSONText()
        json.object { json in
            json.key("day")
            json.string(day)
            json.key("resolution_requests")
            json.number(total.requests)
            json.key("resolution_successes")
            json.number(total.successes)
            json.key("names")
            json.object { json in
                json.key("resolution_requests")
                json.string("解析请求量")
                json.key("resolution_successes")
                json.string("解析成功响应量")
            }
            json.key("origins")
            json.array { json in
                for origin in origins { Self.write(origin, to: &json) }
            }
            json.key("latency")
            json.object { json in
                for isOutside in [true, false] {
                    json.key(isOutside ? "outside" : "inside")
                    Self.writeLatency(of: total, isOutside: isOutside, to: &json)
                }
            }
            if byPrefix { writePrefixes(to: &json) }
            if withSources { writeSources(to: &json) }
        }
        json.endLine()
        return json.take()
    }

    private static func write(_ origin: Origin, to json: inout JSONText) {
        json.object { json in
            json.key("origin")
            json.string(origin.name)
            json.key("received")
            json.number(origin.received)
            json.key("found")
            json.number(origin.found)
            json.key("repeated")
            json.number(origin.repeated)
        }
    }

    private static func writeLatency(of counts: CountTotals, isOutside: Bool, to json: inout JSONText) {
        json.object { json in
            json.key("sum_nanoseconds")
            json.number(counts.latencySumNanoseconds(outside: isOutside))
            for (name, unit, extreme) in [
                ("min", "nanoseconds", counts.shortest(outside: isOutside)),
                ("max", "nanoseconds", counts.longest(outside: isOutside)),
                ("peak", "queries", counts.peak(outside: isOutside)),
            ] {
                json.key(name)
                guard let extreme else {
                    json.null()
                    continue
                }
                json.object { json in
                    json.key(unit)
                    json.number(extreme.value)
                    json.key("time")
                    json.string(UTCTime.timeOfDay(extreme.secondOfDay))
                }
            }
        }
    }

    private func writePrefixes(to json: inout JSONText) {
        json.key("prefixes")
        json.array { json in
            for prefix in prefixes {
                json.object { json in
                    json.key("prefix")
                    json.string(prefix.name)
                    json.key("resolution_requests")
                    json.number(prefix.counts.requests)
                    json.key("resolution_successes")
                    json.number(prefix.counts.successes)
                }
            }
        }
    }

    private func writeSources(to json: inout JSONText) {
        json.key("sources")
        json.array { json in
            for source in sources {
                json.object { json in
                    json.key("source")
                    json.string(source.network)
                    json.key("origin")
                    json.string(source.origin)
                    json.key("queries")
                    json.number(source.count)
                }
            }
        }
        json.key("other_sources")
        json.number(otherSourcesCount)
    }
}

internal import Cryptography
internal import EventLoop
internal import Resolution
internal import StorageLMDB
internal import Transport

/// The node's metrics in the text format of Prometheus (exposition format 0.0.4). Identifiers are never labels.
struct MetricsText {
    let node: Node

    func text() -> String {
        var lines: [String] = []
        for metric in Metric.allCases {
            let name = "hanjiang_" + metric.snakeCaseName + (metric.isGauge ? "" : "_total")
            lines.append("# TYPE \(name) \(metric.isGauge ? "gauge" : "counter")")
            for worker in node.transport.workers {
                lines.append("\(name){worker=\"\(worker.number)\"} \(worker.metrics.value(metric))")
            }
        }
        lines += storage() + warming() + index() + counts() + backup() + reload()
        lines += process() + certificate() + keys() + administration() + recursion() + ledger() + reports()
        lines += guardian()
        return lines.joined(separator: "\n") + "\n"
    }

    func counter(_ name: String, _ value: UInt64) -> [String] {
        ["# TYPE hanjiang_\(name)_total counter", "hanjiang_\(name)_total \(value)"]
    }

    func gauge(_ name: String, _ value: Int) -> [String] {
        ["# TYPE hanjiang_\(name) gauge", "hanjiang_\(name) \(value)"]
    }

    private func storage() -> [String] {
        guard let figures = try? node.store.figures() else { return gauge("storage_readable", 0) }
        return gauge("storage_readable", 1) + gauge("storage_writable", node.writes.text == "ok" ? 1 : 0)
            + gauge("identifiers", figures.recordCount)
            + gauge("storage_file_bytes", figures.fileByteCount) + gauge("storage_map_bytes", figures.mapByteCount)
            + gauge("change_log_entries", figures.logEntryCount) + gauge("damaged_records_met", figures.damagedCount)
            + gauge("count_pages_missing", figures.missingPageCount)
            + gauge("write_queue_commands", figures.queuedCommandCount)
            + gauge("write_queue_bytes", figures.queuedByteCount)
            + gauge("kept_outcome_sets", figures.outcomeCount) + gauge("kept_outcome_bytes", figures.outcomeByteCount)
    }

    /// How far the data file has been brought into memory.
    private func warming() -> [String] {
        let figures = node.store.warming.figures
        return gauge("warming_under_way", figures.state == .underWay ? 1 : 0)
            + gauge("warming_done", figures.state == .done ? 1 : 0)
            + gauge("warming_read_bytes", figures.readByteCount)
            + gauge("warming_resident_bytes", figures.residentByteCount)
            + gauge("warming_milliseconds", Int(clamping: figures.nanoseconds / 1_000_000))
    }

    /// What the index of hints has come to; nothing where there is none.
    private func index() -> [String] {
        guard let figures = (try? node.store.figures())?.index else { return [] }
        let totals: [(String, [UInt64])] = [
            ("hanjiang_index_hits_total", node.hintCounts.map { $0.value(.hits) }),
            ("hanjiang_index_stale_total", node.hintCounts.map { $0.value(.stale) }),
            ("hanjiang_index_absent_total", node.hintCounts.map { $0.value(.absent) }),
            ("hanjiang_index_bypassed_total", node.hintCounts.map { $0.value(.bypassed) }),
        ]
        var lines: [String] = []
        for (name, values) in totals {
            lines.append("# TYPE \(name) counter")
            for (worker, value) in values.enumerated() { lines.append("\(name){worker=\"\(worker)\"} \(value)") }
        }
        return lines + gauge("index_hints", figures.occupiedCount) + gauge("index_capacity", figures.capacity)
            + gauge("index_bytes", figures.byteCount) + gauge("index_sweep_rounds", figures.sweepRoundCount)
            + gauge("index_emptyings", figures.emptyingCount) + gauge("index_bytes_max", figures.byteCountMax)
            + gauge("index_growing_capacity", figures.growingCapacity) + gauge("index_growths", figures.growthCount)
            + gauge("index_full", figures.isFull ? 1 : 0)
    }

    private func backup() -> [String] {
        let last = LastBackup.read(in: node.store.directory) ?? LastBackup()
        return gauge("backup_last_done_timestamp_seconds", Int(clamping: last.successUnixSeconds))
            + gauge("backup_last_attempt_timestamp_seconds", Int(clamping: last.attemptUnixSeconds))
            + gauge("backup_last_attempt_done", last.isDone ? 1 : 0) + gauge("backup_last_bytes", last.byteCount)
    }

    private func reload() -> [String] {
        let counts = node.reloading.counts
        var lines = ["# TYPE hanjiang_reloads_total counter"]
        lines += Reloading.Result.allCases.map {
            "hanjiang_reloads_total{result=\"\($0.rawValue)\"} \(counts[$0] ?? 0)"
        }
        let isAsWritten = node.reloading.last.map { $0.result != .refused } ?? true
        return lines + gauge("reload_last_accepted", isAsWritten ? 1 : 0)
    }

    private func counts() -> [String] {
        let today = CountDay(unixSeconds: SystemClock.coarseRealtimeSeconds())
        guard let totals = try? node.store.counts.totals(of: today) else { return gauge("counts_readable", 0) }
        let total = totals.total
        var lines = gauge("counts_readable", 1)
        lines.append("# TYPE hanjiang_resolutions_received_today gauge")
        lines += OriginClass.allCases.map {
            "hanjiang_resolutions_received_today{origin=\"\($0.name)\"} \(total.received($0))"
        }
        lines.append("# TYPE hanjiang_resolutions_found_today gauge")
        lines += OriginClass.allCases.map {
            "hanjiang_resolutions_found_today{origin=\"\($0.name)\"} \(total.found($0))"
        }
        lines.append("# TYPE hanjiang_datagrams_repeated_today gauge")
        lines += OriginClass.allCases.map {
            "hanjiang_datagrams_repeated_today{origin=\"\($0.name)\"} \(totals.repeated[$0] ?? 0)"
        }
        return lines
    }

    private func certificate() -> [String] {
        guard let end = node.tls.context?.current.notAfter else { return [] }
        return gauge("tls_certificate_end_seconds", Int(clamping: end))
    }

    private func process() -> [String] {
        let uptime = (SystemClock.monotonicNanoseconds() - node.startedNanoseconds) / 1_000_000_000
        return gauge("uptime_seconds", Int(clamping: uptime))
            + [
                "# TYPE hanjiang_log_lines_lost_total counter",
                "hanjiang_log_lines_lost_total \(node.logSink.lostCount)",
            ]
    }
}

internal import Console
internal import EventLoop
internal import Glibc
internal import NodeConfiguration
internal import Resolution
internal import StorageLMDB
internal import Synchronization
internal import Transport

/// The state of a running node, as JSON for `idctl status`. Members are only ever added.
struct StatusReport {
    let node: Node

    func json() -> [UInt8] {
        var json = JSONText()
        json.object { json in
            json.key("program")
            json.string(Version.line)
            json.key("pid")
            json.number(getpid())
            json.key("state")
            json.string(node.isDraining.load(ordering: .relaxed) ? "draining" : "ready")
            json.key("uptime_seconds")
            json.number((SystemClock.monotonicNanoseconds() - node.startedNanoseconds) / 1_000_000_000)
            json.key("prefix")
            json.string(node.settings.configuration.node.prefix)
            json.key("role")
            json.string(node.settings.configuration.node.role.rawValue)
            json.key("workers")
            json.number(node.settings.workerCount)
            listeners(&json)
            storage(&json)
            warming(&json)
            let today = CountDay(unixSeconds: SystemClock.coarseRealtimeSeconds())
            let totals = try? node.store.counts.totals(of: today)
            counting(&json, today: today, totals: totals?.total)
            ledger(&json, today: totals)
            reports(&json)
            route(&json)
            lastBackup(&json)
            lastReload(&json)
            administration(&json)
            recursion(&json)
            json.key("guardian")
            GuardianReport(node: node).summary(&json)
            limitedNetworks(&json)
            metrics(&json)
        }
        return json.take()
    }

    private func listeners(_ json: inout JSONText) {
        json.key("listeners")
        json.array { json in
            for plan in node.transport.plans {
                json.object { json in
                    json.key("address")
                    json.string("\(plan.address)")
                    json.key("udp")
                    json.boolean(plan.isUDP)
                    json.key("tcp")
                    json.boolean(plan.isTCP)
                    json.key("tls")
                    json.boolean(plan.tls != nil)
                    json.key("origin")
                    json.string(plan.origin?.name ?? "by-source")
                }
            }
        }
    }

    private func storage(_ json: inout JSONText) {
        let figures = try? node.store.figures()
        let prefixes = node.prefixes
        json.key("storage")
        json.object { json in
            json.key("readable")
            json.boolean(figures != nil)
            json.key("writes")
            json.string(node.writes.text)
            let numbers: [(String, Int)] = [
                ("identifiers", figures?.recordCount ?? 0), ("record_table_bytes", figures?.recordTableByteCount ?? 0),
                ("change_log_entries", figures?.logEntryCount ?? 0),
                ("change_log_bytes", figures?.logByteCount ?? 0), ("file_bytes", figures?.fileByteCount ?? 0),
                ("map_bytes", figures?.mapByteCount ?? 0), ("free_bytes", figures?.freeByteCount ?? 0),
                ("damaged_records_met", figures?.damagedCount ?? 0),
                ("prefixes_homed", prefixes.count { $0.state == .homed }),
                ("prefixes_delegated", prefixes.count { $0.state == .delegated }),
            ]
            for (name, number) in numbers + (figures?.index.map(index) ?? []) {
                json.key(name)
                json.number(number)
            }
        }
    }

    /// What the index of hints has come to; a node without one says nothing of it.
    private func index(_ figures: HintFigures) -> [(String, Int)] {
        func total(_ kind: HintReadCounts.Kind) -> Int {
            Int(clamping: node.hintCounts.reduce(0) { $0 + $1.value(kind) })
        }
        return [
            ("index_hints", figures.occupiedCount), ("index_capacity", figures.capacity),
            ("index_bytes", figures.byteCount), ("index_sweep_rounds", figures.sweepRoundCount),
            ("index_bytes_max", figures.byteCountMax), ("index_growing_capacity", figures.growingCapacity),
            ("index_growths", figures.growthCount), ("index_full", figures.isFull ? 1 : 0),
            ("index_emptyings", figures.emptyingCount), ("index_hits", total(.hits)), ("index_stale", total(.stale)),
            ("index_absent", total(.absent)), ("index_bypassed", total(.bypassed)),
        ]
    }

    /// How far the data file has been brought into memory.
    private func warming(_ json: inout JSONText) {
        let figures = node.store.warming.figures
        json.key("warming")
        json.object { json in
            json.key("state")
            json.string(figures.state.rawValue)
            let numbers: [(String, Int)] = [
                ("file_bytes", figures.fileByteCount), ("memory_bytes", figures.memoryByteCount),
                ("read_bytes", figures.readByteCount), ("resident_bytes", figures.residentByteCount),
                ("milliseconds", Int(clamping: figures.nanoseconds / 1_000_000)),
            ]
            for (name, number) in numbers {
                json.key(name)
                json.number(number)
            }
        }
    }

    private func counting(_ json: inout JSONText, today: CountDay, totals: CountTotals?) {
        let now = SystemClock.coarseRealtimeSeconds()
        json.key("counting")
        json.object { json in
            json.key("day")
            json.string(today.text)
            json.key("resolution_requests")
            json.number(totals?.requests ?? 0)
            json.key("resolution_successes")
            json.number(totals?.successes ?? 0)
            if let past = node.pastCounts.totals(of: node.store.counts, unixSeconds: now) {
                json.key("resolution_requests_of_all_days")
                json.number(past.requests + (totals?.requests ?? 0))
                json.key("resolution_successes_of_all_days")
                json.number(past.successes + (totals?.successes ?? 0))
            }
            // What a power loss can cost at most: counts are folded and synchronised once a second.
            json.key("power_loss_bound_seconds")
            json.number(1)
        }
    }

    /// What `idctl backup` last came to, whoever ran it; `never` until then.
    private func lastBackup(_ json: inout JSONText) {
        let last = LastBackup.read(in: node.store.directory)
        json.key("last_backup")
        json.object { json in
            json.key("result")
            json.string(last.map { $0.isDone ? "done" : "failed" } ?? "never")
            guard let last else { return }
            let numbers: [(String, UInt64)] = [
                ("attempt_unix_seconds", last.attemptUnixSeconds), ("done_unix_seconds", last.successUnixSeconds),
                ("identifiers", UInt64(last.recordCount)), ("bytes", UInt64(last.byteCount)),
                ("sequence", last.sequence),
            ]
            for (name, number) in numbers {
                json.key(name)
                json.number(number)
            }
        }
    }

    /// What the last reload of the configuration came to; `never` until then.
    private func lastReload(_ json: inout JSONText) {
        let last = node.reloading.last
        json.key("last_reload")
        json.object { json in
            json.key("result")
            json.string(last?.result.rawValue ?? "never")
            guard let last else { return }
            json.key("unix_seconds")
            json.number(last.unixSeconds)
            json.key("text")
            json.string(last.text)
        }
    }

    /// Who was kept back by UDP, or would have been: that of the last half minute or so, the most first. The counts
    /// tell who, not how many, which the metrics do.
    private func limitedNetworks(_ json: inout JSONText) {
        json.key("rate_limit")
        json.object { json in
            json.key("mode")
            json.string(node.reloading.configuration.rateLimit.mode.rawValue)
            json.key("limited_networks")
            json.array { json in
                for (network, count) in node.transport.limitedNetworks.prefix(8) {
                    json.object { json in
                        json.key("network")
                        json.string("\(network)")
                        json.key("count")
                        json.number(count)
                    }
                }
            }
        }
    }

    private func metrics(_ json: inout JSONText) {
        json.key("connections_limit")
        json.number(NodeSettings(node.reloading.configuration).connectionCountMax)
        json.key("log_lines_lost")
        json.number(node.logSink.lostCount)
        json.key("metrics")
        json.object { json in
            for metric in Metric.allCases {
                json.key(metric.snakeCaseName)
                json.number(node.transport.total(metric))
            }
        }
    }
}

extension Metric {
    /// The name in reports, as in `datagrams_received` or `bytes_sent_udp`.
    var snakeCaseName: String {
        var text = ""
        var wasCapital = false
        for letter in "\(self)" {
            // "UDP" and "TCP" stay together: only a capital behind a small letter begins a word.
            if letter.isUppercase, !wasCapital, !text.isEmpty { text += "_" }
            wasCapital = letter.isUppercase
            text += letter.asciiValue.map { String(UnicodeScalar($0 | 0x20)) } ?? "_"
        }
        return text
    }
}

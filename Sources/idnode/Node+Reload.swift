internal import Console
internal import Logging
internal import NodeConfiguration
internal import Transport

extension Node {
    /// The parts that take a new configuration while the node runs.
    static func reloadableParts(
        transport: NodeTransport,
        administration: AdministrationThread?,
        recursion: NodeRecursion?,
        guardian: NodeGuardian?,
        tls: NodeTLS,
        writes: WriteState,
        ledger: NodeLedger,
        reports: NodeReports?,
        route: NodeRoute?,
        logSink: LogSink
    ) -> [any Reloadable] {
        [
            ReloadableLog(sink: logSink), ReloadableTransport(transport: transport, tls: tls),
            ReloadableAdministration(thread: administration), ReloadableTLS(tls: tls),
            ReloadableWrites(writes: writes), ReloadableRecursion(recursion: recursion),
            ReloadableLedger(ledger: ledger), ReloadableGuardian(guardian: guardian),
            ReloadableReports(reports: reports), ReloadableRoute(route: route),
        ]
    }

    /// SIGHUP: reads the configuration again, goes by it as far as it can, and logs the outcome.
    @discardableResult
    func reload() -> Reloading.Outcome {
        let outcome = reloading.reload()
        logger.log(
            level: outcome.result == .refused ? .error : .notice,
            "reload",
            metadata: ["result": "\(outcome.result.rawValue)", "outcome": "\(outcome.text)"]
        )
        return outcome
    }

    /// The control socket's request: the same, with the outcome as the answer.
    func reloadOnRequest() -> ControlAnswer {
        let outcome = reload()
        return outcome.result == .refused ? .failure(outcome.text) : .text(Array(outcome.text.utf8))
    }
}

/// Level and form of the log lines.
private struct ReloadableLog: Reloadable {
    let sink: LogSink

    func prepare(_ configuration: NodeConfiguration) throws(ReloadRefusal) -> ReloadStep {
        let style = LogStyle(configuration.log)
        return ReloadStep { sink.style = style }
    }
}

/// Limits and times of connections, and what sources count as.
private struct ReloadableTransport: Reloadable {
    let transport: NodeTransport
    let tls: NodeTLS

    func prepare(_ configuration: NodeConfiguration) throws(ReloadRefusal) -> ReloadStep {
        let settings = NodeSettings(configuration).transport(tls: tls.context)
        return ReloadStep { transport.settle(settings) }
    }
}

/// How much administration holds for its askers.
private struct ReloadableAdministration: Reloadable {
    let thread: AdministrationThread?

    func prepare(_ configuration: NodeConfiguration) throws(ReloadRefusal) -> ReloadStep {
        let byteCountMax = NodeSettings(configuration).administrationByteCountMax
        return ReloadStep { thread?.settle(inFlightByteCountMax: byteCountMax) }
    }
}

/// Whom other nodes are asked for, which ones, and how long their answers are kept.
private struct ReloadableRecursion: Reloadable {
    let recursion: NodeRecursion?

    func prepare(_ configuration: NodeConfiguration) throws(ReloadRefusal) -> ReloadStep {
        let settings = NodeSettings(configuration)
        return ReloadStep { recursion?.settle(settings) }
    }
}

/// The certificates that new TLS connections are shown.
private struct ReloadableTLS: Reloadable {
    let tls: NodeTLS

    func prepare(_ configuration: NodeConfiguration) throws(ReloadRefusal) -> ReloadStep {
        do throws(Failure) {
            return try tls.prepare()
        } catch {
            throw ReloadRefusal(text: error.line)
        }
    }
}

/// Whether changes are taken.
private struct ReloadableWrites: Reloadable {
    let writes: WriteState

    func prepare(_ configuration: NodeConfiguration) throws(ReloadRefusal) -> ReloadStep {
        let isReadOnly = configuration.administration.isReadOnly
        return ReloadStep { writes.setReadOnly(isReadOnly) }
    }
}

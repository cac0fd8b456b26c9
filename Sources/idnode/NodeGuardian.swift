internal import Console
internal import EventLoop
internal import Logging
internal import NodeConfiguration
internal import Resolution
internal import StorageLMDB
internal import Transport

/// The route guardian's thread, and what it needs of the rest of the node.
final class NodeGuardian: Sendable {
    let thread: GuardianThread

    /// Starts the thread; `transport` leaves out of referrals what it finds dead.
    init(settings: NodeSettings, store: Store, transport: NodeTransport, logger: Logger) throws(Failure) {
        let journal = ThreadJournal(GuardianJournal(directory: settings.configuration.node.data), logger)
        let reader: ThreadReader
        do throws(StoreError) { reader = ThreadReader(reader: try store.makeReader()) } catch {
            throw Failure(.store(error))
        }
        do throws(EventLoopError) {
            thread = try GuardianThread(
                settings: settings.guardian,
                publish: { transport.leaveOut($0) },
                makeParts: {
                    GuardianThread.Parts(
                        open: journal.journal.open,
                        next: journal.journal.next,
                        delegations: DelegatedSites(store: reader.reader) { try? store.prefixRows() },
                        record: { journal.record($0) }
                    )
                }
            )
        } catch {
            throw Failure(.cannotListen(error))
        }
    }

    /// Goes by other settings from now on.
    func settle(_ settings: NodeSettings) { thread.settle(settings.guardian) }
}

/// The journal, which the guardian's thread uses alone, and the log lines about it.
///
/// `@unchecked Sendable`: handed to one thread, once.
private final class ThreadJournal: @unchecked Sendable {
    let journal: GuardianJournal
    private let logger: Logger
    private var reason: String?

    init(_ journal: GuardianJournal, _ logger: Logger) {
        self.journal = journal
        self.logger = logger
        if let aside = journal.setAside {
            logger.error("guardian: a part of the events cannot be read", metadata: ["kept_as": "\(aside)"])
        }
    }

    /// Keeps events; returns why it could not, and says so once.
    func record(_ events: [GuardianEvent]) -> String? {
        let before = reason
        reason = journal.record(events).map { SystemReason(errorNumber: $0).text.english }
        if let reason {
            if reason != before {
                logger.error("guardian: events cannot be recorded", metadata: ["reason": "\(reason)"])
            }
            return reason
        }
        for event in events { logger.report(event) }
        return nil
    }
}

extension NodeSettings {
    /// What the route guardian goes by.
    var guardian: GuardianSettings {
        let section = configuration.guardian
        var settings = GuardianSettings()
        settings.isEnabled = section.isEnabled
        settings.intervalNanoseconds = section.interval.nanoseconds
        settings.failureCountMax = section.failures
        settings.successCountMin = section.successes
        settings.addressCountMax = section.addresses
        return settings
    }
}

extension Logger {
    /// Says what the route guardian has recorded.
    fileprivate func report(_ event: GuardianEvent) {
        var metadata: Logger.Metadata = [
            "event": "\(event.number)", "address": "\(event.address.text)",
            "prefix": "\(String(decoding: event.prefix, as: UTF8.self))", "since": "\(event.sinceUnixSeconds)",
        ]
        if event.closes > 0 { metadata["closes"] = "\(event.closes)" }
        if let cause = event.cause { metadata["cause"] = "\(cause.name)" }
        switch event.kind {
        case .abnormal: warning("guardian: an address does not answer", metadata: metadata)
        case .recovered: notice("guardian: an address answers again", metadata: metadata)
        case .unwatched: notice("guardian: an address is not watched any more", metadata: metadata)
        }
    }
}

/// How often which addresses are probed.
struct ReloadableGuardian: Reloadable {
    let guardian: NodeGuardian?

    func prepare(_ configuration: NodeConfiguration) throws(ReloadRefusal) -> ReloadStep {
        let settings = NodeSettings(configuration)
        return ReloadStep { [guardian] in guardian?.settle(settings) }
    }
}

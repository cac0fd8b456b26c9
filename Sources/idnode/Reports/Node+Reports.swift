internal import EventLoop
internal import Logging
internal import NodeConfiguration
internal import Resolution
internal import ResolutionProtocol
internal import StorageLMDB
internal import Transport

extension Node {
    /// What takes the ledger's days upward; nil where there is no ledger, or nobody above a node of this role.
    static func startReports(
        _ configuration: NodeConfiguration,
        _ ledger: NodeLedger,
        _ store: Store,
        _ logger: Logger
    ) throws(Failure) -> NodeReports? {
        guard configuration.node.role.isReporting, let author = ledger.author else { return nil }
        let reports = NodeReports(store, author: author, configuration.federation, logger)
        do throws(EventLoopError) { try reports.start() } catch { throw Failure(.cannotListen(error)) }
        ledger.observe { reports.poke() }
        return reports
    }

    /// Where reports of others are kept; nil where a node of this role takes none.
    static func reportBook(_ configuration: NodeConfiguration, _ store: Store) -> (any ReportBook)? {
        guard configuration.node.role.takesReports else { return nil }
        let isStarted = store.reports.start {
            NamedThread.nameOwn("reports-in")
            ThreadPace.slow.adopt()
        }
        return isStarted ? store.reports : nil
    }

    /// What the control socket says of reports (docs/protocol-extensions.md).
    func reports(_ argument: [UInt8]) -> ControlAnswer {
        guard let question = try? ReportQuestion(wire: argument) else { return .failure("not a question") }
        do throws(StoreError) {
            switch question {
            case .overview: return .text(try store.reportOverview().wire)
            case .rows(let prefix, let day):
                var writer = WireWriter(capacity: 4_096, byteCountMax: 64 << 20)
                writer.array(try store.reportedRows(of: prefix, day: day))
                return .text([UInt8](writer.bytes))
            }
        } catch {
            return .failure("\(error.messages.english)")
        }
    }
}

extension NodeSection.Role {
    /// Whether nodes of the role report upward, and whether others report to them.
    fileprivate var isReporting: Bool { self == .secondary || self == .enterprise }
    fileprivate var takesReports: Bool { self == .secondary || self == .top }
}

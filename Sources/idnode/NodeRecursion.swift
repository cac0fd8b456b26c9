internal import EventLoop
internal import NodeConfiguration
internal import Resolution
internal import ResolutionProtocol
internal import StorageLMDB
internal import Transport

/// The thread that asks other nodes, and what it needs of the rest of the node.
final class NodeRecursion: Sendable {
    let thread: RecursionThread
    /// Asks other nodes for administration.
    let records: RemoteResolution
    /// Whether it asks on behalf of those who resolve; else for the keys of administrators alone.
    let isForAskers: Bool
    private let ownSite: SiteInfo

    /// Starts the thread. It asks nobody before it is asked, so that no start waits for another node.
    init(settings: NodeSettings, responder: ResponderSettings, store: Store) throws(Failure) {
        ownSite = responder.site
        isForAskers = settings.configuration.isRecursive
        let reader: ThreadReader
        let authority: Authority
        do throws(StoreError) {
            reader = ThreadReader(reader: try store.makeReader())
            authority = Authority(rows: try store.prefixRows())
        } catch {
            throw Failure(.store(error))
        }
        do throws(EventLoopError) {
            thread = try RecursionThread(
                settings: settings.recursion(ownSite: responder.site),
                limits: settings.recursionLimits
            ) { LocalRoutes(store: reader.reader, authority: authority) }
        } catch {
            throw Failure(.cannotListen(error))
        }
        records = RemoteResolution(thread: thread, networks: settings.recursionAccess.allowed)
    }

    /// Goes by other settings from now on.
    func settle(_ settings: NodeSettings) {
        thread.settle(settings.recursion(ownSite: ownSite), limits: settings.recursionLimits)
        records.settle(settings.recursionAccess.allowed)
    }
}

internal import ArgumentParser
internal import Console
internal import NodeConfiguration
internal import StorageLMDB

/// Which ledger is meant: that of a file, or of a node by its configuration or data directory.
struct LedgerOptions: ParsableArguments {
    @Argument(help: Speech.help("An exported ledger; left out: a node's.", "导出的账本文件；省略则读取节点。"), completion: .file())
    var file: String?

    @Option(help: Speech.help("The node's configuration.", "节点配置文件。", name: "file"), completion: .file())
    var config: String?

    @Option(help: Speech.help("The node's data directory.", "节点数据目录。", name: "dir"), completion: .directory)
    var data: String?

    func validate() throws {
        guard file == nil else {
            guard config == nil, data == nil else {
                throw ValidationError(
                    Speech.words("a file and a node exclude each other", "文件与节点不能同时指定")
                )
            }
            return
        }
        try node.validate()
    }

    /// The node that is meant where no file is.
    var node: NodeOptions { NodeOptions(config: config, data: data) }

    /// The node's ledger: of the running node, or of its directory where it is stopped.
    func source(_ session: Session) throws(CommandFailure) -> any LedgerSource {
        try LedgerOpening.source(of: node, session)
    }

    /// The share of one source network, in percent, over which it is marked, where no configuration says another.
    private static let sharePercentUsual = 20

    /// What `[ledger]` says of the target and of one source's share; its defaults where no configuration is given.
    func bounds() throws(CommandFailure) -> (target: UInt64, sharePercentMax: Int) {
        guard file == nil, let config = try node.chosen().config else {
            return (StatusScreen.resolutionGoal, Self.sharePercentUsual)
        }
        let section = try ConfigurationLoading.load(config).ledger
        return (UInt64(clamping: section.target), section.sourceShareMax)
    }
}

/// Finds a node's ledger.
enum LedgerOpening {
    /// With a configuration the node is asked first; with a directory that is read, unless a running node has it.
    static func source(of node: NodeOptions, _ session: Session) throws(CommandFailure) -> any LedgerSource {
        let places = try node.places()
        if try node.chosen().config != nil {
            let running = NodeLedger(socket: places.controlSocket)
            do throws(CommandFailure) {
                _ = try running.state()
                return running
            } catch {
                guard error.exit == .outcomeUnknown, let store = try? open(places.data) else { throw error }
                return StoredLedger(store: store)
            }
        }
        do throws(StoreError) {
            return StoredLedger(store: try open(places.data))
        } catch {
            guard case .inUse(_, let pid) = error else { throw CommandFailure(.store(error)) }
            session.inform(.countsOfRunningNode(directory: places.data, pid: pid))
            return NodeLedger(socket: places.controlSocket)
        }
    }

    private static func open(_ directory: String) throws(StoreError) -> Store {
        var options = StoreOptions()
        options.isReadOnly = true
        return try Store.open(directory: directory, options: options)
    }
}

internal import Console
internal import Resolution
internal import ResolutionClient
internal import ResolutionProtocol
internal import StorageLMDB

/// What keeps a node's prefixes: the node while it runs, else its data directory.
enum PrefixKeeper {
    /// A running node, asked by its control socket, and its data directory, which is read beside it.
    case running(ControlClient, data: String)
    /// The store of a node that does not run.
    case stopped(Store)

    /// The keeper of a node's prefixes for the time of `body`.
    static func with<Value>(
        _ node: NodeOptions,
        isReadOnly: Bool = false,
        _ body: (PrefixKeeper) throws(CommandFailure) -> Value
    ) throws(CommandFailure) -> Value {
        let places = try node.places()
        let control = ControlClient(path: places.controlSocket)
        if Self.isAnswered(control) { return try body(.running(control, data: places.data)) }
        let store = try StoreOpening.open(places.data, isReadOnly: isReadOnly)
        defer { store.close() }
        return try body(.stopped(store))
    }

    private static func isAnswered(_ control: ControlClient) -> Bool {
        do throws(ControlError) {
            _ = try control.ask(.status)
            return true
        } catch .asking(let error) {
            return !error.failure.isUnreachable
        } catch {
            return true
        }
    }

    /// Every prefix, those that were withdrawn too.
    func rows() throws(CommandFailure) -> [PrefixRow] {
        try reading { (store) throws(StoreError) in try store.prefixRows() }
    }

    /// Reads the store, as it is now.
    func reading<Value>(_ body: (Store) throws(StoreError) -> Value) throws(CommandFailure) -> Value {
        switch self {
        case .stopped(let store): return try Self.reading(store, body)
        case .running(_, let data):
            let store = try StoreOpening.openBesideOthers(data)
            defer { store.close() }
            return try Self.reading(store, body)
        }
    }

    private static func reading<Value>(
        _ store: Store,
        _ body: (Store) throws(StoreError) -> Value
    ) throws(CommandFailure) -> Value {
        do throws(StoreError) { return try body(store) } catch { throw CommandFailure(.store(error)) }
    }

    /// Carries commands out, in their order.
    func apply(_ commands: [Command]) throws(CommandFailure) -> [CommandOutcome] {
        switch self {
        case .stopped(let store):
            return try Self.reading(store) { (store) throws(StoreError) in try store.apply(commands) }
        case .running(let control, _):
            var outcomes: [CommandOutcome] = []
            for command in commands { outcomes.append(try Self.order(command.change, of: control)) }
            return outcomes
        }
    }

    private static func order(
        _ change: Command.Change,
        of control: ControlClient
    ) throws(CommandFailure) -> CommandOutcome {
        switch change {
        case .setPrefix(let terms): return try send(.set(terms), to: control)
        case .removePrefix(let prefix, let even):
            return try send(.withdraw(prefix, evenWithIdentifiers: even), to: control)
        case .put(let name, let values, let expecting):
            return try administer(name.bytes, control) { (node) throws(AdministrationError) in
                _ = try node.create(name.bytes, values, overwrites: expecting == .anything)
            }
        case .remove(let name, _):
            return try administer(name.bytes, control) { (node) throws(AdministrationError) in
                try node.delete(name.bytes)
            }
        }
    }

    private static func send(_ order: PrefixOrder, to control: ControlClient) throws(CommandFailure) -> CommandOutcome {
        do throws(ControlError) {
            let text = String(decoding: try control.ask(.prefix, argument: order.wire), as: UTF8.self)
            return .done(sequence: UInt64(text) ?? 0)
        } catch {
            switch error {
            case .asking(let error): throw CommandFailure(.nodeUnreachable(error), exit: .outcomeUnknown)
            case .refused(let path, _, let text): return try outcome(refusal: text, by: path)
            }
        }
    }

    /// What the node means by a refusal, which begins with a word for programs.
    private static func outcome(refusal text: String, by path: String) throws(CommandFailure) -> CommandOutcome {
        switch text.prefix(while: { $0 != ":" }) {
        case "exists": return .alreadyExists
        case "absent": return .absent
        case "in use": return .refused(.prefixInUse)
        default: throw CommandFailure(.nodeRefuses(path, text))
        }
    }

    private static func administer(
        _ name: [UInt8],
        _ control: ControlClient,
        _ body: (OperatorClient) throws(AdministrationError) -> Void
    ) throws(CommandFailure) -> CommandOutcome {
        do throws(AdministrationError) {
            try body(OperatorClient(control))
            return .done(sequence: 0)
        } catch .refused(.identifierExists, _) {
            return .alreadyExists
        } catch .refused(.identifierNotFound, _) {
            return .absent
        } catch {
            throw CommandFailure(.notAdministered(name, error))
        }
    }
}

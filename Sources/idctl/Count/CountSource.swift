internal import Console
internal import Resolution
internal import ResolutionClient
internal import ResolutionProtocol
internal import StorageLMDB

/// Where counts are read: from the directory of a node that is stopped, from the control socket of one that runs.
enum CountSource {
    /// The counts of `day`.
    ///
    /// With a data directory that a running node has locked, says so and asks the node.
    static func report(of node: NodeOptions, day: CountDay, _ session: Session) throws(CommandFailure) -> CountReport {
        let places = try node.places()
        guard try node.chosen().config == nil else {
            return try fromNodeOrDirectory(places, day: day)
        }
        do throws(StoreError) {
            return try fromDirectory(places.data, day: day)
        } catch {
            guard case .inUse(_, let pid) = error else { throw CommandFailure(.store(error)) }
            session.inform(.countsOfRunningNode(directory: places.data, pid: pid))
            return try fromNode(places.controlSocket, day: day)
        }
    }

    /// With a configuration the node is asked first; one that is stopped has its counts in its directory.
    private static func fromNodeOrDirectory(
        _ places: (data: String, controlSocket: String),
        day: CountDay
    ) throws(CommandFailure) -> CountReport {
        do throws(CommandFailure) {
            return try fromNode(places.controlSocket, day: day)
        } catch {
            guard error.exit == .outcomeUnknown, let report = try? fromDirectory(places.data, day: day) else {
                throw error
            }
            return report
        }
    }

    /// What the node at this control socket says.
    static func fromNode(_ socket: String, day: CountDay) throws(CommandFailure) -> CountReport {
        let bytes = try ControlAsking.ask(socket, .counts, argument: Array(day.text.utf8))
        do throws(WireError) {
            return try CountReport(wire: bytes)
        } catch {
            throw CommandFailure(.unreadableCounts(socket))
        }
    }

    private static func fromDirectory(_ path: String, day: CountDay) throws(StoreError) -> CountReport {
        var options = StoreOptions()
        options.isReadOnly = true
        return try report(of: try Store.open(directory: path, options: options), day: day)
    }

    /// The counts of `day` in an open directory.
    static func report(of store: Store, day: CountDay) throws(StoreError) -> CountReport {
        let prefixes = try store.prefixRows()
        do throws(ChangeLogError) {
            return CountReport(totals: try store.counts.totals(of: day), prefixes: prefixes)
        } catch {
            throw .dataFileDamaged(path: store.directory, reason: "\(error)")
        }
    }
}

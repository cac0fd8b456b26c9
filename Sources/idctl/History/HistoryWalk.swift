internal import Console
internal import Resolution
internal import ResolutionProtocol
internal import StorageLMDB

/// Reads what a node's directory says of an identifier, beside the node that may be at work there.
enum HistoryWalk {
    /// Hands the log's entries about `name` to `body`, oldest first; returns where the log begins and what `name` is
    /// now.
    static func run(
        _ node: NodeOptions,
        _ name: [UInt8],
        _ session: Session,
        _ body: (_ entry: HistoryEntry, _ start: LogStart) -> Void
    ) throws(CommandFailure) -> (start: LogStart, present: PresentRecord) {
        guard let identifier = try? Identifier(name) else {
            throw CommandFailure(.unusableIdentifier(english: "not an identifier", chinese: "不是标识"), exit: .usage)
        }
        Interruption.takeOn()
        let store = try StoreOpening.openBesideOthers(try node.places().data)
        defer { store.close() }
        let found: (start: LogStart, present: PresentRecord)
        do throws(StoreError) {
            var progress = HistoryProgress(session)
            found = try store.history(of: identifier) { done, total in
                progress.show(done, of: total)
                return !Interruption.isRequested
            } _: { entry, start in
                body(entry, start)
            }
            progress.finish()
        } catch {
            throw CommandFailure(.store(error))
        }
        guard !Interruption.isRequested else { throw CommandFailure.interrupted() }
        return found
    }

    /// What `name` was at each of `times`, in their order, and what it is now.
    static func states(
        _ node: NodeOptions,
        _ name: [UInt8],
        at times: [UInt64],
        _ session: Session
    ) throws(CommandFailure) -> (states: [HistoricRecord], present: PresentRecord) {
        var finders = times.map { HistoricStateFinder(unixSeconds: $0) }
        let (start, present) = try run(node, name, session) { entry, start in
            for place in finders.indices { finders[place].take(entry, start: start) }
        }
        var records: [HistoricRecord] = []
        for finder in finders {
            let state = finder.state(start: start, present: present)
            if case .unknown(let gap) = state {
                throw CommandFailure(.notInTheLog(name, at: finder.unixSeconds, gap, start))
            }
            if finder.isAmbiguous { session.tell(.clockWasSetBack(at: finder.unixSeconds)) }
            records.append(HistoricRecord(unixSeconds: finder.unixSeconds, state: state))
        }
        return (records, present)
    }
}

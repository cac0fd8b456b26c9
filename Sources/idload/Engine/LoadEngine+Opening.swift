internal import ResolutionClient

extension LoadEngine {
    /// Opens what a thread of `plan` asks through, in the order of its targets; throws where that is not to be had.
    static func open(
        _ plan: LoadPlan,
        share: ThreadShare = .whole
    ) throws(UnreachableTarget) -> [any LoadCarrier] {
        var carriers: [any LoadCarrier] = []
        for place in plan.targets.indices {
            do throws(OpeningFailure) {
                carriers.append(try carrier(to: place, plan, share))
            } catch {
                throw UnreachableTarget(target: plan.targets[place], why: error)
            }
        }
        return carriers
    }

    private static func carrier(
        to place: Int,
        _ plan: LoadPlan,
        _ share: ThreadShare
    ) throws(OpeningFailure) -> any LoadCarrier {
        let target = plan.targets[place]
        if let writes = plan.writes, target.carrier == .admin {
            let book = WriteBook(writes, plan.writeNumbers(ofTarget: place, share), seed: plan.seed)
            return try AdministrationCarrier(to: target, plan, key: writes.key, book)
        }
        do throws(AskFailure) {
            switch target.carrier {
            case .udp: return try UDPCarrier(to: target.address, from: plan.sources, count: plan.connections)
            case .dns: return try NameCarrier(to: target.address, plan)
            case .tcp, .tls, .admin: return try StreamCarriers.open(to: target, plan)
            }
        } catch {
            throw .asking(error)
        }
    }
}

extension LoadPlan {
    /// The numbers of the records that a thread writes to a target.
    fileprivate func writeNumbers(ofTarget place: Int, _ share: ThreadShare) -> WriteNumbers {
        let writers = targets.indices.filter { targets[$0].carrier == .admin }
        let own = writers.firstIndex(of: place) ?? 0
        return WriteNumbers(place: share.number * writers.count + own, count: share.count * max(1, writers.count))
    }
}

/// A target that could not be reached at all.
struct UnreachableTarget: Error {
    let target: LoadTarget
    let why: OpeningFailure

    /// nil: it was reached, and refuses.
    var failure: AskFailure? {
        if case .asking(let failure) = why { return failure }
        return nil
    }
}

internal import ResolutionProtocol

/// Changes of one identifier: create, delete, and add, remove and modify values (operations.md §§5-7).
extension Administration {
    /// Waits until earlier changes of the same identifier are settled, then makes this one.
    func change(_ call: AdministrationCall) {
        if let refusal = refusalOfChange(call) { return refuse(call, refusal) }
        guard let wish = ChangeWish(call, random: &random) else { return refuseUnreadable(call) }
        enterLane([settings.folding.key(of: wish.identifier)], call) { $0.attempt(wish, call, lane: $1) }
    }

    /// Runs `body` when it is the call's turn on `keys`; `body` gives the turn back.
    func enterLane(
        _ keys: Set<[UInt8]>,
        _ call: AdministrationCall,
        _ body: @escaping @Sendable (Administration, Lanes.Ticket) -> Void
    ) {
        let byteCount = call.request.bytes.count
        guard lanes.count < Self.waitingCountMax, lanes.byteCount + byteCount <= settings.waitingByteCountMax else {
            figures.busyCount += 1
            return send(.refused(.serverBusy, "too many changes wait here; ask again later"), to: call)
        }
        let ticket = lanes.nextTicket
        let turn = lanes.enter(keys, byteCount: byteCount) { body($0, ticket) }
        if turn.isFree { body(self, ticket) }
    }

    /// The most changes that are under way or wait for their turn.
    private static let waitingCountMax = 10_000

    /// Gives a turn back and lets those begin that waited for it: one after the other, however many of them give theirs
    /// back at once, as each inside the one before would take stack without bound.
    func leaveLane(_ ticket: Lanes.Ticket) {
        readyTurns += lanes.leave(ticket)
        guard !isBeginningTurns else { return }
        isBeginningTurns = true
        while !readyTurns.isEmpty {
            let ready = readyTurns
            readyTurns = []
            for begin in ready { begin(self) }
        }
        isBeginningTurns = false
    }

    /// Checks a change as far as needed and hands it to the writer; the turn is given back when it is settled.
    private func attempt(_ wish: ChangeWish, _ call: AdministrationCall, lane: Lanes.Ticket) {
        switch decide(wish, call) {
        case .success(.command(let plan)): commit(plan, wish, call, lane: lane)
        case .success(.answered(let response)):
            leaveLane(lane)
            send(response, to: call)
        case .success(.needsIdentity):
            leaveLane(lane)
            challenge(call)
        case .failure(let refusal):
            leaveLane(lane)
            figures.refusedChangeCount += 1
            refuse(call, refusal)
        }
    }

    private func decide(_ wish: ChangeWish, _ call: AdministrationCall) -> Result<ChangeDecision, AdministrationRefusal>
    {
        if call.identity != nil, let kept = keptAnswer(call) { return .success(.answered(kept)) }
        switch wish.kind {
        case .create(let values): return decideCreation(of: wish.identifier, values, call)
        case .delete: return decideDeletion(of: wish.identifier, call)
        case .add(let values): return decideAddition(to: wish.identifier, values, call)
        case .remove(let indexes): return decideRemoval(from: wish.identifier, indexes, call)
        case .modify(let values): return decideModification(of: wish.identifier, values, call)
        }
    }

    /// The record of `identifier`, for a change: nil when there is none.
    func recordToChange(_ identifier: [UInt8]) -> Result<AdministeredRecord?, AdministrationRefusal> {
        switch records.read(identifier) {
        case .absent: .success(nil)
        case .found(let record): .success(record)
        case .unreadable(let text): .failure(AdministrationRefusal(.error, "\(text)"))
        }
    }
}

/// What is to become of an identifier, as asked for.
struct ChangeWish: Sendable {
    enum Kind: Sendable {
        case create([HandleValue])
        case delete
        case add([HandleValue])
        case remove([UInt32])
        case modify([HandleValue])
    }

    let identifier: [UInt8]
    let kind: Kind

    /// Reads the body of `call`; with MINT the suffix is made up here, once.
    init?(_ call: AdministrationCall, random: inout some RandomNumberGenerator) {
        switch call.opCode {
        case .deleteIdentifier:
            guard let request = call.read(NameRequest.self) else { return nil }
            (identifier, kind) = (request.name, .delete)
        case .removeValue:
            guard let request = call.read(IndexesRequest.self) else { return nil }
            (identifier, kind) = (request.identifier, .remove(request.indexes))
        default:
            guard let request = call.read(ValuesRequest.self) else { return nil }
            if call.opCode == .createIdentifier {
                let mints = call.flags.contains(.mintSuffix)
                identifier = request.identifier + (mints ? MintedSuffix.make(using: &random) : [])
                kind = .create(request.values)
            } else {
                identifier = request.identifier
                kind = call.opCode == .addValue ? .add(request.values) : .modify(request.values)
            }
        }
    }
}

/// What becomes of a wish.
enum ChangeDecision: Sendable {
    /// The writer is to carry it out.
    case command(ChangePlan)
    /// Nothing is left to do but to answer.
    case answered(AdministrationResponse)
    /// Its asker must say who it is.
    case needsIdentity
}

/// A change that has been allowed.
struct ChangePlan: Sendable {
    var change: Command.Change
    /// Who is answerable for it; nil: a value that everyone may change.
    var identity: Identity?
    /// Values before; nil: there was no such identifier.
    var before: [HandleValue]?
    /// Values after; nil: there is none any more.
    var after: [HandleValue]?
    /// The prefix it belongs to.
    var row: PrefixRow
    /// What is answered when it is done.
    var success: AdministrationResponse
}

internal import Cryptography
internal import ResolutionProtocol

/// From an allowed change to its answer, by way of the writer.
extension Administration {
    /// Hands `plan` to the writer; gives the turn back and answers when it is durable, or has failed.
    func commit(_ plan: ChangePlan, _ wish: ChangeWish, _ call: AdministrationCall, lane: Lanes.Ticket) {
        if let refusal = refusalByRate(of: plan.row, count: 1, call) {
            leaveLane(lane)
            return refuse(call, refusal)
        }
        let prefixChange = prefixChange(for: wish.identifier, plan)
        let origin = Audit(plan, call).bytes
        let commands = ([plan.change] + [prefixChange].compactMap { $0 })
            .map { Command($0, unixSeconds: call.unixSeconds, origin: origin) }
        let set = CommandSet(
            commands.map { .command($0) },
            isAtomic: true,
            keeping: outcomeName(call, plan.success),
            unixSeconds: call.unixSeconds
        )
        let post = ports.post
        let isTaken = ports.changes.append(set) { result in
            post { $0.settle(result, plan, wish, call, changesPrefix: prefixChange != nil, lane: lane) }
        }
        guard isTaken else {
            leaveLane(lane)
            figures.busyCount += 1
            return send(.refused(.serverBusy, "too many changes wait here; ask again later"), to: call)
        }
    }

    private func settle(
        _ result: Result<CommandSetOutcome, ChangeLogError>,
        _ plan: ChangePlan,
        _ wish: ChangeWish,
        _ call: AdministrationCall,
        changesPrefix: Bool,
        lane: Lanes.Ticket
    ) {
        leaveLane(lane)
        switch result {
        case .failure(let error):
            figures.refusedChangeCount += 1
            refuse(call, AdministrationRefusal(error))
        case .success(let outcome):
            let main = outcome.outcomes.first { $0 != .notApplied } ?? .notApplied
            guard outcome.outcomes.allSatisfy(\.isDone) else {
                figures.refusedChangeCount += 1
                return refuse(call, AdministrationRefusal(main, isNational: call.isNational))
            }
            figures.changeCount += 1
            if outcome.isRepeated { figures.repeatCount += 1 }
            if plan.removesKeeper {
                tell(.keeperRemoved(identifier: wish.identifier, by: plan.identity?.reference))
            }
            let answer = KeptAnswer(outcome.note)?.response ?? plan.success
            endAuthority(of: plan, wish)
            guard changesPrefix else { return send(answer, to: call) }
            reloadPrefixes { $0.send(answer, to: call) }
        }
    }

    /// Whoever has proven to be what a durable change was about has to prove it again, where its keys are others now.
    private func endAuthority(of plan: ChangePlan, _ wish: ChangeWish) {
        let key = settings.folding.key(of: wish.identifier)
        certifiedConnections.forget(key: key)
        templates.forget(key)
        if plan.changesKeys { endAuthority(ofIdentities: [key]) }
    }

    /// Whoever has proven to be one of `keys` by what that held before has to prove it again.
    func endAuthority(ofIdentities keys: Set<[UInt8]>) {
        guard !keys.isEmpty else { return }
        sessions.removeAll(ofIdentities: keys, folding: settings.folding)
        for (number, connection) in connections {
            guard let identity = connection.identity, keys.contains(identity.key) else { continue }
            connections[number]?.identity = nil
        }
    }

    /// What becomes of a prefix whose record changes: it is delegated once its record says to whom, and withdrawn with
    /// its record, unless its identifiers are kept here.
    private func prefixChange(for identifier: [UInt8], _ plan: ChangePlan) -> Command.Change? {
        let key = settings.folding.key(of: identifier)
        guard IdentifierGrammar.prefix(of: key) == Self.recordsPrefix else { return nil }
        let prefix = ASCIIFolding.uppercased(IdentifierGrammar.suffix(of: key))
        let row = rows[prefix].flatMap { $0.state == .withdrawn ? nil : $0 }
        switch (plan.after, row?.state) {
        case (.some(let values), nil) where values.contains(where: \.isRoute):
            return .setPrefix(
                PrefixTerms(prefix: prefix, state: .delegated, expecting: .absent, revivesWithdrawn: true)
            )
        case (nil, .delegated): return .removePrefix(prefix: prefix, evenWithIdentifiers: true)
        default: return nil
        }
    }

    /// Whether `count` more changes of the prefix are within its rate (identifiers are bounded where they are kept).
    func refusalByRate(of row: PrefixRow, count: Int, _ call: AdministrationCall) -> AdministrationRefusal? {
        guard row.writesPerSecondMax > 0 else { return nil }
        var rate = writeRates[row.number] ?? WriteRate(perSecondMax: row.writesPerSecondMax, now: now.nanoseconds)
        let isWithin = rate.take(count, perSecondMax: row.writesPerSecondMax, now: now.nanoseconds)
        writeRates[row.number] = rate
        guard !isWithin else { return nil }
        figures.refusedChangeCount += 1
        let text =
            "the prefix \(printable(row.prefix)) takes \(row.writesPerSecondMax) changes a second; ask again later"
        return AdministrationRefusal(call.isNational ? .requestLimitReached : .error, text)
    }
}

extension ChangePlan {
    /// Whether an identifier that stays has nobody left who may change its administrators.
    var removesKeeper: Bool {
        guard let before, let after else { return false }
        return before.hasKeeper && !after.hasKeeper
    }

    /// Whether keys that prove an identity are others afterwards.
    var changesKeys: Bool {
        let (old, new) = (before ?? [], after ?? [])
        func keys(_ values: [HandleValue]) -> [HandleValue] {
            values.filter { $0.isOfType(ValueType.publicKey) || $0.isOfType(ValueType.secretKey) }
        }
        return keys(old).contains { key in !keys(new).contains { $0.index == key.index && $0.data == key.data } }
    }
}

extension HandleValue {
    /// Whether it says who serves the identifiers of a prefix.
    fileprivate var isRoute: Bool {
        [ValueType.site, ValueType.siteIPv6, ValueType.service].contains(ASCIIFolding.uppercased(type))
    }
}

extension AdministrationRefusal {
    /// What the writer's failure means to an asker.
    init(_ error: ChangeLogError) {
        switch error {
        case .storageFull: self.init(.serverReadOnly, "storage full: no change is taken until there is room again")
        case .failed: self.init(.serverReadOnly, "the disk failed: no change is taken until an operator has looked")
        case .damaged: self.init(.error, "the stored record is damaged")
        case .closed: self.init(.serverBusy, "the node is ending; ask again later")
        }
    }

    /// What the outcome of a command that was not carried out means to an asker.
    init(_ outcome: CommandOutcome, isNational: Bool) {
        switch outcome {
        case .alreadyExists: self.init(.identifierExists, "the identifier exists already")
        case .absent: self.init(.identifierNotFound, "not found")
        case .sequenceDiffers: self.init(.serverBusy, "the identifier was changed meanwhile; ask again")
        case .quotaReached(let countMax):
            let text = "the prefix has as many identifiers as it may have, \(countMax)"
            self.init(isNational ? .registrationLimitReached : .error, text)
        case .refused(let reason): self.init(reason.code, reason.text)
        case .decided(let code, let text):
            self.init(ResponseCode(rawValue: code), String(decoding: text, as: UTF8.self))
        case .done, .notApplied: self.init(.error, "not applied")
        }
    }
}

extension RefusalReason {
    /// What a program is told.
    fileprivate var code: ResponseCode {
        switch self {
        case .tooManyValues, .tooLarge, .noValues: .invalidValue
        case .invalidPrefix: .invalidIdentifier
        case .keyCollision, .prefixInUse: .error
        }
    }

    /// What a person is told.
    var text: String {
        switch self {
        case .tooManyValues: "an identifier has at most 2048 values"
        case .tooLarge: "the record is larger than a message can carry"
        case .noValues: "an identifier needs at least one value"
        case .keyCollision: "another long identifier has the same key; choose another name"
        case .invalidPrefix: "not a valid prefix"
        case .prefixInUse: "the prefix still has identifiers"
        }
    }
}

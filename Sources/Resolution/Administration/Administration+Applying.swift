internal import Cryptography
internal import ResolutionProtocol

/// Operation 9001: many changes in one request, each with an outcome of its own (docs/protocol-extensions.md).
extension Administration {
    func apply(_ call: AdministrationCall) {
        if let refusal = refusalOfChange(call) { return refuse(call, refusal) }
        guard let request = call.read(ApplyRequest.self), request.isWithinBounds else { return refuseUnreadable(call) }
        guard let identity = identify(call), let owner = identity.ownerName else { return }
        let batch = BatchName(owner: owner, batch: request.batch)
        guard request.flags.contains(.atomic), !request.flags.contains(.dryRun) else {
            return enterLane(keys(of: request.rows), call) {
                $0.carryOut(request.rows, from: request.firstRow, request.flags, batch, identity, call, lane: $1)
            }
        }
        stage(request, batch, identity, call)
    }

    /// Keeps a part of an atomic set; the last one has the whole set carried out.
    private func stage(_ request: ApplyRequest, _ batch: BatchName, _ identity: Identity, _ call: AdministrationCall) {
        let name = StagedSets.Name(owner: batch.owner, batch: request.batch)
        if let kept = keptOutcomes(of: batch, from: request.firstRow, count: request.rows.count, call),
            request.flags.contains(.last)
        {
            _ = staged.take(name)
            return send(outcomes: kept, to: call)
        }
        if let refusal = staged.add(request, byteCount: call.content.count, to: name, seconds: now.seconds) {
            return refuse(call, refusal)
        }
        guard request.flags.contains(.last), let set = staged.take(name) else {
            let outcome = ApplyOutcome(code: .success, text: Array("staged".utf8))
            return send(outcomes: request.rows.map { _ in outcome }, to: call)
        }
        enterLane(keys(of: set.rows), call) {
            $0.carryOut(set.rows, from: set.firstRow, request.flags, batch, identity, call, lane: $1)
        }
    }

    private func keys(of rows: [ApplyRow]) -> Set<[UInt8]> {
        Set(rows.map { settings.folding.key(of: $0.identifier) })
    }

    /// Decides on each row and hands what is allowed to the writer, as one set.
    private func carryOut(
        _ rows: [ApplyRow],
        from firstRow: UInt32,
        _ flags: ApplyRequest.Flags,
        _ batch: BatchName,
        _ identity: Identity,
        _ call: AdministrationCall,
        lane: Lanes.Ticket
    ) {
        let kept = flags.contains(.dryRun) ? [:] : keptRows(of: batch, from: firstRow, count: rows.count, call)
        if kept.count == rows.count {
            leaveLane(lane)
            figures.repeatCount += 1
            return send(outcomes: (0..<rows.count).compactMap { kept[$0] }, to: call)
        }
        let steps = rows.enumerated().map { number, row in
            kept[number].map { .decided(code: $0.code.rawValue, text: $0.text) } ?? step(for: row, flags, rows, call)
        }
        setTemplates.removeAll()
        if flags.contains(.dryRun) {
            leaveLane(lane)
            return send(outcomes: steps.map(\.foreseen), to: call)
        }
        if let refusal = refusalByRate(of: rows, call) {
            leaveLane(lane)
            return refuse(call, refusal)
        }
        let set = CommandSet(
            steps,
            isAtomic: flags.contains(.atomic),
            keeping: OutcomeName(
                request: batch.token,
                firstRow: firstRow,
                owner: batch.owner,
                keepSeconds: settings.batchRepeatSeconds
            ),
            unixSeconds: call.unixSeconds
        )
        let post = ports.post
        let isTaken = ports.changes.append(set) { result in post { $0.settle(result, rows, call, lane: lane) } }
        guard !isTaken else { return }
        leaveLane(lane)
        figures.busyCount += 1
        send(.refused(.serverBusy, "too many changes wait here; ask again later"), to: call)
    }

    private func settle(
        _ result: Result<CommandSetOutcome, ChangeLogError>,
        _ rows: [ApplyRow],
        _ call: AdministrationCall,
        lane: Lanes.Ticket
    ) {
        leaveLane(lane)
        switch result {
        case .failure(let error): refuse(call, AdministrationRefusal(error))
        case .success(let set):
            figures.changeCount += UInt64(set.outcomes.count(where: \.isDone))
            figures.refusedChangeCount += UInt64(set.outcomes.count { !$0.isDone })
            let changed = zip(rows, set.outcomes).filter { $0.1.isDone }.map(\.0)
            for key in keys(of: changed) {
                certifiedConnections.forget(key: key)
                templates.forget(key)
            }
            endAuthority(ofIdentities: keys(of: changed.filter(\.mayChangeKeys)))
            send(outcomes: set.outcomes.map { ApplyOutcome($0) }, to: call)
        }
    }

    /// What becomes of one row, as far as that can be said before the writer has it.
    private func step(
        for row: ApplyRow,
        _ flags: ApplyRequest.Flags,
        _ rows: [ApplyRow],
        _ call: AdministrationCall
    ) -> CommandSet.Step {
        var call = call
        call.header.flags.remove([.overwrite, .mintSuffix])
        if row.kind == .put { call.header.flags.insert(.overwrite) }
        let decision: Result<ChangeDecision, AdministrationRefusal>
        switch row.kind {
        case _ where isPrefixRecord(row.identifier):
            decision = .failure(AdministrationRefusal(.operationNotSupported, "prefix records are changed one by one"))
        case _ where flags.contains(.atomic) && !isOfSamePrefix(row, rows[0]):
            decision = .failure(AdministrationRefusal(.invalidValue, "an atomic set lies within one prefix"))
        case .create, .put: decision = decideCreation(of: row.identifier, row.values, call)
        case .delete: decision = decideDeletion(of: row.identifier, call)
        case .add: decision = decideAddition(to: row.identifier, row.values, call)
        case .modify: decision = decideModification(of: row.identifier, row.values, call)
        case .remove: decision = decideRemoval(from: row.identifier, row.values.map(\.index), call)
        }
        switch decision {
        case .success(.command(let plan)):
            let origin = Audit(plan, call).bytes
            let step = CommandSet.Step.command(
                Command(plan.change, unixSeconds: call.unixSeconds, origin: origin)
            )
            noteTemplate(of: step)
            return step
        case .failure(let refusal): return .decided(refusal)
        case .success: return .decided(.notAdministrator)
        }
    }

    private func isPrefixRecord(_ identifier: [UInt8]) -> Bool {
        IdentifierGrammar.prefix(of: settings.folding.key(of: identifier)) == Self.recordsPrefix
    }

    private func isOfSamePrefix(_ a: ApplyRow, _ b: ApplyRow) -> Bool {
        IdentifierGrammar.prefix(of: settings.folding.key(of: a.identifier))
            == IdentifierGrammar.prefix(of: settings.folding.key(of: b.identifier))
    }

    private func refusalByRate(of rows: [ApplyRow], _ call: AdministrationCall) -> AdministrationRefusal? {
        var counts: [[UInt8]: Int] = [:]
        for row in rows {
            counts[IdentifierGrammar.prefix(of: settings.folding.key(of: row.identifier)), default: 0] += 1
        }
        for (prefix, count) in counts {
            guard let row = self.rows[prefix], let refusal = refusalByRate(of: row, count: count, call) else {
                continue
            }
            return AdministrationRefusal(.serverBusy, refusal.text)
        }
        return nil
    }

    private func send(outcomes: [ApplyOutcome], to call: AdministrationCall) {
        var body = WireWriter(capacity: outcomes.count * 16 + 16, byteCountMax: 4 * Envelope.messageLengthMax)
        for outcome in outcomes {
            let isRoomy = body.count < Envelope.messageLengthMax / 2
            (isRoomy ? outcome : ApplyOutcome(code: outcome.code)).write(to: &body)
        }
        send(AdministrationResponse(code: .success, body: [UInt8](body.bytes)), to: call)
    }
}

/// Whose batch, and which: under this the outcomes of its rows are kept.
struct BatchName: Sendable {
    let owner: [UInt8]
    /// Sixteen octets that stand for both.
    let token: [UInt8]

    init(owner: [UInt8], batch: [UInt8]) {
        self.owner = owner
        // Both have a fixed length. The library fails where it has no memory: then nothing is kept under zeros twice,
        // as the owner's digest would have failed before.
        token = (try? Digest.sha256.digest(of: owner + batch)).map { Array($0.prefix(16)) } ?? batch
    }
}

// What was answered before.
extension Administration {
    /// The outcomes of all these rows, where all are kept.
    private func keptOutcomes(
        of batch: BatchName,
        from firstRow: UInt32,
        count: Int,
        _ call: AdministrationCall
    ) -> [ApplyOutcome]? {
        guard let kept = kept(batch, row: firstRow, call),
            Int(firstRow - kept.name.firstRow) + count <= kept.outcomes.count
        else { return nil }
        figures.repeatCount += 1
        return kept.outcomes.map { ApplyOutcome($0) }
    }

    /// The kept outcomes among these rows, by their place in the request.
    private func keptRows(
        of batch: BatchName,
        from firstRow: UInt32,
        count: Int,
        _ call: AdministrationCall
    ) -> [Int: ApplyOutcome] {
        // As a rule nothing of it was asked before, and that takes one look. Where that fails, each row is looked for.
        let rows = firstRow..<(firstRow &+ UInt32(count))
        let has = try? ports.changes.hasKeptOutcomes(of: batch.token, rows: rows, unixSeconds: call.unixSeconds)
        guard count > 0, has ?? true else { return [:] }
        var outcomes: [Int: ApplyOutcome] = [:]
        var number = 0
        // A batch may be sent anew in other portions, so what is kept may lie anywhere among these rows.
        while number < count {
            let row = firstRow &+ UInt32(number)
            guard let kept = kept(batch, row: row, call) else {
                number += 1
                continue
            }
            for outcome in kept.outcomes.dropFirst(Int(row - kept.name.firstRow)).prefix(count - number) {
                outcomes[number] = ApplyOutcome(outcome)
                number += 1
            }
        }
        return outcomes
    }

    private func kept(_ batch: BatchName, row: UInt32, _ call: AdministrationCall) -> KeptOutcomes? {
        let kept = try? ports.changes.keptOutcomes(of: batch.token, row: row, unixSeconds: call.unixSeconds)
        guard let kept, kept.name.owner == batch.owner, row >= kept.name.firstRow,
            Int(row - kept.name.firstRow) < kept.outcomes.count
        else { return nil }
        return kept
    }
}

extension ApplyRequest {
    /// The most rows of one message.
    static let rowCountMax = CommandSet.stepCountMax

    fileprivate var isWithinBounds: Bool {
        (1...Self.rowCountMax).contains(rows.count) && UInt64(firstRow) + UInt64(rows.count) <= UInt64(UInt32.max)
    }
}

extension ApplyRow {
    /// Whether keys that prove an identity may be others afterwards.
    fileprivate var mayChangeKeys: Bool {
        kind != .create && kind != .add
    }
}

extension CommandSet.Step {
    fileprivate static func decided(_ refusal: AdministrationRefusal) -> CommandSet.Step {
        .decided(code: refusal.code.rawValue, text: Array(refusal.text.utf8.prefix(textByteCountMax)))
    }

    /// What it is going to be, as far as that can be said without trying.
    fileprivate var foreseen: ApplyOutcome {
        switch self {
        case .command: ApplyOutcome(code: .success)
        case .decided(let code, let text): ApplyOutcome(code: ResponseCode(rawValue: code), text: text)
        }
    }
}

extension ApplyOutcome {
    /// What an asker is told of a command's outcome.
    init(_ outcome: CommandOutcome) {
        switch outcome {
        case .done: self.init(code: .success)
        case .notApplied: self.init(code: .error, text: Array("not applied: another row of the set was refused".utf8))
        default:
            let refusal = AdministrationRefusal(outcome, isNational: false)
            self.init(code: refusal.code, text: Array(refusal.text.utf8))
        }
    }
}

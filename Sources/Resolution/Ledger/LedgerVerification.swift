internal import ResolutionProtocol

/// Checks a ledger, read once from its beginning to its end: chain, signatures, days, sums and cumulative totals.
///
/// It holds the rows of one entry, whatever the ledger's length: those that the next ones are compared with.
package struct LedgerVerification {
    /// Findings that are kept; all are counted.
    package static let findingCountMax = 1_000

    private enum Place {
        case fileHead
        case identities
        case betweenEntries
        case inEntry
        case ended
    }

    /// What is wrong, as far as it is kept.
    package private(set) var findings: [LedgerFinding] = []
    /// What was seen so far.
    package private(set) var summary = LedgerSummary()
    /// What the entries that were read add to each day; empty unless asked for.
    package private(set) var byDay: [CountDay: LedgerCounts] = [:]
    /// The cumulative rows of the last entry that has any.
    package var rows: [LedgerRow] { chain.rows }

    private let keepsDays: Bool
    private var place = Place.fileHead
    private var first: UInt64 = 0
    private var identities: LedgerIdentities
    private var chain = LedgerChain()
    private var entry: LedgerEntryCheck?

    /// Begins. `trusted` are the SHA-256 of the public keys that may have signed; empty: the first that the ledger
    /// names. With `keepsDays`, what each day comes to is kept.
    package init(trusted: Set<[UInt8]> = [], keepsDays: Bool = false) {
        identities = LedgerIdentities(trusted: trusted)
        self.keepsDays = keepsDays
    }

    /// Takes what was found next.
    package mutating func take(_ found: LedgerFrameReader.Found) throws(LedgerError) {
        switch found {
        case .frame(let frame, let offset): try take(frame, at: offset)
        case .repaired(let frame, let offset, let place):
            // A head says itself of which entry it is; what stands between entries is of none.
            let head = (try? LedgerHead(wire: frame.content)) ?? entry?.head
            let field = LedgerField.name(of: place - offset, in: frame)
            note(LedgerFinding(.changedByte, entry: head?.sequence, day: head?.day, field: field, offset: place))
            try take(frame, at: offset)
        case .unreadable(let offset):
            note(.unreadable, "", offset)
            place = .ended
        }
    }

    /// The ledger is over, at byte `offset`.
    package mutating func finish(at offset: Int) {
        if place != .ended { note(.cutOff, "", offset) }
    }

    /// Notes a finding.
    package mutating func note(_ finding: LedgerFinding) {
        summary.findingCount += 1
        if findings.count < Self.findingCountMax { findings.append(finding) }
    }

    private mutating func note(_ problem: LedgerFinding.Problem, _ field: String, _ offset: Int) {
        note(LedgerFinding(problem, entry: entry?.head.sequence, day: entry?.head.day, field: field, offset: offset))
    }

    private mutating func take(_ frame: LedgerFrame, at offset: Int) throws(LedgerError) {
        switch (place, frame.kind) {
        case (.fileHead, .fileHead): takeFileHead(frame, offset)
        case (.identities, .identity): try takeIdentity(frame, offset)
        case (.identities, .head), (.betweenEntries, .head): try takeHead(frame, offset)
        case (.inEntry, .identity): try takeOwnIdentity(frame, offset)
        case (.inEntry, .row), (.inEntry, .source): try takeRow(frame, offset)
        case (.inEntry, .signature): try takeSignature(frame, offset)
        case (.identities, .fileEnd), (.betweenEntries, .fileEnd): takeFileEnd(frame, offset)
        case (.inEntry, .head):
            // The rest of an entry is missing; what follows is checked.
            note(.misplaced, LedgerField.group(of: frame.kind), offset)
            try takeHead(frame, offset)
        default: note(.misplaced, LedgerField.group(of: frame.kind), offset)
        }
    }

    private mutating func takeFileHead(_ frame: LedgerFrame, _ offset: Int) {
        place = .identities
        guard let head = try? LedgerFileHead(wire: frame.content) else { return note(.misplaced, "file-head", offset) }
        first = head.first
        chain = LedgerChain(first: first)
    }

    private mutating func takeIdentity(_ frame: LedgerFrame, _ offset: Int) throws(LedgerError) {
        guard let identity = try? LedgerIdentity(wire: frame.content), try identities.add(identity) else {
            return note(.identity, "identity", offset)
        }
    }

    private mutating func takeHead(_ frame: LedgerFrame, _ offset: Int) throws(LedgerError) {
        place = .inEntry
        guard let head = try? LedgerHead(wire: frame.content) else {
            (entry, place) = (nil, .betweenEntries)
            return note(.misplaced, "head", offset)
        }
        entry = try LedgerEntryCheck(head, at: offset, before: chain.rows, isWhole: chain.isWhole)
        if summary.first == nil { summary.first = head.sequence }
        let digest = try head.digest()
        for (problem, field) in chain.take(head, digest: digest) {
            note(problem, "head." + field, offset + LedgerField.headPlace(field))
        }
        note(head, digest)
    }

    private mutating func note(_ head: LedgerHead, _ digest: [UInt8]) {
        summary.entryCount += 1
        summary.lastDigest = digest
        summary.cumulative = head.cumulative
        switch head.kind {
        case .identity: break
        case .day:
            summary.dayCount += 1
            summary.lastDay = head.day
            if summary.firstDay == nil { summary.firstDay = head.day }
        case .correction: summary.correctionCount += 1
        }
        if keepsDays, head.kind != .identity { try? byDay[head.day, default: LedgerCounts()].add(head.added) }
    }

    private mutating func takeOwnIdentity(_ frame: LedgerFrame, _ offset: Int) throws(LedgerError) {
        guard let identity = try? LedgerIdentity(wire: frame.content), entry?.head.kind == .identity else {
            return note(.misplaced, "identity", offset)
        }
        if try !identities.add(identity) { note(.identity, "identity", offset) }
        try entry?.take(identityFrame: frame)
    }

    private mutating func takeRow(_ frame: LedgerFrame, _ offset: Int) throws(LedgerError) {
        for (problem, field) in try entry?.take(frame) ?? [] { note(problem, field, offset) }
    }

    private mutating func takeSignature(_ frame: LedgerFrame, _ offset: Int) throws(LedgerError) {
        place = .betweenEntries
        guard let check = entry else { return note(.misplaced, "signature", offset) }
        for (problem, field) in try check.finish() {
            note(problem, "head." + field, check.offset + LedgerField.headPlace(field))
        }
        let head = check.head
        let identityPlace = check.offset + LedgerField.headPlace("identity")
        if identities.identity(head.identity) == nil {
            note(.identity, "head.identity", identityPlace)
        } else if !identities.isTrusted(head.identity) {
            note(.untrustedKey, "head.identity", identityPlace)
        }
        if !identities.verifies(frame.content, of: head) { note(.signature, "signature.signature", offset) }
        summary.identity = identities.identity(head.identity) ?? summary.identity
        chain.keep(check.rows)
        entry = nil
    }

    private mutating func takeFileEnd(_ frame: LedgerFrame, _ offset: Int) {
        place = .ended
        guard let end = try? LedgerFileEnd(wire: frame.content) else { return note(.misplaced, "file-end", offset) }
        if end.entryCount != summary.entryCount { note(.count, "file-end.entries", offset) }
    }
}

internal import Authentication
internal import Cryptography
internal import ResolutionProtocol

/// Operation 9003: what a node below this one has counted (docs/reports.md). Nobody is challenged for it: the report
/// itself is signed, by a key that is registered in the record of the sender's prefix.
extension Administration {
    func takeReport(_ call: AdministrationCall) {
        guard let book = ports.reports else {
            let text = "this node takes no reports: its role is neither \"top\" nor \"secondary\""
            return send(.refused(.operationNotSupported, text), to: call)
        }
        guard let delivery = call.read(ReportDelivery.self) else {
            figures.refusedReports.unreadable += 1
            return refuseUnreadable(call)
        }
        if let refusal = refusal(ofSender: delivery.identity) {
            figures.refusedReports.unknownSender += 1
            return refuse(call, refusal)
        }
        // Whoever sends wrong signatures waits, as with wrong proofs (U4).
        let user = ValueReference(identifier: Self.recordName(of: delivery.identity), index: 0)
        waitYourTurn(of: user, call) { $0.verify(delivery, user, book, call) }
    }

    /// The name of the record in which the key of `identity` is registered.
    private static func recordName(of identity: LedgerIdentity) -> [UInt8] {
        IdentifierGrammar.prefixRecordName(of: ASCIIFolding.uppercased(identity.prefix))
    }

    /// Why nothing is taken from `identity`; nil: its key is one that is registered for its prefix.
    private func refusal(ofSender identity: LedgerIdentity) -> AdministrationRefusal? {
        let prefix = printable(identity.prefix)
        guard !identity.prefix.isEmpty, identity.prefix.count <= ResolutionReport.prefixByteCountMax else {
            return AdministrationRefusal(.invalidIdentifier, "a report needs the prefix of its sender, 1 to 128 bytes")
        }
        let name = Self.recordName(of: identity)
        if case .failure(let refusal) = requireOurs(name) { return refusal }
        guard case .found(let record) = records.read(name) else {
            return AdministrationRefusal(.identifierNotFound, "the prefix \(prefix) has no record here")
        }
        let user = ValueReference(identifier: name, index: 0)
        let keys = Self.keys(in: record.values, user, .publicKey)
        guard keys.contains(where: { Self.isKey($0.data, identity.publicKey) }) else {
            let advice = "there: idctl federation key; here: idctl federation trust \(prefix) KEYFILE"
            let text = "the key of this report is not registered for the prefix \(prefix); \(advice)"
            return AdministrationRefusal(.authenticationFailed, text)
        }
        return nil
    }

    /// Whether the registered `data` is the key `info`.
    private static func isKey(_ data: [UInt8], _ info: [UInt8]) -> Bool {
        guard let key = try? PublicKey.registered(data), let own = try? key.subjectPublicKeyInfo() else { return false }
        return own == info
    }

    private func verify(
        _ delivery: ReportDelivery,
        _ user: ValueReference,
        _ book: any ReportBook,
        _ call: AdministrationCall
    ) {
        let isTaken = ports.keyWork.run {
            let isSigned = delivery.signed.isSigned(by: delivery.identity)
            return { $0.conclude(delivery, isSigned: isSigned, user, book, call) }
        }
        guard !isTaken else { return }
        failures.end(source: call.peer.source)
        refuseAsBusy(call)
    }

    private func conclude(
        _ delivery: ReportDelivery,
        isSigned: Bool,
        _ user: ValueReference,
        _ book: any ReportBook,
        _ call: AdministrationCall
    ) {
        failures.end(source: call.peer.source)
        guard isSigned else {
            figures.refusedReports.badSignature += 1
            failures.noteFailure(source: call.peer.source, identity: proofName(of: user), seconds: now.seconds)
            tell(.proofFailed(user, source: call.peer.source))
            return refuse(call, AdministrationRefusal(.authenticationFailed, "the signature of the report is wrong"))
        }
        let today = CountDay(unixSeconds: now.unixSeconds)
        guard delivery.signed.report.day.number <= today.number else {
            figures.refusedReports.early += 1
            let text = "the report's day \(delivery.signed.report.day.text) lies in the future here: compare the clocks"
            return refuse(call, AdministrationRefusal(.invalidValue, text))
        }
        keep(delivery, book, call)
    }

    private func keep(_ delivery: ReportDelivery, _ book: any ReportBook, _ call: AdministrationCall) {
        let scope = ReportScope(prefix: delivery.identity.prefix)
        var report = delivery.signed.report
        report.rows.removeAll { !scope.covers($0.key.prefix) }
        let ignored = UInt32(clamping: delivery.signed.report.rows.count - report.rows.count)
        let prefix = ASCIIFolding.uppercased(delivery.identity.prefix)
        let kept = KeptReport(
            sender: ReportSender(prefix: prefix, store: delivery.identity.store),
            report: report,
            receivedUnixSeconds: now.unixSeconds
        )
        let (post, name) = (ports.post, report.name)
        let isTaken = book.take(kept) { result in
            post { $0.answer(result, name: name, ignored: ignored, call) }
        }
        if !isTaken { refuseAsBusy(call) }
    }

    private func answer(
        _ result: Result<Bool, ReportBookError>,
        name: [UInt8],
        ignored: UInt32,
        _ call: AdministrationCall
    ) {
        switch result {
        case .success(let hasChanged):
            figures.reportCount += 1
            if !hasChanged { figures.repeatedReportCount += 1 }
            figures.ignoredReportRowCount += UInt64(ignored)
            let receipt = ReportReceipt(name: name, hasChanged: hasChanged, ignoredRowCount: ignored)
            send(AdministrationResponse(code: .success, body: receipt.wire), to: call)
        case .failure(.log(let error)):
            figures.refusedReports.unkept += 1
            refuse(call, AdministrationRefusal(error))
        case .failure(.tooMany(let bound)):
            figures.refusedReports.unkept += 1
            refuse(call, AdministrationRefusal(.error, "no room for the report: too many \(bound.rawValue)"))
        }
    }

    private func refuseAsBusy(_ call: AdministrationCall) {
        figures.busyCount += 1
        send(.refused(.serverBusy, "too many reports wait here; send it again later"), to: call)
    }
}

/// Reports that were not taken, by reason.
public struct RefusedReports: Sendable {
    public var unreadable: UInt64 = 0
    /// The prefix is not kept here, or the key is not registered for it.
    public var unknownSender: UInt64 = 0
    public var badSignature: UInt64 = 0
    /// Their day lies in the future.
    public var early: UInt64 = 0
    /// The store has no room, or a bound is reached.
    public var unkept: UInt64 = 0
}

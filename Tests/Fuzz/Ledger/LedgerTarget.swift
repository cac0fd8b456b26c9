import Cryptography
import Resolution
import ResolutionProtocol

/// Ledgers as an auditor gets them: any bytes, frames of any content with the right check, and a sound ledger in which
/// one byte is another.
@_cdecl("hanjiang_fuzz")
public func fuzz(_ address: UnsafePointer<UInt8>?, _ count: Int) {
    var input = FuzzInput(address, count)
    switch input.uint8() % 4 {
    case 0: verifyTwice(input.remainder())
    case 1: verifyTwice(frames(&input))
    case 2: changeOneByte(&input)
    default: readContents(&input)
    }
}

/// Whatever comes, and in what pieces it comes, the same is said of it.
private func verifyTwice(_ bytes: [UInt8]) {
    let whole = verification(of: bytes, pieceByteCount: max(1, bytes.count))
    let pieces = verification(of: bytes, pieceByteCount: 97)
    claim(whole.findings == pieces.findings, "pieces change what is found")
    claim(whole.summary == pieces.summary, "pieces change what is seen")
    claim(whole.findings.count <= LedgerVerification.findingCountMax, "more findings are kept than may be")
    claim(whole.summary.findingCount >= whole.findings.count, "findings are not counted")
}

private func verification(of bytes: [UInt8], pieceByteCount: Int) -> LedgerVerification {
    var verification = LedgerVerification(keepsDays: true)
    var reader = LedgerFrameReader()
    var rest = bytes[...]
    repeat {
        reader.append(Array(rest.prefix(pieceByteCount)))
        rest = rest.dropFirst(pieceByteCount)
        while let found = reader.next(isLast: rest.isEmpty) {
            do { try verification.take(found) } catch { claim(false, "a verification ended: \(error)") }
        }
    } while !rest.isEmpty
    verification.finish(at: reader.place)
    return verification
}

/// Frames whose checks are right, so that their contents are looked at.
private func frames(_ input: inout FuzzInput) -> [UInt8] {
    var bytes: [UInt8] = []
    while !input.isAtEnd, bytes.count < 8_192 {
        let kinds = LedgerFrame.Kind.allCases
        let kind = kinds[input.below(kinds.count)]
        bytes += LedgerFrame(kind, Array(input.piece().prefix(LedgerFrame.contentByteCountMax))).bytes
    }
    return bytes
}

private let sound: [UInt8] = soundLedger()

/// One byte of a sound ledger is another: it is found, with its place, and the rest is sound.
private func changeOneByte(_ input: inout FuzzInput) {
    var bytes = sound
    claim(!bytes.isEmpty, "there is no sample")
    let place = input.below(bytes.count)
    let mask = input.uint8()
    bytes[place] ^= mask
    let findings = verification(of: bytes, pieceByteCount: 1_000).findings
    guard mask != 0 else { return claim(findings.isEmpty, "a sound ledger is found wanting") }
    claim(findings.contains { $0.offset == place && $0.problem == .changedByte }, "a changed byte is not found")
}

private func soundLedger() -> [UInt8] {
    guard let key = try? PrivateKey.generate(.ed25519),
        let author = try? LedgerAuthor(key: key, store: Array(1...16), prefix: Array("88.118".utf8))
    else { return [] }
    var pen = LedgerPen(author: author, state: LedgerState(firstDay: CountDay(number: 20_000)))
    var account = LedgerAccount()
    account.add(
        LedgerRow(
            LedgerRow.Key(prefix: Array("88.118.8".utf8), origin: .external),
            received: 9,
            found: 8,
            receivedSoFar: 0,
            foundSoFar: 0
        )
    )
    guard let first = try? pen.identify(unixSeconds: 1),
        let second = try? pen.close(account, before: [], unixSeconds: 2),
        let third = try? pen.close(LedgerAccount(), before: second.rows, unixSeconds: 3)
    else { return [] }
    var bytes = LedgerFrame(.fileHead, LedgerFileHead(first: 0)).bytes
    for entry in [first, second, third] { entry.forEachFrame { bytes += $0.bytes } }
    return bytes + LedgerFrame(.fileEnd, LedgerFileEnd(entryCount: 3)).bytes
}

/// Each thing that a ledger is made of.
private func readContents(_ input: inout FuzzInput) {
    let bytes = input.remainder()
    claimStable(LedgerHead.self, bytes)
    claimStable(LedgerRow.self, bytes)
    claimStable(LedgerSourceRow.self, bytes)
    claimStable(LedgerIdentity.self, bytes)
    claimStable(LedgerState.self, bytes)
    claimStable(LedgerFileHead.self, bytes)
    claimStable(LedgerFileEnd.self, bytes)
    claimStable(LedgerQuestion.self, bytes)
    claimStable(LedgerPlace.self, bytes)
    claimStable(ResolutionReport.self, bytes)
    claimStable(SignedReport.self, bytes)
    claimStable(ReportDelivery.self, bytes)
    claimStable(ReportReceipt.self, bytes)
    claimStable(ReportMark.self, bytes)
    claimStable(ReportTotals.self, bytes)
    claimStable(RouteMark.self, bytes)
    claimStable(ReportPair.self, bytes)
    claimStable(ReportQuestion.self, bytes)
    claimStable(ReportOverview.self, bytes)
}

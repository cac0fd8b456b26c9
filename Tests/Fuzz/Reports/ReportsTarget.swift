import Resolution
import ResolutionProtocol

/// Reports of other nodes: each form they have on the wire and in the store, signed ones that were changed on their
/// way, and what a node takes by operation 9003.
@_cdecl("hanjiang_fuzz")
public func fuzz(_ address: UnsafePointer<UInt8>?, _ count: Int) {
    var input = FuzzInput(address, count)
    switch input.uint8() % 16 {
    case 0: claimExact(ResolutionReport.self, input.remainder())
    case 1: claimExact(SignedReport.self, input.remainder())
    case 2: claimExact(ReportDelivery.self, input.remainder())
    case 3: claimExact(ReportReceipt.self, input.remainder())
    case 4: claimExact(ReportMark.self, input.remainder())
    case 5: claimExact(ReportTotals.self, input.remainder())
    case 6: claimExact(ReportPair.self, input.remainder())
    case 7: claimExact(ReportQuestion.self, input.remainder())
    case 8: claimExact(ReportOverview.self, input.remainder())
    case 9: claimExact(LedgerIdentity.self, input.remainder())
    case 10: claimMaximumWins(&input)
    case 11, 12: changeOneByte(&input)
    default: reportToNode(&input)
    }
}

/// What is read has one form: it is written as the very bytes it was read from. What was signed is what was read.
private func claimExact<Value: WireCodable & Equatable>(_ type: Value.Type, _ bytes: [UInt8]) {
    claimStable(type, bytes)
    if let value = try? Value(wire: bytes) { claim(value.wire == bytes, "\(type) has two forms") }
}

/// Counts that come in any order, and more than once, come to the same (reliability case F6).
private func claimMaximumWins(_ input: inout FuzzInput) {
    let pairs = (0..<input.below(6)).map { _ in
        ReportPair(received: UInt64(input.uint32()) << 32, found: UInt64(input.uint32()))
    }
    var (forward, backward, sum) = (ReportPair(), ReportPair(), ReportPair())
    for pair in pairs {
        let more = forward.rise(to: pair)
        sum.received += more.received
        sum.found += more.found
        claim(forward.rise(to: pair).isZero, "the same report twice counts twice")
    }
    for pair in pairs.reversed() { _ = backward.rise(to: pair) }
    claim(forward == backward && forward == sum, "the order of reports counts")
}

/// A report of a known node in which a byte is another is not that node's.
private func changeOneByte(_ input: inout FuzzInput) {
    guard let sample = ReportSample.shared, let good = sample.delivery(rows(&input), day: 1) else { return }
    claim(good.signed.isSigned(by: good.identity), "a report's own signature is wrong")
    var bytes = good.wire
    let place = Int(input.uint16()) % bytes.count
    let mask = input.uint8()
    bytes[place] ^= mask
    guard mask != 0, let changed = try? ReportDelivery(wire: bytes) else { return }
    claim(changed != good, "a changed byte is not seen")
    claim(!changed.signed.isSigned(by: good.identity) || changed.signed == good.signed, "a signature is forged")
}

private func rows(_ input: inout FuzzInput) -> [LedgerRow] {
    let prefixes = ["", "12.34", "88.118.7", "88.118.7.1", "88.118.70", "88.118.8"]
    let manner = input.uint8()
    return prefixes.indices.filter { manner & 1 << $0 != 0 }
        .map { place in
            let count = UInt64(input.uint16())
            return LedgerRow(
                LedgerRow.Key(prefix: Array(prefixes[place].utf8), origin: .external),
                received: count,
                found: count / 2,
                receivedSoFar: count * 2,
                foundSoFar: count
            )
        }
}

/// Operation 9003: what is kept was signed by the registered key, and its rows are of the sender's prefix.
private func reportToNode(_ input: inout FuzzInput) {
    guard let sample = ReportSample.shared else { return }
    let book = SampleBook(manner: input.uint8())
    let node = FuzzNode(manner: 0, reports: book, reporter: sample.registered)
    var stepCount = 0
    repeat {
        stepCount += 1
        let manner = input.uint8()
        var body = input.piece()
        if manner & 1 == 0 {
            let day = Int32(manner >> 1) - 8 + ReportSample.today
            let good = sample.delivery(rows(&input), day: day)
            body = good?.wire ?? []
            if manner & 0x80 != 0, !body.isEmpty { body[Int(input.uint16()) % body.count] ^= input.uint8() }
        }
        ask(node, body)
    } while !input.isAtEnd && stepCount < 6
    node.claimAllAnswered()
    for kept in book.kept {
        claim(kept.report.identity == sample.author.digest, "a report of nobody's is kept")
        claim(kept.sender.prefix == Array("88.118.7".utf8), "a report is kept under another prefix")
        claim(kept.report.day.number <= ReportSample.today, "a day of the future is kept")
        let allowed = ["", "88.118.7", "88.118.7.1"]
        let names = kept.report.rows.map { String(decoding: $0.key.prefix, as: UTF8.self) }
        claim(names.allSatisfy(allowed.contains), "a row of another prefix is kept")
    }
}

private func ask(_ node: FuzzNode, _ body: [UInt8]) {
    let header = Header(
        opCode: .report,
        expiration: UInt32(node.time.unixSeconds) + Header.lifetimeSeconds,
        bodyLength: UInt32(body.count)
    )
    var envelope = Envelope(version: .newest, requestID: 7)
    envelope.messageLength = UInt32(Header.byteCount + body.count + 4)
    _ = node.take(envelope.wire + header.wire + body + [0, 0, 0, 0], connection: 1)
}

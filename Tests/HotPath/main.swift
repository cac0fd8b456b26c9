import EventLoop
import Glibc
import Resolution
import ResolutionProtocol
import Transport

// Resolves the same few identifiers again and again through responder, store and counters, without sockets, so that
// an instruction counter can be put on it: `hot-path DIRECTORY ROUNDS [BATCH [limited|off|recursive]]`. DIRECTORY is
// made when it is not there. The difference of two counts of rounds, divided by the rounds and the batch, is the cost
// of one resolution; with `limited` the answers are drawn from what their network may have, too, with `off` there is no
// index, with `recursive` the answers are another node's and come from the answer cache.

private let variant = CommandLine.arguments.count > 4 ? CommandLine.arguments[4] : ""
private let isLimited = variant == "limited"
private let batchCount = CommandLine.arguments.count > 3 ? Int(CommandLine.arguments[3]) ?? 32 : 32

private func run(_ directory: String, rounds: Int) throws -> Int {
    let sample = try SampleStore(directory: directory, hasIndex: variant != "off")
    var responder =
        variant == "recursive" ? try sample.recursiveResponder(count: batchCount) : try sample.responder()
    let block = RequestBlock(count: batchCount)
    var batch = RequestBatch()
    var answers = WireWriter(capacity: 1 << 20)
    var answeredCount = 0
    var limit = RateLimit()
    // Answers are longer than their questions, and all are to go out.
    limit.bytePercent = 100_000
    var sources = SourceLimiter(limit, hash: .random())
    let network = SourceNetwork(SocketAddress(ipv4: 0x7F00_0001, port: 0))
    for round in 0..<rounds {
        answers.removeAll()
        let now = BatchTime(unixSeconds: Int64(time(nil)), nanoseconds: UInt64(round) * 4_000_000_000)
        block.fill(&batch, port: UInt16(truncatingIfNeeded: round)) { byteCount in
            !isLimited || sources.receive(byteCount, from: network, nowNanoseconds: now.nanoseconds)
        }
        responder.respond(to: &batch, in: block.bytes, at: now, into: &answers)
        responder.count(batch, started: now, ended: BatchTime(unixSeconds: 0, nanoseconds: now.nanoseconds + 1_000))
        for index in 0..<batch.count where batch.slots[index].responseCode == .success {
            guard isLimited else {
                answeredCount += 1
                continue
            }
            let byteCount = batch.slots[index].answerByteCount
            let verdict = sources.draw(packets: 1, bytes: byteCount, to: network, nowNanoseconds: now.nanoseconds)
            if verdict == .passed { answeredCount += 1 }
        }
    }
    return answeredCount
}

let arguments = CommandLine.arguments
guard arguments.count >= 3, let rounds = Int(arguments[2]), (1...KeyBatch.capacity).contains(batchCount) else {
    print("usage: hot-path DIRECTORY ROUNDS [BATCH 1...32 [limited|off|recursive]]")
    exit(64)
}
let answeredCount = try run(arguments[1], rounds: rounds)
print("\(answeredCount) of \(rounds * batchCount) resolved")
exit(answeredCount == rounds * batchCount ? 0 : 1)

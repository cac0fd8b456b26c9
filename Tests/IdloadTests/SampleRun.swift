import Console
import EventLoop

@testable import idload

/// Results of runs that never took place.
enum SampleRun {
    static let host = HostFacts(
        system: "Linux <6>",
        machine: "x86_64",
        processor: "P & Q",
        processorCount: 2,
        memoryByteCount: 5 << 30
    )

    /// A result whose seconds add up to the whole. Answers take `firstMicroseconds` and each a microsecond more.
    static func document(
        answered: UInt64 = 10_000,
        lost: UInt64 = 3,
        wrong: UInt64 = 2,
        firstMicroseconds: UInt64 = 100,
        seconds: Int = 4,
        rate: Double = 2_501,
        seed: UInt64 = 7,
        conditions: [String] = ["p99<1s"]
    ) -> RunDocument {
        var tally = Tally()
        tally.right = answered - wrong
        tally.wrong = wrong
        tally.lost = lost
        tally.sent = answered + lost
        tally.faults = wrong > 0 ? [.code(100): wrong] : [:]
        var rows = SecondRows(plannedSeconds: Double(seconds))
        var second = LoadSecond()
        for number in 0..<answered {
            let microseconds = firstMicroseconds + number
            tally.note(responseNanoseconds: microseconds * 1_000, serviceNanoseconds: microseconds * 500)
            second.response.note(nanoseconds: microseconds * 1_000)
            second.answered += 1
            guard (number + 1) % (answered / UInt64(seconds)) == 0 else { continue }
            let ended = UInt64(rows.all.count) + 1
            second.elapsedSeconds = Double(ended)
            second.seconds = 1
            second.targetPerSecond = rate
            second.lost = ended == 1 ? lost : 0
            second.wrong = ended == 1 ? wrong : 0
            second.sent = second.answered + second.lost
            second.connections = 4
            second.processorShare = 0.123
            rows.add(second)
            second = LoadSecond()
        }
        keepSamples(in: &tally)
        return document(tally, rows, seconds: Double(seconds), rate: rate, seed: seed, conditions: conditions)
    }

    /// A result of two targets, the second of which is asked over TCP and is slower.
    static func ofTwoTargets(answered: UInt64 = 10_000, seconds: Int = 4) -> RunDocument {
        var document = document(answered: answered, wrong: 1, seconds: seconds)
        let slow = SampleRun.document(answered: answered / 10, lost: 1, wrong: 0, firstMicroseconds: 9_000, seconds: 1)
        let target = LoadTarget(address: SocketAddress(ipv4: 0x7F00_0001, port: 2642), carrier: .tcp, weight: 0.5)
        document.result = LoadResult(
            channels: document.result.channels + [ChannelResult(target: target, tally: slow.result.tally)],
            seconds: 4,
            wasInterrupted: false,
            wasRefused: false,
            generator: document.result.generator
        )
        document.plan.targets.append("\(target.address)")
        document.plan.carriers.append("tcp")
        return document
    }

    /// A result without any answer, and without seconds.
    static func silent() -> RunDocument {
        var document = document(wrong: 0)
        document.result = result(of: document, GeneratorFigures(), Tally())
        document.rows = []
        return document
    }

    /// The same run, of a tool that could not keep its plan.
    static func limited(backlog: UInt64 = 1_234, conditions: [String] = [], seed: UInt64 = 7) -> RunDocument {
        var document = document(wrong: 0, seed: seed, conditions: conditions)
        var generator = document.result.generator
        generator.backlog = backlog
        document.result = result(of: document, generator, document.result.tally)
        document.isGeneratorLimited = true
        document.limits = [.backlog]
        return document
    }

    private static func result(
        of document: RunDocument,
        _ generator: GeneratorFigures,
        _ tally: Tally
    ) -> LoadResult {
        LoadResult(
            channels: document.result.channels.map { ChannelResult(target: $0.target, tally: tally) },
            seconds: document.result.seconds,
            wasInterrupted: false,
            wasRefused: false,
            generator: generator
        )
    }

    private static func keepSamples(in tally: inout Tally) {
        let packet: [UInt8] = [0, 1, 0xFE, 0xFF]
        let name = Array("88.118.8/<b>\u{1B}[2J".utf8)
        tally.keep(Tally.Sample(.wrong, fault: .code(100), identifier: name, packet: packet.span.bytes))
        tally.keep(Tally.Sample(.lost, identifier: name, packet: packet.span.bytes))
    }

    private static func document(
        _ tally: Tally,
        _ rows: SecondRows,
        seconds: Double,
        rate: Double,
        seed: UInt64,
        conditions: [String]
    ) -> RunDocument {
        var plan = LoadPlan(target: SocketAddress(ipv4: 0x7F00_0001, port: 2641), seed: seed)
        plan.loop = .open(Schedule(.constant(rate), seconds: seconds), catchesUp: false)
        var generator = GeneratorFigures()
        for _ in 0..<tally.sent { generator.timerError.note(nanoseconds: 50_000) }
        generator.processorShare = 0.1234
        let result = LoadResult(
            channels: [ChannelResult(target: plan.targets[0], tally: tally)],
            seconds: seconds,
            wasInterrupted: false,
            wasRefused: false,
            generator: generator
        )
        return RunDocument(
            plan,
            result,
            identifierCount: 1_000,
            thresholds: [.noneWrong] + conditions.compactMap(Threshold.init),
            facts: RunFacts(commandLine: ["idload", "--id", "<&>"], version: "idload 1", host: host, seed: seed),
            rows: rows
        )
    }
}

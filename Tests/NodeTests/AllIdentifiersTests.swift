import EventLoop
import Glibc
import ResolutionClient
import ResolutionProtocol
import Testing
import TransportSuite

/// Every identifier of a node resolves to its own values, over UDP and over TCP.
@Suite struct AllIdentifiersTests {
    private static let count = Int(getenv("HANJIANG_ALL_IDENTIFIERS").map { String(cString: $0) } ?? "") ?? 20_000

    @Test func everyIdentifierGivesItsOwnValues() throws {
        let directory = try NodeDirectory()
        var start = 0
        while start < Self.count {
            let end = min(Self.count, start + 20_000)
            let records = (start..<end).map { (name: SampleRecords.name($0), values: SampleRecords.values($0)) }
            try directory.fill(homed: start == 0 ? [SampleRecords.prefix] : [], records: records)
            start = end
        }
        let node = try NodeProcess(directory)
        try resolveAllOverTCP(node)
        try resolveAllOverUDP(node)
        for carrier in NodeAsker.Carrier.allCases {
            let asker = try NodeAsker(node.address, carrier)
            for number in [0, Self.count, Self.count * 2] {
                let absent = try asker.resolve(SampleRecords.absentName(number))
                #expect(absent.header.responseCode == .identifierNotFound)
                let foreign = try asker.resolve(Array("99.1/item-\(number)".utf8))
                #expect(foreign.header.responseCode == .notResponsible)
            }
        }
        #expect(node.stop() == .code(0))
    }

    private func resolveAllOverTCP(_ node: NodeProcess) throws {
        var next = 0
        var seen = [Bool](repeating: false, count: Self.count)
        var faults: [String] = []
        let answered = try BlockingClient(server: node.address, transport: .tcp).askAll(
            next: {
                guard next < Self.count else { return nil }
                defer { next += 1 }
                return Message.resolution(of: SampleRecords.name(next))
            },
            each: { request, outcome in
                guard case .success(let answer) = outcome, let number = Self.number(of: answer, seen: &seen) else {
                    faults.append("\(outcome)")
                    return faults.count < 5
                }
                if case .resolve(let question) = request.body, question.identifier != SampleRecords.name(number) {
                    faults.append("number \(number) for another")
                }
                return true
            }
        )
        #expect(faults.isEmpty && answered == Self.count && seen.allSatisfy { $0 })
    }

    /// A window of datagrams; one that stays without an answer is sent again under the same RequestId.
    private func resolveAllOverUDP(_ node: NodeProcess) throws {
        let socket = try ClientSocket(node.address, isTCP: false)
        socket.setTimeout(seconds: 0, milliseconds: 300)
        var seen = [Bool](repeating: false, count: Self.count)
        var (next, silences) = (0, 0)
        var waiting: Set<Int> = []
        while next < Self.count || !waiting.isEmpty {
            while waiting.count < 64, next < Self.count {
                waiting.insert(next)
                socket.sendDatagram(Self.request(next))
                next += 1
            }
            guard let datagram = socket.receive() else {
                silences += 1
                try #require(silences < 20, "no answers any more; \(waiting.count) wanted")
                for number in waiting { socket.sendDatagram(Self.request(number)) }
                continue
            }
            let answer = try Message(wire: datagram)
            let number = Int(answer.envelope.requestID) - 1
            // The answer to a datagram that was sent twice.
            guard waiting.remove(number) != nil else { continue }
            let found = Self.number(of: answer, seen: &seen)
            try #require(found == number, "request \(number): \(answer)")
        }
        #expect(seen.allSatisfy { $0 })
    }

    private static func request(_ number: Int) -> [UInt8] {
        Asking.resolve(SampleRecords.name(number), requestID: UInt32(number + 1))
    }

    /// Which of the records `answer` is in every byte, and for the first time; nil: none.
    private static func number(of answer: Message, seen: inout [Bool]) -> Int? {
        guard case .resolved(let resolved) = answer.body, resolved.identifier.count == SampleRecords.name(0).count,
            let number = Int(String(decoding: resolved.identifier.suffix(8), as: UTF8.self)),
            seen.indices.contains(number), !seen[number],
            resolved.identifier == SampleRecords.name(number), resolved.values == SampleRecords.values(number)
        else { return nil }
        seen[number] = true
        return number
    }
}

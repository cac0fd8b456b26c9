import ResolutionProtocol
import Testing

@testable import Resolution

/// Operation 9001, many changes in one request (docs/protocol-extensions.md).
@Suite struct ApplyTests {
    private static let batch = [UInt8](repeating: 7, count: 16)
    private let url = HandleValue.text(1, "URL", "x")

    private func request(
        _ rows: [ApplyRow],
        _ flags: ApplyRequest.Flags = [],
        from firstRow: UInt32 = 0,
        batch: [UInt8] = batch
    ) -> MessageBody {
        .bytes(ApplyRequest(flags: flags, batch: batch, firstRow: firstRow, rows: rows).wire)
    }

    private func row(_ kind: ApplyRow.Kind, _ name: String, _ values: [HandleValue] = []) -> ApplyRow {
        ApplyRow(kind, identifier: Array(name.utf8), values: values)
    }

    private func creations(_ numbers: Range<Int>) -> [ApplyRow] {
        numbers.map { row(.create, "88.118.8/n\($0)", [url]) }
    }

    private func outcomes(_ message: Message?) -> [ApplyOutcome] {
        guard case .bytes(let bytes)? = message?.body else { return [] }
        var reader = WireReader(bytes.span.bytes)
        var outcomes: [ApplyOutcome] = []
        while reader.remaining > 0, let outcome = try? ApplyOutcome(from: &reader) { outcomes.append(outcome) }
        return outcomes
    }

    private func codes(_ message: Message?) -> [UInt32] { outcomes(message).map(\.code.rawValue) }

    private func client(_ node: AdministeredNode = AdministeredNode(), as who: Who = .owner) throws -> Client {
        let client = Client(node)
        try client.logIn(who)
        return client
    }

    @Test func eachRowHasItsOwnOutcome() throws {
        let client = try client()
        let answer = client.ask(
            .apply,
            request([
                row(.create, "88.118.8/n", [url]), row(.create, "88.118.8/a", [url]),
                row(.put, "88.118.8/p", [url]), row(.modify, "88.118.8/a", [.text(1, "URL", "new")]),
                row(.delete, "88.118.8/gone"), row(.create, "88.118.9/x", [url]), row(.create, "12.34/x", [url]),
                row(.create, "88.118.8/e", []), row(.add, "88.118.9/b", [.text(5, "URL", "")]),
                row(.remove, "88.118.9/b", [.text(1, "", "")]), row(.create, "0.NA/88.118.8.1", [url]),
            ])
        )
        #expect(answer?.code == .success)
        #expect(codes(answer) == [1, 101, 1, 1, 100, 400, 301, 202, 400, 400, 5])
        #expect(outcomes(answer).allSatisfy { ($0.code == .success) == $0.text.isEmpty })
        #expect(client.node.values(of: "88.118.8/a")?.first { $0.index == 1 }?.data == Array("new".utf8))
    }

    @Test func whoeverHasNotSaidWhoItIsMust() {
        let node = AdministeredNode()
        let client = Client(node)
        #expect(client.ask(.apply, request(creations(0..<1)))?.code == .authenticationNeeded)
        #expect(codes(client.perform(.apply, request(creations(0..<1)), as: .owner)) == [1])
    }

    @Test func aDryRunSaysWhatWouldBecomeOfThemAndChangesNothing() throws {
        let client = try client()
        let rows = [row(.create, "88.118.8/n", [url]), row(.create, "88.118.8/a", [url])]
        for flags in [ApplyRequest.Flags.dryRun, [.dryRun, .atomic], [.dryRun, .atomic, .last]] {
            #expect(codes(client.ask(.apply, request(rows, flags))) == [1, 101])
        }
        #expect(client.node.changes.sets.isEmpty)
        #expect(codes(client.ask(.apply, request(rows))) == [1, 101])
    }

    @Test func rowsAreBounded() throws {
        let client = try client()
        #expect(client.ask(.apply, request([]))?.code == .protocolError)
        let many = (0..<4_097).map { row(.delete, "88.118.8/\($0)") }
        #expect(client.ask(.apply, request(many))?.code == .protocolError)
        #expect(codes(client.ask(.apply, request(Array(many.dropLast())))).count == 4_096)
        #expect(client.ask(.apply, request(creations(0..<2), from: .max - 1))?.code == .protocolError)
        let unknown = request([row(.delete, "88.118.8/x")])
        guard case .bytes(var bytes) = unknown else { return }
        bytes[25] = 9
        #expect(client.ask(.apply, .bytes(bytes))?.code == .protocolError)
    }

    @Test func aRepeatGetsTheFirstOutcomes() throws {
        let node = AdministeredNode()
        let client = try client(node)
        let rows = creations(0..<4) + [row(.create, "88.118.8/a", [url])]
        #expect(codes(client.ask(.apply, request(rows))) == [1, 1, 1, 1, 101])
        let later = try self.client(node)
        node.pass(seconds: 100)
        #expect(codes(later.ask(.apply, request(rows))) == [1, 1, 1, 1, 101])
        #expect(node.changes.sets.count == 1)
        // Another's batch of the same name is its own.
        let other = try self.client(node, as: .neighbour)
        #expect(codes(other.ask(.apply, request([row(.delete, "88.118.9/b")]))) == [1])
        // And another batch of the same identity is another one.
        let next = request(rows, batch: [UInt8](repeating: 8, count: 16))
        #expect(codes(later.ask(.apply, next)) == [101, 101, 101, 101, 101])
    }

    @Test func outcomesAreKeptFortyEightHours() throws {
        let node = AdministeredNode()
        #expect(codes(try client(node).ask(.apply, request(creations(0..<1)))) == [1])
        node.jump(seconds: 48 * 3_600 - 1)
        #expect(codes(try client(node).ask(.apply, request(creations(0..<1)))) == [1])
        node.jump(seconds: 1)
        #expect(codes(try client(node).ask(.apply, request(creations(0..<1)))) == [101])
    }

    @Test func aBatchSentAnewInOtherPortionsIsCarriedOutOnce() throws {
        for (first, again) in [(0..<10, 0..<20), (10..<20, 0..<20), (5..<9, 0..<20), (0..<20, 3..<7), (4..<8, 6..<12)] {
            let node = AdministeredNode()
            let client = try client(node)
            let before = codes(client.ask(.apply, request(creations(first), from: UInt32(first.lowerBound))))
            #expect(before == first.map { _ in 1 })
            let after = codes(client.ask(.apply, request(creations(again), from: UInt32(again.lowerBound))))
            #expect(after == again.map { _ in 1 }, "\(first) then \(again)")
            for number in again { #expect(node.values(of: "88.118.8/n\(number)")?.count == 1) }
        }
    }

    @Test func anAtomicSetIsAllOrNone() throws {
        let client = try client()
        let bad = creations(0..<3) + [row(.create, "88.118.8/a", [url])]
        let answer = client.ask(.apply, request(bad, [.atomic, .last]))
        #expect(codes(answer) == [2, 2, 2, 101])
        #expect((0..<3).allSatisfy { client.node.values(of: "88.118.8/n\($0)") == nil })
        let other = [UInt8](repeating: 8, count: 16)
        #expect(codes(client.ask(.apply, request(creations(0..<3), [.atomic, .last], batch: other))) == [1, 1, 1])
    }

    @Test func anAtomicSetMaySpanMessages() throws {
        let node = AdministeredNode()
        let client = try client(node)
        let staged = client.ask(.apply, request(creations(0..<3), .atomic))
        #expect(outcomes(staged).map { String(decoding: $0.text, as: UTF8.self) } == ["staged", "staged", "staged"])
        #expect(node.values(of: "88.118.8/n0") == nil)
        // A part that comes twice is there once.
        #expect(codes(client.ask(.apply, request(creations(0..<3), .atomic))) == [1, 1, 1])
        #expect(codes(client.ask(.apply, request(creations(3..<5), .atomic, from: 3))) == [1, 1])
        let last = request(creations(5..<6), [.atomic, .last], from: 5)
        #expect(codes(client.ask(.apply, last)) == [1, 1, 1, 1, 1, 1])
        #expect((0..<6).allSatisfy { node.values(of: "88.118.8/n\($0)")?.count == 1 })
        #expect(codes(client.ask(.apply, last)) == [1, 1, 1, 1, 1, 1])
        #expect(node.changes.sets.count == 1)
    }

    @Test func theEndOfASetWhoseBeginningIsNotThereIsNeverAppliedAlone() throws {
        let node = AdministeredNode()
        let client = try client(node)
        let end = request(creations(3..<5), [.atomic, .last], from: 3)
        #expect(client.ask(.apply, end)?.code == .invalidValue)
        // A gap gives the set up; what follows is not taken for a whole set.
        #expect(codes(client.ask(.apply, request(creations(0..<2), .atomic))) == [1, 1])
        #expect(client.ask(.apply, request(creations(3..<4), .atomic, from: 3))?.code == .invalidValue)
        #expect(client.ask(.apply, request(creations(4..<5), [.atomic, .last], from: 4))?.code == .invalidValue)
        // So does time.
        #expect(codes(client.ask(.apply, request(creations(0..<3), .atomic))) == [1, 1, 1])
        node.pass(seconds: 599)
        let again = try self.client(node)
        node.pass(seconds: 1)
        #expect(again.ask(.apply, end)?.code == .invalidValue)
        #expect(node.changes.sets.isEmpty)
    }

    @Test func anAtomicSetLiesWithinOnePrefix() throws {
        var registry = AdministeredRegistry()
        registry.settings.haveServerAdministratorsFullAccess = true
        let client = try client(AdministeredNode(registry))
        let rows = [row(.create, "88.118.8/x", [url]), row(.create, "88.118.9/x", [url])]
        #expect(codes(client.ask(.apply, request(rows, [.atomic, .last]))) == [2, 202])
        #expect(codes(client.ask(.apply, request(rows, batch: [UInt8](repeating: 8, count: 16)))) == [1, 1])
    }

    @Test func stagedSetsAreBounded() throws {
        var registry = AdministeredRegistry()
        registry.settings.atomicStepCountMax = 4
        let node = AdministeredNode(registry)
        let client = try client(node)
        #expect(codes(client.ask(.apply, request(creations(0..<3), .atomic))) == [1, 1, 1])
        #expect(client.ask(.apply, request(creations(3..<5), .atomic, from: 3))?.code == .invalidValue)
        for number in 0..<4 as Range<UInt8> {
            let batch = [UInt8](repeating: 100 + number, count: 16)
            #expect(codes(client.ask(.apply, request(creations(0..<1), .atomic, batch: batch))) == [1])
        }
        let fifth = request(creations(0..<1), .atomic, batch: [UInt8](repeating: 200, count: 16))
        #expect(client.ask(.apply, fifth)?.code == .serverBusy)
        let other = try self.client(node, as: .neighbour)
        #expect(codes(other.ask(.apply, request([row(.delete, "88.118.9/b")], .atomic))) == [1])
    }

    @Test func quotasOfBatches() throws {
        var registry = AdministeredRegistry()
        registry.prefixes[0].identifierCountMax = 3
        #expect(codes(try client(AdministeredNode(registry)).ask(.apply, request(creations(0..<4)))) == [1, 1, 2, 2])
        registry.prefixes[0].identifierCountMax = 0
        registry.prefixes[0].writesPerSecondMax = 10
        let node = AdministeredNode(registry)
        let client = try client(node)
        #expect(codes(client.ask(.apply, request(creations(0..<8)))).count == 8)
        #expect(client.ask(.apply, request(creations(8..<16), from: 8))?.code == .serverBusy)
        node.pass(seconds: 1)
        #expect(codes(client.ask(.apply, request(creations(8..<16), from: 8))) == [1, 1, 1, 1, 1, 1, 1, 1])
    }

    @Test func rowsOfOneIdentifierAreDecidedOnWhatWasThereBefore() throws {
        let client = try client()
        let rows = [
            row(.create, "88.118.8/n", [url]), row(.create, "88.118.8/N", [url]),
            row(.add, "88.118.8/n", [.text(2, "U", "")]),
        ]
        #expect(codes(client.ask(.apply, request(rows))) == [1, 101, 100])
    }

    @Test func whatTheWriterCannotDoIsTheWholeRequests() throws {
        let node = AdministeredNode()
        let client = try client(node)
        node.changes.isFull = true
        #expect(client.ask(.apply, request(creations(0..<2)))?.code == .serverBusy)
        node.changes.isFull = false
        node.changes.failure = .storageFull
        #expect(client.ask(.apply, request(creations(0..<2)))?.code == .serverReadOnly)
        node.changes.failure = nil
        #expect(codes(client.ask(.apply, request(creations(0..<2)))) == [1, 1])
        #expect(node.figures.waitingCount == 0)
    }

    @Test func U10AKeyChangedByABatchEndsItsSessions() throws {
        var registry = AdministeredRegistry()
        let admin = Who("88.118.8/admin", 300, secret: "admin's secret")
        registry.set("88.118.8/admin", [.admin(100, Who.owner.reference), admin.value])
        registry.set("88.118.8/a", [.admin(100, admin.reference)])
        let node = AdministeredNode(registry)
        let theirs = try client(node, as: admin)
        let fresh = Who("88.118.8/admin", 300, secret: "new").value
        #expect(codes(try client(node).ask(.apply, request([row(.modify, "88.118.8/admin", [fresh])]))) == [1])
        #expect(theirs.ask(.deleteIdentifier, .name("88.118.8/a"))?.code == .sessionUnknown)
    }
}

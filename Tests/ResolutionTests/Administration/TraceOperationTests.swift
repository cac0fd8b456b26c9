import ResolutionProtocol
import StoreSuite
import Testing

@testable import Resolution

/// Operation 9002 of a node in memory (docs/protocol-extensions.md).
struct TraceOperationTests {
    /// Other nodes, as a test has them: what each identifier comes to, at once or once `answer` is called.
    private final class Elsewhere: RemoteRecords, @unchecked Sendable {
        // Sendable: a test uses it from its own thread alone.
        var records: [String: RemoteRecord] = [:]
        var isOpen = true
        var isHeld = false
        private(set) var asked: [String] = []
        private(set) var underWay: [(name: String, then: @Sendable (RemoteRecord) -> Void)] = []

        func isAllowed(_ source: QuerySource) -> Bool { isOpen }

        func ask(
            _ identifier: [UInt8],
            recursionCount: UInt8,
            then: @escaping @Sendable (RemoteRecord) -> Void
        ) {
            let name = String(decoding: identifier, as: UTF8.self)
            asked.append(name)
            underWay.append((name, then))
            if !isHeld { answer() }
        }

        func answer() {
            let waiting = underWay
            underWay = []
            for (name, then) in waiting { then(records[name] ?? .refused(.identifierNotFound)) }
        }
    }

    private static func reference(_ index: UInt32, _ target: String, isPublic: Bool = true) -> HandleValue {
        .text(index, "REFERENCE", target, isPublic ? [.publicRead, .adminRead] : [.adminRead])
    }

    private static var privateAdministrator: HandleValue {
        var value = HandleValue.admin(100, Who.neighbour.reference)
        value.permissions = [.adminRead]
        return value
    }

    private static func registry(_ change: (inout AdministeredRegistry) -> Void = { _ in }) -> AdministeredRegistry {
        var registry = AdministeredRegistry()
        registry.set("88.118.8/1", [reference(1, "88.118.8/2"), reference(2, "88.118.9/3")])
        registry.set("88.118.8/2", [reference(1, "88.118.8/1"), reference(2, "12.34/far")])
        registry.set(
            "88.118.9/3",
            [reference(1, "88.118.8/none", isPublic: false), privateAdministrator]
        )
        change(&registry)
        return registry
    }

    private static func body(
        _ identifier: String,
        depth: UInt8 = 8,
        _ change: (inout TraceRequest) -> Void = { _ in }
    ) -> MessageBody {
        var request = TraceRequest(identifier: Array(identifier.utf8), depth: depth)
        change(&request)
        return .bytes(request.wire)
    }

    private static func items(_ messages: [Message]) -> [TraceItem] {
        messages.flatMap { message -> [TraceItem] in
            guard message.header.responseCode == .success, case .bytes(let body) = message.body else { return [] }
            return (try? TraceAnswer(wire: body))?.items ?? []
        }
    }

    private static func states(_ items: [TraceItem]) -> [String: TraceState] {
        Dictionary(items.map { (String(decoding: $0.identifier, as: UTF8.self), $0.state) }) { $1 }
    }

    @Test func levelsComeAsMessagesOfOneAnswer() {
        let elsewhere = Elsewhere()
        elsewhere.records["12.34/far"] = .found([Self.reference(1, "12.34/farther")], isStale: true)
        let client = Client(AdministeredNode(Self.registry(), elsewhere: elsewhere))
        let messages = client.send(client.request(.trace, Self.body("88.118.8/1")))
        #expect(messages.map { $0.header.flags.contains(.continued) } == [true, true, true, false])
        let items = Self.items(messages)
        #expect(items.map(\.level) == [0, 1, 1, 2, 3])
        #expect(
            Self.states(items) == [
                "88.118.8/1": .found, "88.118.8/2": .found, "88.118.9/3": .denied, "12.34/far": .found,
                "12.34/farther": .notFound,
            ]
        )
        #expect(items[3].flags.contains(.stale) && items[1].origin.identifier == Array("88.118.8/1".utf8))
        #expect(elsewhere.asked == ["12.34/far", "12.34/farther"])
        let figures = client.node.figures
        #expect(figures.traceCount == 1 && figures.tracedCount == 5 && figures.tracedElsewhereCount == 2)
        #expect(figures.openTraceCount == 0)
    }

    @Test func nobodyElseIsAskedForStrangersAndWithoutRecursion() {
        let elsewhere = Elsewhere()
        elsewhere.isOpen = false
        for port in [elsewhere, nil] {
            let client = Client(AdministeredNode(Self.registry(), elsewhere: port))
            let items = Self.items(client.send(client.request(.trace, Self.body("88.118.8/1"))))
            #expect(Self.states(items)["12.34/far"] == .elsewhere)
        }
        #expect(elsewhere.asked.isEmpty)
    }

    @Test func whoMayReadMoreIsShownMore() throws {
        let client = Client(AdministeredNode(Self.registry()))
        let flags = OpFlags.requestDefault.subtracting(.publicOnly)
        let body = Self.body("88.118.9/3")
        #expect(client.ask(.trace, body, flags: flags)?.header.responseCode == .authenticationNeeded)
        let owner = Self.items(client.performAll(.trace, body, flags: flags, as: .owner))
        #expect(owner.map(\.state) == [.denied])
        let neighbour = Self.items(client.performAll(.trace, body, flags: flags, as: .neighbour))
        #expect(neighbour.map(\.state) == [.found, .notFound] && neighbour[0].values.count == 2)
        // Who asks for what is public alone is nobody, in a session too.
        try client.logIn(.neighbour)
        #expect(Self.items(client.send(client.request(.trace, body))).map(\.state) == [.denied])
    }

    @Test func secretKeysStayOut() {
        let client = Client(AdministeredNode(Self.registry()))
        let item = Self.items(client.send(client.request(.trace, Self.body("88.118.8/a")))).first
        #expect(item?.values.map(\.index) == [1, 100, 4, 5])
    }

    @Test func theNodesBoundsHoldWhateverIsAskedFor() {
        let names = (0..<50).map { "88.118.8/n\($0)" }
        let registry = Self.registry { registry in
            registry.settings.trace.identifierCountMax = 10
            registry.settings.trace.sliceCount = 3
            registry.set("88.118.8/all", names.enumerated().map { Self.reference(UInt32($0 + 1), $1) })
        }
        let client = Client(AdministeredNode(registry))
        let body = Self.body("88.118.8/all") { $0.identifierCountMax = 1_000_000 }
        let items = Self.items(client.send(client.request(.trace, body)))
        #expect(items.count { $0.state == .notFound } == 9)
        #expect(items.count { $0.state == .beyondCount } == 40)
        let few = Self.body("88.118.8/all") { $0.identifierCountMax = 2 }
        #expect(Self.items(client.send(client.request(.trace, few))).count { $0.state == .notFound } == 1)
    }

    @Test func oneSourceNetworkHasItsShareOfIdentifiersAndTraces() {
        let elsewhere = Elsewhere()
        elsewhere.isHeld = true
        let registry = Self.registry {
            $0.settings.trace.identifiersPerSecond = 4
            $0.settings.trace.openPerNetworkMax = 1
        }
        let node = AdministeredNode(registry, elsewhere: elsewhere)
        let client = Client(node)
        #expect(Self.items(client.send(client.request(.trace, Self.body("12.34/x")))).isEmpty)
        #expect(client.ask(.trace, Self.body("88.118.8/1"))?.header.responseCode == .serverBusy)
        let other = Client(node, .tcpFrom(0xC633_6401, 2))
        #expect(Self.items(other.send(other.request(.trace, Self.body("88.118.8/1", depth: 0)))).count == 3)
        elsewhere.isHeld = false
        elsewhere.answer()
        node.settle()
        #expect(node.figures.openTraceCount == 0 && node.figures.refusedTraceCount == 1)
        let items = Self.items(client.send(client.request(.trace, Self.body("88.118.8/1"))))
        #expect(items.map(\.state) == [.found, .found, .denied, .beyondCount])
        #expect(node.figures.limitedTracedCount == 1)
        node.pass(seconds: 1)
        #expect(Self.items(client.send(client.request(.trace, Self.body("88.118.8/2")))).first?.state == .found)
    }

    @Test func whoHasGoneIsForgottenWithHisTrace() {
        let elsewhere = Elsewhere()
        elsewhere.isHeld = true
        let node = AdministeredNode(Self.registry(), elsewhere: elsewhere)
        for connection in [1, 2] as [UInt64] {
            let client = Client(node, .tcp(connection))
            _ = client.send(client.request(.trace, Self.body("12.34/x")))
        }
        #expect(node.figures.openTraceCount == 2)
        node.close(1)
        #expect(node.figures.openTraceCount == 1)
        node.pass(seconds: 62)
        #expect(node.figures.openTraceCount == 0 && node.figures.abandonedTraceCount == 1)
        // What comes now belongs to nobody.
        elsewhere.answer()
        node.settle()
        #expect(node.figures.openTraceCount == 0)
    }

    @Test func whatDoesNotFitAMessageIsCutAndSaysSo() {
        let long = String(repeating: "x", count: 1_000)
        let values = (1...120).map { Self.reference(UInt32($0), "88.118.8/\($0)\(long)") }
        let client = Client(AdministeredNode(Self.registry { $0.set("88.118.8/wide", values) }))
        let messages = client.send(client.request(.trace, Self.body("88.118.8/wide", depth: 0)))
        let items = Self.items(messages)
        #expect(items[0].flags.isSuperset(of: [.withoutValues, .withoutLinks]))
        #expect(items.count == 121 && messages.count > 1)
        #expect(messages.allSatisfy { $0.envelope.messageLength <= UInt32(Envelope.messageLengthMax) })
        let bare = Self.body("88.118.8/1", depth: 0) { $0.flags = .withoutValues }
        let item = Self.items(client.send(client.request(.trace, bare))).first
        #expect(item?.values.isEmpty == true && item?.links.count == 2)
    }

    @Test func whatCannotBeTracedIsRefused() {
        let client = Client(AdministeredNode(Self.registry()))
        for body in [[], [1], TraceRequest(identifier: [], depth: 1).wire] as [[UInt8]] {
            #expect(client.ask(.trace, .bytes(body))?.header.responseCode == .protocolError)
        }
        let types = [[UInt8]](repeating: [65], count: 65)
        let many = TraceRequest(identifier: Array("88.118.8/1".utf8), depth: 1, types: types)
        #expect(client.ask(.trace, .bytes(many.wire))?.header.responseCode == .protocolError)
        let off = Client(AdministeredNode(Self.registry { $0.settings.trace.isOn = false }))
        #expect(off.ask(.trace, Self.body("88.118.8/1"))?.header.responseCode == .operationNotSupported)
        let overUDP = Client(AdministeredNode(Self.registry()), .udp)
        #expect(overUDP.ask(.trace, Self.body("88.118.8/1"))?.header.responseCode == .protocolError)
    }

    @Test func anotherSchemesAndNobodysIdentifiersEndAtOnce() {
        let client = Client(AdministeredNode(Self.registry()))
        #expect(Self.items(client.send(client.request(.trace, Self.body("88.118.8/gone")))).map(\.state) == [.notFound])
        #expect(Self.items(client.send(client.request(.trace, Self.body("99.9/x")))).map(\.state) == [.elsewhere])
    }

    /// Who refers to what, as a test has it.
    private final class References: ReferenceListing {
        let names: [String: [String]]

        init(_ names: [String: [String]]) { self.names = names }

        func referrers(of identifier: [UInt8], limit: Int) throws(ChangeLogError) -> Referrers? {
            var referrers = Referrers()
            referrers.names = names[String(decoding: identifier, as: UTF8.self), default: []].map { Array($0.utf8) }
            return referrers
        }
    }

    @Test func backwardsReferrersAreToldWhoseValuesTheAskerMayRead() {
        let references = References([
            "88.118.8/none": ["88.118.9/3", "88.118.8/gone"], "88.118.8/2": ["88.118.8/1", "88.118.8/2"],
            "12.34/far": ["88.118.8/2"], "88.118.8/1": ["88.118.8/2"],
        ])
        let client = Client(AdministeredNode(Self.registry(), references: references))
        func traced(_ name: String, as who: Who? = nil) -> [TraceItem] {
            let body = Self.body(name) { $0.direction = .reverse }
            guard let who else { return Self.items(client.send(client.request(.trace, body))) }
            let flags = OpFlags.requestDefault.subtracting(.publicOnly)
            return Self.items(client.performAll(.trace, body, flags: flags, as: who))
        }
        // Others' identifiers are traced back as well; 88.118.8/2 is named as one who refers to itself, and does not.
        let items = traced("12.34/far")
        let names = items.map { String(decoding: $0.identifier, as: UTF8.self) }
        #expect(names == ["12.34/far", "88.118.8/2", "88.118.8/1"])
        #expect(items[0].values.isEmpty && items[1].values.count == 2)
        #expect(
            items[1].origin == TraceLink(index: 2, type: Array("REFERENCE".utf8), identifier: Array("12.34/far".utf8))
        )
        #expect(traced("88.118.8/none").map(\.state) == [.notFound])
        #expect(traced("88.118.8/none", as: .neighbour).map(\.state) == [.found, .found])
    }

    @Test func backwardsNeedsAStoreThatKeepsIt() {
        let client = Client(AdministeredNode(Self.registry()))
        let body = Self.body("88.118.8/1") { $0.direction = .reverse }
        #expect(client.ask(.trace, body)?.header.responseCode == .operationNotSupported)
    }
}

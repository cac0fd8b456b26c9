import ResolutionProtocol
import StoreSuite
import Testing

@testable import Resolution

/// Lists, homing, backup (operations.md §§8, 9, 13).
@Suite struct ListingTests {
    private func registry(count: Int) -> AdministeredRegistry {
        var registry = AdministeredRegistry()
        registry.records.removeAll { $0.name.hasPrefix("88.118.8/") }
        for number in 0..<count { registry.set("88.118.8/\(1_000 + number)", [.text(1, "URL", "x")]) }
        return registry
    }

    @Test func listsComeInMessagesOfFiftyAllButTheLastWithCN() {
        for (count, parts) in [(0, [0]), (1, [1]), (50, [50]), (51, [50, 1]), (123, [50, 50, 23])] {
            for name in ["0.NA/88.118.8", "88.118.8", "0.na/88.118.8"] {
                let client = Client(AdministeredNode(registry(count: count)))
                let messages = client.performAll(.listIdentifiers, .name(name), as: .owner)
                #expect(messages.map { $0.names?.count ?? -1 } == parts)
                #expect(messages.dropLast().allSatisfy { $0.header.flags.contains(.continued) })
                #expect(messages.last?.header.flags.contains(.continued) == false)
                #expect(messages.flatMap { $0.names ?? [] } == (0..<count).map { "88.118.8/\(1_000 + $0)" })
                #expect(Set(messages.map(\.envelope.requestID)).count == 1)
            }
        }
    }

    @Test func derivedPrefixesAreListedByTheNameOfTheirRecordsHead() {
        var registry = AdministeredRegistry()
        for name in ["0.NA/88.118.8.1", "0.NA/88.118.8.2", "0.NA/88.118.80"] {
            registry.set(name, [.text(1, "URL", "x")])
        }
        let client = Client(AdministeredNode(registry))
        let answer = client.perform(.listIdentifiers, .name("0.NA/0.NA/88.118.8"), as: .owner)
        #expect(answer?.names == ["0.NA/88.118.8.1", "0.NA/88.118.8.2"])
        // Operation 106 of protocol 3.0 names the prefix itself.
        let derived = client.perform(.listDerivedPrefixes, .name("0.NA/88.118.8"), as: .owner)
        #expect(derived?.names == answer?.names)
    }

    @Test func theChecksOfListsComeInTheirOrder() {
        var registry = AdministeredRegistry()
        registry.settings.allowsListing = false
        let body = MessageBody.name("0.NA/12.34")
        #expect(Client(AdministeredNode(registry)).ask(.listIdentifiers, body)?.code == .operationNotSupported)
        let node = AdministeredNode()
        #expect(Client(node).ask(.listIdentifiers, body)?.code == .notResponsible)
        #expect(Client(node).ask(.listIdentifiers, .name("0.NA/88.118.7"))?.code == .notResponsible)
        #expect(Client(node).ask(.listIdentifiers, .name("88.118.8"))?.code == .authenticationNeeded)
        #expect(Client(node).perform(.listIdentifiers, .name("88.118.8"), as: .neighbour)?.code == .notAdministrator)
        #expect(Client(node).ask(.listDerivedPrefixes, .name("88.118.8"))?.code == .authenticationNeeded)
        #expect(Client(node).ask(.listDerivedPrefixes, .name("88.118.7"))?.code == .notResponsible)
    }

    @Test func listsAreNotCarriedByUDP() {
        var registry = AdministeredRegistry()
        registry.responderSettings.isAdministeredOverUDP = true
        let client = Client(AdministeredNode(registry), .udp)
        #expect(client.ask(.listIdentifiers, .name("88.118.8"))?.code == .protocolError)
        #expect(client.ask(.listHomedPrefixes, .name("/"))?.code == .protocolError)
    }

    @Test func listsInASessionHaveACodeOnEachMessage() throws {
        let client = Client(AdministeredNode(registry(count: 101)))
        try client.logIn(.owner)
        let messages = client.send(client.request(.listIdentifiers, .name("88.118.8"), flags: [.certify]))
        #expect(messages.count == 3)
        let counters = messages.compactMap { $0.credential?.sessionCounter }
        #expect(counters.count == 3)
        #expect(counters == counters.sorted() && Set(counters).count == 3)
    }

    @Test func homedPrefixesAreListedToServerAdministrators() {
        let node = AdministeredNode()
        let client = Client(node)
        #expect(client.ask(.listHomedPrefixes, .name("/"))?.code == .authenticationNeeded)
        let answer = client.perform(.listHomedPrefixes, .name("/"), as: .owner)
        #expect(answer?.names == ["0.NA/88.118.8", "0.NA/88.118.9"])
        var many = AdministeredRegistry()
        for number in 0..<99 {
            many.prefixes.append(PrefixTerms(prefix: Array("55.\(1_000 + number)".utf8), state: .homed))
        }
        let parts = Client(AdministeredNode(many)).performAll(.listHomedPrefixes, .name("/"), as: .owner)
        #expect(parts.map { $0.names?.count ?? -1 } == [50, 50, 1])
    }

    @Test func homingAndUnhoming() {
        let node = AdministeredNode()
        let client = Client(node)
        #expect(client.ask(.resolution, .resolve("88.118.10/x"))?.code == .notResponsible)
        #expect(client.perform(.homePrefix, .name("0.NA/88.118.10"), as: .owner)?.code == .success)
        #expect(client.ask(.resolution, .resolve("88.118.10/x"))?.code == .identifierNotFound)
        #expect(client.perform(.homePrefix, .name("88.118.10"), as: .owner)?.code == .success)
        #expect(client.perform(.unhomePrefix, .name("0.NA/88.118.10"), as: .owner)?.code == .success)
        #expect(client.ask(.resolution, .resolve("88.118.10/x"))?.code == .notResponsible)
        #expect(client.perform(.unhomePrefix, .name("0.NA/12.34"), as: .owner)?.code == .success)
        let row = node.records.prefixRows().first { $0.prefix == Array("88.118.10".utf8) }
        #expect(row?.state == .withdrawn)
        // A withdrawn prefix is allotted again under its old number.
        let number = row?.number
        #expect(client.perform(.homePrefix, .name("88.118.10"), as: .owner)?.code == .success)
        #expect(node.records.prefixRows().first { $0.prefix == Array("88.118.10".utf8) }?.number == number)
    }

    @Test func namesOfNoPrefixAreCode102BeforeTheChallenge() {
        let node = AdministeredNode()
        for name in ["88.118.8/x", "0.NA/", "", "/", "0.NA/88/118", "0.XX/88.118"] {
            #expect(Client(node).ask(.homePrefix, .name(name))?.code == .invalidIdentifier)
        }
        let invalid = MessageBody.name(NameRequest(name: Array("0.NA/".utf8) + [0xFF]))
        #expect(Client(node).ask(.homePrefix, invalid)?.code == .invalidIdentifier)
        for name in ["0.NA/88..118", "0.NA/88."] {
            #expect(Client(node).perform(.homePrefix, .name(name), as: .owner)?.code == .invalidIdentifier)
        }
    }

    @Test func serverOperationsAreServerAdministratorsOnly() {
        let node = AdministeredNode()
        let bodies: [(OpCode, MessageBody)] = [
            (.homePrefix, .name("0.NA/88.118.10")), (.unhomePrefix, .name("0.NA/88.118.8")),
            (.backupServer, .name("/")), (.listHomedPrefixes, .name("/")),
        ]
        for (opCode, body) in bodies {
            #expect(Client(node).ask(opCode, body)?.code == .authenticationNeeded)
            #expect(Client(node).perform(opCode, body, as: .neighbour)?.code == .notAdministrator)
        }
        #expect(node.changes.sets.isEmpty)
    }

    @Test func backupAsksTheStoreAndIsEmpty() {
        let node = AdministeredNode()
        let answer = Client(node).perform(.backupServer, .name("/"), as: .owner)
        #expect(answer?.code == .success)
        #expect(answer?.header.bodyLength == 0)
        #expect(node.checkpoints.count == 1)
        node.checkpoints.succeeds = false
        #expect(Client(node).perform(.backupServer, .name("/"), as: .owner)?.code == .error)
    }

    @Test func whatIsNotSupportedIsCode5() {
        let client = Client(AdministeredNode())
        for opCode in [OpCode.nextTransactionID, .retrieveTransactions, .dumpIdentifiers] {
            #expect(client.ask(opCode, .bytes([]))?.code == .operationNotSupported)
        }
    }

    @Test func unreadableBodiesAreCode4() {
        let client = Client(AdministeredNode())
        let opCodes: [OpCode] = [
            .createIdentifier, .deleteIdentifier, .addValue, .removeValue, .modifyValue, .listIdentifiers, .homePrefix,
            .challengeResponse, .verifyChallenge, .sessionSetup, .login, .apply, .trace,
        ]
        for opCode in opCodes {
            for body in [[], [0, 0, 0, 9, 1], [0xFF, 0xFF, 0xFF, 0xFF]] as [[UInt8]] {
                #expect(client.ask(opCode, .bytes(body))?.code == .protocolError, "\(opCode) \(body)")
            }
        }
    }
}

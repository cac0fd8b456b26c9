import ResolutionProtocol
import Testing

@testable import Resolution

/// Deleting identifiers, and adding, removing and modifying values: row by row of operations.md §§6-7.
@Suite struct ValueChangeTests {
    private static let me = ValueReference.of("88.118.8/me", 1)
    private let changes: [(OpCode, MessageBody)] = [
        (.deleteIdentifier, .name("88.118.8/gone")),
        (.addValue, .values("88.118.8/gone", [.text(9, "URL", "x")])),
        (.removeValue, .indexes("88.118.8/gone", [1])),
        (.modifyValue, .values("88.118.8/gone", [.text(1, "URL", "x")])),
    ]

    private func node(_ rights: AdminPermission) -> AdministeredNode {
        var registry = AdministeredRegistry()
        registry.set(
            "88.118.8/o",
            [
                .text(1, "URL", "one"), .text(2, "DESC", "everyone's", [.publicRead, .publicWrite]),
                .text(3, "DESC", "fixed", [.publicRead, .adminRead]), .admin(50, Self.me, []),
                .admin(100, Who.neighbour.reference, rights), .admin(101, Who.owner.reference),
            ]
        )
        return AdministeredNode(registry)
    }

    private func code(
        _ opCode: OpCode,
        _ body: MessageBody,
        _ rights: AdminPermission = .all,
        flags: OpFlags = .requestDefault
    ) -> ResponseCode? {
        Client(node(rights)).perform(opCode, body, flags: flags, as: .neighbour)?.code
    }

    @Test func whatIsMissingIsCode100AndOnlyModifySaysSoBeforeTheChallenge() {
        for (opCode, body) in changes {
            let node = AdministeredNode()
            let first = Client(node).ask(opCode, body)?.code
            #expect(first == (opCode == .modifyValue ? .identifierNotFound : .authenticationNeeded))
            #expect(Client(node).perform(opCode, body, as: .owner)?.code == .identifierNotFound)
        }
    }

    @Test func whatIsNotOursIsCode301() {
        let bodies: [(OpCode, MessageBody)] = [
            (.deleteIdentifier, .name("12.34/x")), (.addValue, .values("12.34/x", [])),
            (.removeValue, .indexes("12.34/x", [])), (.modifyValue, .values("88.118.7/x", [])),
        ]
        for (opCode, body) in bodies {
            #expect(Client(AdministeredNode()).ask(opCode, body)?.code == .notResponsible)
        }
    }

    @Test func deletionTakesTheRightToDelete() {
        let body = MessageBody.name("88.118.8/o")
        #expect(code(.deleteIdentifier, body, .deleteIdentifier) == .success)
        #expect(code(.deleteIdentifier, body, .all.subtracting(.deleteIdentifier)) == .notAdministrator)
    }

    @Test func rightsOverThePrefixAreNoneOverItsIdentifiers() {
        var registry = AdministeredRegistry()
        registry.set("88.118.8/bare", [.text(1, "URL", "x")])
        let node = AdministeredNode(registry)
        #expect(Client(node).perform(.deleteIdentifier, .name("88.118.8/bare"), as: .owner)?.code == .notAdministrator)
        registry.settings.haveServerAdministratorsFullAccess = true
        let open = AdministeredNode(registry)
        #expect(Client(open).perform(.deleteIdentifier, .name("88.118.8/bare"), as: .owner)?.code == .success)
    }

    @Test func whatIsLeftOfAPrefixNoLongerHomedCanBeDeleted() {
        let node = AdministeredNode()
        let client = Client(node)
        #expect(client.perform(.unhomePrefix, .name("0.NA/88.118.9"), as: .owner)?.code == .success)
        var registry = AdministeredRegistry()
        registry.set("88.118.9/mine", [.admin(100, Who.owner.reference)])
        let stray = AdministeredNode(registry)
        #expect(Client(stray).perform(.unhomePrefix, .name("0.NA/88.118.9"), as: .owner)?.code == .success)
        #expect(Client(stray).perform(.deleteIdentifier, .name("88.118.9/mine"), as: .owner)?.code == .success)
        #expect(stray.values(of: "88.118.9/mine") == nil)
    }

    @Test func additionRowByRow() {
        #expect(Client(AdministeredNode()).ask(.addValue, .values("88.118.8/o", []))?.code == .invalidValue)
        let zero = MessageBody.values("88.118.8/gone", [.text(0, "URL", "")])
        #expect(Client(AdministeredNode()).ask(.addValue, zero)?.code == .invalidValue)
        let twice = MessageBody.values("88.118.8/gone", [.text(9, "URL", ""), .text(9, "URL", "")])
        #expect(Client(AdministeredNode()).ask(.addValue, twice)?.code == .valueExists)
        let conflict = MessageBody.values("88.118.8/o", [.text(9, "URL", ""), .text(1, "URL", "")])
        let answer = Client(node(.all)).perform(.addValue, conflict, as: .neighbour)
        #expect(answer?.code == .valueExists)
        #expect(answer?.errorText == "Index conflict for 1")
        let value = MessageBody.values("88.118.8/o", [.text(9, "URL", "new")])
        #expect(code(.addValue, value, .addValue) == .success)
        #expect(code(.addValue, value, .all.subtracting(.addValue)) == .notAdministrator)
        let admin = MessageBody.values("88.118.8/o", [.admin(9, Self.me)])
        #expect(code(.addValue, admin, .addAdmin) == .success)
        #expect(code(.addValue, admin, .all.subtracting(.addAdmin)) == .notAdministrator)
        let both = MessageBody.values("88.118.8/o", [.admin(9, Self.me), .text(10, "URL", "")])
        #expect(code(.addValue, both, [.addAdmin, .addValue]) == .success)
        #expect(code(.addValue, both, .addAdmin) == .notAdministrator)
    }

    @Test func additionWithOverwriteGoesByTheRulesOfModification() throws {
        let body = MessageBody.values("88.118.8/o", [.text(1, "URL", "new"), .text(9, "URL", "added")])
        let node = node([.modifyValue, .addValue])
        let answer = Client(node).perform(.addValue, body, flags: [.overwrite], as: .neighbour)
        #expect(answer?.code == .success)
        #expect(answer?.header.flags.contains(.overwrite) == true)
        #expect(node.values(of: "88.118.8/o")?.first { $0.index == 1 }?.data == Array("new".utf8))
        #expect(code(.addValue, body, .addValue, flags: [.overwrite]) == .notAdministrator)
        let fresh = MessageBody.values("88.118.8/o", [.text(9, "URL", "added")])
        let plain = Client(self.node(.all)).perform(.addValue, fresh, flags: [.overwrite], as: .neighbour)
        #expect(plain?.code == .success)
        #expect(plain?.header.flags.contains(.overwrite) == false)
        // The administrators' write bit does not count for additions.
        let fixed = MessageBody.values("88.118.8/o", [.text(3, "DESC", "changed")])
        #expect(code(.addValue, fixed, .modifyValue, flags: [.overwrite]) == .success)
    }

    @Test func removalRowByRow() {
        #expect(code(.removeValue, .indexes("88.118.8/o", [77])) == .valuesNotFound)
        #expect(code(.removeValue, .indexes("88.118.8/o", [1, 77])) == .valuesNotFound)
        #expect(code(.removeValue, .indexes("88.118.8/o", [])) == .valuesNotFound)
        #expect(code(.removeValue, .indexes("88.118.8/o", [1, 1]), .removeValue) == .success)
        #expect(code(.removeValue, .indexes("88.118.8/o", [3]), .removeValue) == .success)
        #expect(code(.removeValue, .indexes("88.118.8/o", [1]), .all.subtracting(.removeValue)) == .notAdministrator)
        #expect(code(.removeValue, .indexes("88.118.8/o", [50]), .removeAdmin) == .success)
        #expect(code(.removeValue, .indexes("88.118.8/o", [50]), .all.subtracting(.removeAdmin)) == .notAdministrator)
        #expect(code(.removeValue, .indexes("88.118.8/o", [1, 50]), .removeAdmin) == .notAdministrator)
        #expect(code(.removeValue, .indexes("88.118.8/o", [1, 50]), [.removeAdmin, .removeValue]) == .success)
    }

    @Test func publicWriteAllowsNeitherAdditionNorRemoval() {
        let client = Client(node(.all))
        #expect(client.ask(.removeValue, .indexes("88.118.8/o", [2]))?.code == .authenticationNeeded)
        #expect(code(.removeValue, .indexes("88.118.8/o", [2]), []) == .notAdministrator)
    }

    @Test func modificationRowByRow() {
        let client = Client(node(.all))
        #expect(
            client.ask(.modifyValue, .values("88.118.8/o", [.text(77, "URL", "")]))?.code == .valuesNotFound
        )
        #expect(client.ask(.modifyValue, .values("88.118.8/o", [.text(0, "URL", "")]))?.code == .valuesNotFound)
        let twice = MessageBody.values("88.118.8/o", [.text(1, "URL", "a"), .text(1, "URL", "b")])
        #expect(client.ask(.modifyValue, twice)?.code == .authenticationNeeded)
        #expect(code(.modifyValue, twice) == .invalidValue)
        #expect(code(.modifyValue, .values("88.118.8/o", [.text(3, "DESC", "x")])) == .insufficientPermission)
        let value = MessageBody.values("88.118.8/o", [.text(1, "URL", "new")])
        #expect(code(.modifyValue, value, .modifyValue) == .success)
        #expect(code(.modifyValue, value, .all.subtracting(.modifyValue)) == .notAdministrator)
        let admin = MessageBody.values("88.118.8/o", [.admin(50, Self.me, .readValue)])
        #expect(code(.modifyValue, admin, .modifyAdmin) == .success)
        #expect(code(.modifyValue, admin, .all.subtracting(.modifyAdmin)) == .notAdministrator)
        let toValue = MessageBody.values("88.118.8/o", [.text(50, "URL", "")])
        #expect(code(.modifyValue, toValue, [.removeAdmin, .modifyValue]) == .success)
        #expect(code(.modifyValue, toValue, .all.subtracting(.removeAdmin)) == .notAdministrator)
        let toAdmin = MessageBody.values("88.118.8/o", [.admin(1, Self.me)])
        #expect(code(.modifyValue, toAdmin, [.modifyValue, .addAdmin]) == .success)
        #expect(code(.modifyValue, toAdmin, .all.subtracting(.addAdmin)) == .notAdministrator)
    }

    @Test func everyoneModifiesWhatEveryoneMayWrite() {
        let node = node(.all)
        let client = Client(node)
        let own = MessageBody.values("88.118.8/o", [.text(2, "DESC", "new", [.publicRead, .publicWrite])])
        #expect(client.ask(.modifyValue, own)?.code == .success)
        #expect(node.values(of: "88.118.8/o")?.first { $0.index == 2 }?.data == Array("new".utf8))
        let mixed = MessageBody.values("88.118.8/o", [.text(2, "DESC", ""), .text(1, "URL", "")])
        #expect(client.ask(.modifyValue, mixed)?.code == .authenticationNeeded)
        let toAdmin = MessageBody.values("88.118.8/o", [.admin(2, Self.me)])
        #expect(client.ask(.modifyValue, toAdmin)?.code == .authenticationNeeded)
        #expect(code(.modifyValue, own, []) == .success)
    }

    @Test func U7TheLastAdministratorGoesOnlyWhenThatIsSaid() {
        var registry = AdministeredRegistry()
        registry.set("88.118.8/o", [.text(1, "URL", "x"), .admin(100, Who.owner.reference)])
        registry.set("88.118.8/weak", [.text(1, "URL", "x"), .admin(100, Who.owner.reference, [.removeAdmin])])
        let powerless = HandleValue.admin(100, Who.owner.reference, [.readValue])
        let tries: [(OpCode, MessageBody)] = [
            (.removeValue, .indexes("88.118.8/o", [100])),
            (.modifyValue, .values("88.118.8/o", [powerless])),
            (.modifyValue, .values("88.118.8/o", [.text(100, "URL", "no admin")])),
            (.removeValue, .indexes("88.118.8/weak", [100])),
        ]
        for (opCode, body) in tries {
            let node = AdministeredNode(registry)
            let client = Client(node)
            let before = node.values(of: "88.118.8/o")
            #expect(client.perform(opCode, body, as: .owner)?.code == .invalidValue)
            #expect(node.values(of: "88.118.8/o") == before)
            #expect(client.perform(opCode, body, flags: [.overwrite], as: .owner)?.code == .success)
        }
    }

    @Test func theLastValueStays() {
        var registry = AdministeredRegistry()
        registry.set("88.118.8/o", [.admin(100, Who.owner.reference)])
        let answer = Client(AdministeredNode(registry))
            .perform(.removeValue, .indexes("88.118.8/o", [100]), flags: [.overwrite], as: .owner)
        #expect(answer?.code == .invalidValue)
    }

    @Test func changesOfOneIdentifierAreMadeInTheirOrder() {
        let node = AdministeredNode()
        let client = Client(node)
        try? client.logIn(.owner)
        node.changes.isHeld = true
        let boxes = (0..<5).map { number in
            let box = AnswerBox()
            let value = HandleValue.text(1, "URL", "\(number)")
            node.send(
                client.request(.modifyValue, .values("88.118.8/a", [value])).wire,
                as: client.place.peer,
                into: box
            )
            return box
        }
        #expect(boxes.allSatisfy { !$0.isSettled })
        #expect(node.changes.sets.count == 1)
        node.changes.release()
        node.settle()
        #expect(boxes.allSatisfy { $0.answers.last?.code == 1 })
        #expect(node.values(of: "88.118.8/a")?.first { $0.index == 1 }?.data == Array("4".utf8))
    }
}

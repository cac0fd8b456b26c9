import ResolutionProtocol
import Testing

@testable import Resolution

/// Who is an administrator, by himself or as one of a group (operations.md §14).
@Suite struct PermissionTests {
    /// A node on which `groups` stand, and 88.118.8/o is administered by `reference`.
    private func code(
        administrator reference: ValueReference,
        groups: [(String, [HandleValue])] = [],
        as who: Who = .owner
    ) -> ResponseCode? {
        var registry = AdministeredRegistry()
        registry.set("88.118.8/o", [.admin(100, reference)])
        for (name, values) in groups { registry.set(name, values) }
        return Client(AdministeredNode(registry)).perform(.deleteIdentifier, .name("88.118.8/o"), as: who)?.code
    }

    @Test func theReferenceMeansTheSameIdentifierInAnyCaseAndTheSameIndexOrAny() {
        #expect(code(administrator: .of("0.na/88.118.8", 300)) == .success)
        #expect(code(administrator: .of("88.118.8", 300)) == .success)
        #expect(code(administrator: .of("0.NA/88.118.8", 0)) == .success)
        #expect(code(administrator: .of("0.NA/88.118.8", 301)) == .notAdministrator)
        #expect(code(administrator: .of("0.NA/88.118.9", 300)) == .notAdministrator)
    }

    @Test func aGroupsMembersAreAdministrators() {
        let members = [HandleValue.group(200, [.of("x/y", 1), Who.owner.reference])]
        #expect(code(administrator: .of("88.118.8/g", 200), groups: [("88.118.8/g", members)]) == .success)
        #expect(code(administrator: .of("88.118.8/g", 201), groups: [("88.118.8/g", members)]) == .notAdministrator)
        // A reference to any value leads to no list.
        #expect(code(administrator: .of("88.118.8/g", 0), groups: [("88.118.8/g", members)]) == .notAdministrator)
        let anyIndex = [HandleValue.group(200, [.of("0.NA/88.118.8", 0)])]
        #expect(code(administrator: .of("88.118.8/g", 200), groups: [("88.118.8/g", anyIndex)]) == .success)
    }

    @Test func groupsOfGroupsAreSearchedToTheEnd() {
        let depth = 20
        let groups = (0..<depth).map { number in
            let next = number + 1 < depth ? ValueReference.of("88.118.8/g\(number + 1)", 200) : Who.owner.reference
            return ("88.118.8/g\(number)", [HandleValue.group(200, [next])])
        }
        #expect(code(administrator: .of("88.118.8/g0", 200), groups: groups) == .success)
    }

    @Test func P7GroupsInACircleEndAndChainsAreBounded() {
        let circle = [
            ("88.118.8/g0", [HandleValue.group(200, [.of("88.118.8/g1", 200)])]),
            ("88.118.8/g1", [HandleValue.group(200, [.of("88.118.8/g0", 200), .of("88.118.8/G0", 200)])]),
        ]
        #expect(code(administrator: .of("88.118.8/g0", 200), groups: circle) == .notAdministrator)
        let chain = (0..<200).map { number in
            ("88.118.8/g\(number)", [HandleValue.group(200, [.of("88.118.8/g\(number + 1)", 200)])])
        }
        let end = ("88.118.8/g200", [HandleValue.group(200, [Who.owner.reference])])
        #expect(code(administrator: .of("88.118.8/g0", 200), groups: chain + [end]) == .notAdministrator)
    }

    @Test func aGroupThatIsNoGroupIsEmpty() {
        let values = [HandleValue.text(200, "HS_VLIST", "no list"), .text(201, "URL", "x")]
        for index in [200, 201, 202] as [UInt32] {
            let code = code(administrator: .of("88.118.8/g", index), groups: [("88.118.8/g", values)])
            #expect(code == .notAdministrator)
        }
    }

    @Test func rightsOfTwoAdministratorValuesAreNotAddedUp() {
        var registry = AdministeredRegistry()
        registry.set(
            "88.118.8/o",
            [
                .admin(100, Who.owner.reference, .addAdmin), .admin(101, Who.owner.reference, .addValue),
                .text(1, "URL", "x"),
            ]
        )
        let body = MessageBody.values("88.118.8/o", [.admin(9, Who.owner.reference), .text(8, "URL", "")])
        #expect(Client(AdministeredNode(registry)).perform(.addValue, body, as: .owner)?.code == .notAdministrator)
    }

    @Test func indexZeroIsProvenByAnyKeyAndIsThenThatKeys() {
        for who in Who.keys {
            var registry = AdministeredRegistry()
            registry.set("88.118.8/o", [.admin(100, who.reference)])
            let node = AdministeredNode(registry)
            let answer = Client(node)
                .perform(.deleteIdentifier, .name("88.118.8/o"), as: who.named("0.NA/88.118.8", 0))
            #expect(answer?.code == .success)
        }
    }

    @Test func U5AnAdministratorOfOnePrefixIsNobodyUnderAnother() {
        let node = AdministeredNode()
        let client = Client(node)
        let value = [HandleValue.text(9, "URL", "x")]
        let tries: [(OpCode, MessageBody)] = [
            (.createIdentifier, .values("88.118.8/new", value)), (.deleteIdentifier, .name("88.118.8/a")),
            (.addValue, .values("88.118.8/a", value)), (.removeValue, .indexes("88.118.8/a", [1])),
            (.modifyValue, .values("88.118.8/a", [.text(1, "URL", "y")])),
            (.addValue, .values("0.NA/88.118.8", value)), (.deleteIdentifier, .name("0.NA/88.118.8")),
            (.createIdentifier, .values("0.NA/88.118.8.1", value)), (.listIdentifiers, .name("0.NA/88.118.8")),
            (.homePrefix, .name("0.NA/88.118.10")), (.unhomePrefix, .name("0.NA/88.118.8")),
            (.listHomedPrefixes, .name("/")), (.backupServer, .name("/")),
        ]
        for (opCode, body) in tries {
            let answer = client.perform(opCode, body, as: .neighbour)
            #expect(answer?.code == .notAdministrator, "\(opCode)")
            #expect(answer?.errorText == "not an administrator for this operation", "\(opCode)")
        }
        #expect(node.changes.sets.isEmpty)
        #expect(
            client.perform(.resolution, .resolve("88.118.8/a", indexes: [2]), flags: .administrator, as: .neighbour)?
                .code == .notAdministrator
        )
    }

    @Test func U5ExistenceShowsOnlyWhereTheProtocolSaysSo() {
        let node = AdministeredNode()
        let client = Client(node)
        // Whether it is there or not, the first answer is the same but for creation and modification.
        for opCode in [OpCode.deleteIdentifier, .addValue, .removeValue] {
            let bodies = ["88.118.8/a", "88.118.8/gone"].map { name -> MessageBody in
                switch opCode {
                case .addValue: .values(name, [.text(9, "URL", "x")])
                case .removeValue: .indexes(name, [1])
                default: .name(name)
                }
            }
            #expect(bodies.map { client.ask(opCode, $0)?.code } == [.authenticationNeeded, .authenticationNeeded])
        }
    }
}

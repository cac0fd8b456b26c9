import ResolutionProtocol
import Testing

@testable import Resolution

/// Creation with OVRW of what exists: which rights each difference takes (operations.md §5.7).
@Suite struct OverwritingTests {
    private static let me = ValueReference.of("88.118.8/me", 1)
    private static let old: [HandleValue] = [
        .text(1, "URL", "old"), .text(2, "DESC", "everyone's", [.publicRead, .publicWrite]), .admin(3, me, []),
        .text(4, "DESC", "stays"),
    ]

    private struct Case: CustomStringConvertible {
        let description: String
        let new: [HandleValue]
        let needed: AdminPermission
    }

    private static func replacing(_ index: UInt32, by value: HandleValue?) -> [HandleValue] {
        old.compactMap { $0.index == index ? value : $0 }
    }

    private static let cases = [
        Case(description: "new value", new: old + [.text(9, "URL", "new")], needed: .addValue),
        Case(description: "new admin", new: old + [.admin(9, me, [])], needed: .addAdmin),
        Case(description: "value removed", new: replacing(1, by: nil), needed: .removeValue),
        Case(description: "admin removed", new: replacing(3, by: nil), needed: .removeAdmin),
        Case(description: "value changed", new: replacing(1, by: .text(1, "URL", "new")), needed: .modifyValue),
        Case(description: "everyone's changed", new: replacing(2, by: .text(2, "DESC", "new")), needed: []),
        Case(description: "admin changed", new: replacing(3, by: .admin(3, me, .readValue)), needed: .modifyAdmin),
        Case(
            description: "admin to value",
            new: replacing(3, by: .text(3, "URL", "new")),
            needed: [.removeAdmin, .modifyValue]
        ),
        Case(
            description: "value to admin",
            new: replacing(1, by: .admin(1, me, [])),
            needed: [.modifyValue, .addAdmin]
        ),
        Case(description: "nothing", new: old, needed: []),
        Case(
            description: "several",
            new: [.text(1, "URL", "new"), .admin(3, me, []), .text(7, "URL", "added")],
            needed: [.modifyValue, .removeValue, .addValue]
        ),
    ]

    /// A node on which the neighbour has `rights` over 88.118.8/o, and `above` over its prefix.
    private func node(rights: AdminPermission, above: AdminPermission = []) -> AdministeredNode {
        var registry = AdministeredRegistry()
        registry.set("88.118.8/o", Self.old + [.admin(100, Who.neighbour.reference, rights)])
        registry.set("0.NA/88.118.8", [.admin(100, Who.neighbour.reference, above), Who.owner.value])
        return AdministeredNode(registry)
    }

    private func overwrite(_ node: AdministeredNode, _ new: [HandleValue], rights: AdminPermission) -> Message? {
        let kept = HandleValue.admin(100, Who.neighbour.reference, rights)
        let body = MessageBody.values("88.118.8/o", new + [kept])
        return Client(node).perform(.createIdentifier, body, flags: [.overwrite], as: .neighbour)
    }

    @Test func eachDifferenceTakesItsOwnRightsAndNoFewer() {
        for each in Self.cases {
            let node = node(rights: each.needed)
            let answer = overwrite(node, each.new, rights: each.needed)
            // "Add administrator" among others is judged alone.
            #expect(answer?.code == .success, "\(each)")
            #expect(answer?.header.flags.contains(.overwrite) == true, "\(each)")
            for bit in 0..<12 where each.needed.rawValue & 1 << bit != 0 && !each.needed.contains(.addAdmin) {
                let fewer = AdminPermission(rawValue: each.needed.rawValue & ~(1 << bit))
                let refused = overwrite(self.node(rights: fewer), each.new, rights: fewer)
                #expect(refused?.code == .notAdministrator, "\(each) without bit \(bit)")
            }
        }
    }

    @Test func addingAdministratorsIsNotGrantedByTheOtherRights() {
        let rights = AdminPermission.all.subtracting([.addAdmin, .deleteIdentifier])
        for each in Self.cases where each.needed.contains(.addAdmin) {
            #expect(overwrite(node(rights: rights), each.new, rights: rights)?.code == .notAdministrator, "\(each)")
        }
    }

    @Test func addAdministratorAloneAllowsEverything() {
        for each in Self.cases {
            let answer = overwrite(node(rights: .addAdmin), each.new, rights: .addAdmin)
            #expect(answer?.code == .success, "\(each)")
        }
    }

    @Test func deleteAndCreateTogetherAllowEverything() {
        for each in Self.cases where !each.needed.isEmpty {
            let both = node(rights: .deleteIdentifier, above: .addIdentifier)
            #expect(overwrite(both, each.new, rights: .deleteIdentifier)?.code == .success, "\(each)")
            let one = node(rights: .deleteIdentifier)
            #expect(overwrite(one, each.new, rights: .deleteIdentifier)?.code == .notAdministrator, "\(each)")
            let other = node(rights: [], above: .addIdentifier)
            #expect(overwrite(other, each.new, rights: [])?.code == .notAdministrator, "\(each)")
        }
    }

    @Test func whatDidNotChangeKeepsItsTime() throws {
        let node = node(rights: .all)
        let changed = Self.replacing(1, by: .text(1, "URL", "new"))
        #expect(overwrite(node, changed, rights: .all)?.code == .success)
        let values = try #require(node.values(of: "88.118.8/o"))
        #expect(values.filter { $0.timestamp == 1_700_000_000 }.map(\.index) == [1])
    }

    @Test func aNewIdentifierWithOverwriteOverwritesNothing() {
        let node = AdministeredNode()
        let body = MessageBody.values("88.118.8/fresh", [.text(1, "URL", "x")])
        let answer = Client(node).perform(.createIdentifier, body, flags: [.overwrite], as: .owner)
        #expect(answer?.code == .success)
        #expect(answer?.header.flags.contains(.overwrite) == false)
    }
}

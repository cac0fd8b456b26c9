import ResolutionProtocol
import Testing

@testable import Resolution

/// A node's own site at the level above (case F2).
@Suite struct OwnRouteTests {
    private static func site(_ serial: UInt16, port: UInt32 = 2_641, host: UInt8 = 1, key: [UInt8] = [9]) -> SiteInfo {
        let address = [UInt8](repeating: 0, count: 12) + [192, 0, 2, host]
        let tcp = ServerInterface(kind: .both, transport: .tcp, port: port)
        let server = SiteServer(serverID: 1, address: address, publicKey: key, interfaces: [tcp])
        return SiteInfo(serialNumber: serial, servers: [server])
    }

    /// A record with `sites` from index 3 on, and the same for derived prefixes from 20 on.
    private static func values(_ sites: SiteInfo...) -> [HandleValue] {
        [HandleValue(index: 1, type: Array("DESC".utf8), data: [1])]
            + sites.enumerated().flatMap { position, site in
                [
                    HandleValue(index: 3 + UInt32(position), type: ValueType.site, data: site.wire),
                    HandleValue(index: 20 + UInt32(position), type: ValueType.sitePrefix, data: site.wire),
                ]
            }
    }

    private func published(_ route: OwnRoute) -> (indexes: [UInt32], serial: UInt16)? {
        guard case .publish(let values, let site) = route else { return nil }
        #expect(values.allSatisfy { $0.data == site.wire })
        return (values.map(\.index), site.serialNumber)
    }

    @Test func aSiteThatJoinsTakesThePlaceOfTheOneDelegatedToWithARisenSerial() throws {
        let delegated = Self.site(1, host: 77, key: [])
        let route = OwnRoute(own: Self.site(1), values: Self.values(delegated), known: nil)
        let put = try #require(published(route))
        #expect(put.indexes == [3, 20] && put.serial == 2)
    }

    @Test func aSiteThatMovedTakesItsOldPlaceWithARisenSerial() {
        let old = Self.site(2)
        let moved = OwnRoute(own: Self.site(1, port: 7, host: 8), values: Self.values(old), known: old)
        #expect(published(moved)?.serial == 3)
        let raised = OwnRoute(own: Self.site(9, port: 7), values: Self.values(old), known: old)
        #expect(published(raised)?.serial == 9)
        // Without its mark, as of a node that was set up anew with its old keys.
        let forgetful = OwnRoute(own: Self.site(1, port: 7), values: Self.values(old), known: nil)
        #expect(published(forgetful)?.serial == 3)
        let wrapped = Self.site(0xFFFE)
        let next = OwnRoute(own: Self.site(1, port: 7), values: Self.values(wrapped), known: wrapped)
        #expect(published(next)?.serial == 1, "newer than 65534, by two")
    }

    @Test func whatStandsThereAlreadyIsLeftAlone() {
        let route = OwnRoute(own: Self.site(1), values: Self.values(Self.site(7)), known: nil)
        #expect(route == .current(Self.site(7)))
        #expect(OwnRoute(own: Self.site(1), values: [], known: nil) == .absent)
        let derived = [HandleValue(index: 4, type: ValueType.sitePrefix, data: Self.site(1).wire)]
        #expect(OwnRoute(own: Self.site(1), values: derived, known: nil) == .absent)
        let unreadable = [HandleValue(index: 3, type: ValueType.site, data: [1, 2, 3])]
        #expect(OwnRoute(own: Self.site(1), values: unreadable, known: nil) == .absent)
    }

    @Test func F2ANewerSiteOfSomebodyElseIsNeverOverwrittenByAnOlderOne() {
        let other = Self.values(Self.site(5, port: 99))
        #expect(OwnRoute(own: Self.site(3), values: other, known: Self.site(3)) == .superseded(serial: 5))
        #expect(OwnRoute(own: Self.site(5), values: other, known: Self.site(3)) == .superseded(serial: 5))
        let foreign = Self.values(Self.site(5, port: 99, key: [8]))
        #expect(OwnRoute(own: Self.site(3), values: foreign, known: Self.site(3)) == .superseded(serial: 5))
        // The operator's word.
        #expect(published(OwnRoute(own: Self.site(6), values: other, known: Self.site(3)))?.serial == 6)
        // Serials wrap.
        let wrapped = Self.values(Self.site(2, port: 99))
        let old = OwnRoute(own: Self.site(0xFFF0), values: wrapped, known: Self.site(0xFFEF))
        #expect(old == .superseded(serial: 2))
    }

    @Test func F2AnOlderSiteThanTheOneKnownIsReplacedByANewerOne() {
        // As after the level above was restored from a backup, or the prefix was delegated by hand.
        let old = OwnRoute(own: Self.site(6), values: Self.values(Self.site(2, port: 99)), known: Self.site(6))
        #expect(published(old)?.serial == 6)
        let bare = OwnRoute(
            own: Self.site(1),
            values: Self.values(Self.site(1, host: 50, key: [])),
            known: Self.site(6)
        )
        #expect(published(bare)?.serial == 6)
    }

    @Test func F2ASiteOfAnotherNodeIsNotTakenOverByOneThatWasNeverThere() {
        let others = Self.values(Self.site(7, host: 50, key: [8]))
        #expect(OwnRoute(own: Self.site(1), values: others, known: nil) == .superseded(serial: 7))
        #expect(published(OwnRoute(own: Self.site(8), values: others, known: nil))?.serial == 8)
    }

    @Test func aNodeThatJoinsOnceMoreTakesThePlaceAgainWithARisenSerial() {
        for host: UInt8 in [1, 50] {
            let again = Self.values(Self.site(7, host: host, key: []))
            #expect(published(OwnRoute(own: Self.site(1), values: again, known: Self.site(6)))?.serial == 8)
        }
    }

    @Test func anAttemptWhoseAnswerWasLostIsRepeatedWithItsSerial() {
        let attempted = Self.site(3, port: 7)
        let route = OwnRoute(own: Self.site(1, port: 7), values: Self.values(Self.site(2)), known: attempted)
        #expect(published(route)?.serial == 3)
        // It was done all the same, and the node has moved on before it knew.
        let moved = OwnRoute(own: Self.site(1, port: 8), values: Self.values(attempted), known: attempted)
        #expect(published(moved)?.serial == 4)
        // It was not done, and the node has moved on: nobody may have the same serial for two sites.
        let other = OwnRoute(own: Self.site(1, port: 8), values: Self.values(Self.site(2)), known: attempted)
        #expect(published(other)?.serial == 4)
    }

    @Test func ofSeveralSitesTheOneWithTheOwnKeyIsChanged() {
        let mirror = Self.site(4, host: 50, key: [7])
        let own = Self.site(2, port: 7)
        let route = OwnRoute(own: own, values: Self.values(mirror, Self.site(2)), known: Self.site(2))
        #expect(published(route)?.indexes == [4, 21])
        let strangers = Self.values(mirror, Self.site(4, host: 51, key: [8]))
        #expect(OwnRoute(own: Self.site(2), values: strangers, known: nil) == .ambiguous)
        // Several on one machine differ by their ports.
        let neighbours = Self.values(Self.site(1, port: 8, key: []), Self.site(1, port: 7, key: []))
        #expect(published(OwnRoute(own: own, values: neighbours, known: nil))?.indexes == [4, 21])
        let machines = Self.values(Self.site(1, port: 8, host: 2, key: []), Self.site(1, port: 9, key: []))
        #expect(published(OwnRoute(own: own, values: machines, known: nil))?.indexes == [4, 21])
    }

    @Test func sitesOfDerivedPrefixesFollowWhereTheyAreThisNodes() {
        let own = Self.site(1, port: 7)
        func values(_ derived: SiteInfo) -> [HandleValue] {
            [
                HandleValue(index: 3, type: ValueType.site, data: Self.site(2).wire),
                HandleValue(index: 4, type: Array("hs_site.prefix".utf8), data: derived.wire),
            ]
        }
        // An old one of this node, as after a change by hand of the other alone.
        #expect(
            published(OwnRoute(own: own, values: values(Self.site(1, port: 5)), known: Self.site(2)))?.indexes == [
                3, 4,
            ]
        )
        let stale = OwnRoute(own: Self.site(1), values: values(Self.site(1, port: 5)), known: Self.site(2))
        #expect(published(stale)?.indexes == [3, 4])
        // Another node's stays.
        let other = OwnRoute(own: own, values: values(Self.site(9, host: 50, key: [7])), known: Self.site(2))
        #expect(published(other)?.indexes == [3])
    }

    @Test func theSerialAnnouncedIsNeverOlderThanTheOneKnownAbove() {
        #expect(OwnRoute.announced(Self.site(1), known: nil).serialNumber == 1)
        #expect(OwnRoute.announced(Self.site(1), known: Self.site(4)).serialNumber == 4)
        #expect(OwnRoute.announced(Self.site(1, port: 7), known: Self.site(4)).serialNumber == 5)
        #expect(OwnRoute.announced(Self.site(9, port: 7), known: Self.site(4)).serialNumber == 9)
        #expect(OwnRoute.announced(Self.site(0x8001, port: 7), known: Self.site(0xFFFE)).serialNumber == 0)
    }
}

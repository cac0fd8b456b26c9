import Resolution
import ResolutionProtocol

/// A small registry that the responder's tests share.
enum Registry {
    static let rows = [
        PrefixRow(prefix: Array("88.118.8".utf8), state: .homed, number: 1),
        PrefixRow(prefix: Array("88.118.9".utf8), state: .homed, number: 2),
        PrefixRow(prefix: Array("88.118.7".utf8), state: .delegated, number: 3),
        PrefixRow(prefix: Array("88.118.6".utf8), state: .delegated, number: 4),
        PrefixRow(prefix: Array("88.118.5".utf8), state: .delegated, number: 5),
    ]

    static let item = "88.118.8/JXDY2106023000001"
    static let url = value(1, "URL", "https://example.org/1")
    static let text = value(2, "DESC", "阀门 DN50")
    static let site = value(3, "HS_SITE", "site")
    static let siteIPv6 = value(4, "HS_SITE.6", "site 6")
    static let siteX = value(5, "HS_SITEX", "no site")
    static let itemValues = [url, text, site, siteIPv6, siteX]

    static let prefixValues = [value(1, "DESC", "the maker's own record")]

    /// A record of a delegated prefix: routes of both kinds among values that are none.
    static let routeRecord = [
        value(1, "HS_SITE", "s"), value(2, "HS_SITE.6", "s6"), value(3, "HS_SERV", "88.118/serv"),
        value(4, "HS_SITE.PREFIX", "sp"), value(5, "HS_NA_DELEGATE", "nd"), value(6, "HS_SERV.PREFIX", "88.118/servp"),
        value(7, "URL", "u"), value(8, "HS_SITE", "hidden", .adminRead),
        value(9, "HS_SITE.PREFIX", "hidden", .adminRead),
        value(10, "HS_ADMIN", "a"),
    ]
    static let serviceRoutes = Array(routeRecord[0...2])
    static let prefixRoutes = Array(routeRecord[3...5])

    static func value(
        _ index: UInt32,
        _ type: String,
        _ data: String,
        _ permissions: ValuePermissions = .standard
    ) -> HandleValue {
        HandleValue(index: index, permissions: permissions, type: Array(type.utf8), data: Array(data.utf8))
    }

    /// A node with this registry.
    static func node(
        settings: ResponderSettings = TestNode.settings(),
        ledger: MemoryLedger = MemoryLedger(),
        writerByteCountMax: Int = 16 * 1_048_576
    ) -> TestNode {
        let node = TestNode(
            settings: settings,
            rows: rows,
            ledger: ledger,
            writerByteCountMax: writerByteCountMax
        )
        node.store.put(item, itemValues)
        node.store.put("0.NA/88.118.8", prefixValues)
        node.store.put("0.NA/88.118.7", routeRecord)
        node.store.put("0.NA/88.118.5", [value(1, "URL", "no route")])
        return node
    }
}

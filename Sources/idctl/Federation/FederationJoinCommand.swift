internal import ArgumentParser
internal import Authentication
internal import Console
internal import Cryptography
internal import EventLoop
internal import Resolution
internal import ResolutionProtocol

/// `idctl federation join`: a node below gets its prefix, its site and its key, in one step.
struct FederationJoinCommand: IdctlCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "join",
            abstract: Speech.words("Take a node in: its prefix, its site and its key.", "接入下级节点：前缀、站点与密钥。"),
            discussion: Speech.words(
                """
                Examples:
                  idctl federation join 88.118 --site 192.0.2.7:2641 --key report.pem --config node.toml
                  idctl federation join 88.118 --site [2001:db8::7]:2641 --key report.pem --data /var/lib/hanjiang

                The prefix is delegated to the site. The owner of the key may change the values of 0.NA/PREFIX, so the
                node keeps its site there by itself (federation.route), and its reports are believed. Routes and value
                300 that stood in the record go, all else stays. The node below writes the key with idctl federation
                key.
                """,
                """
                示例：
                  idctl federation join 88.118 --site 192.0.2.7:2641 --key report.pem --config node.toml
                  idctl federation join 88.118 --site [2001:db8::7]:2641 --key report.pem --data /var/lib/hanjiang

                把前缀委派给该站点。密钥所有者可修改 0.NA/前缀 的值，下级节点由此自行维护其站点（federation.route），
                其上报也被接受。记录中原有的路由和 300 号值被替换，其余不变。下级节点用 idctl federation key 导出公钥。
                """
            )
        )
    }

    @Argument(help: Speech.help("The prefix of the node.", "下级节点的前缀。"))
    var prefix: String

    @Option(help: Speech.help("The node's address, for TCP and UDP.", "下级节点的地址（TCP 与 UDP）。", name: "host:port"))
    var site: String

    @Option(help: Speech.help("Its public key.", "其公钥文件。", name: "file"), completion: .file())
    var key: String

    @OptionGroup var node: NodeOptions

    @OptionGroup var speech: SpeechOptions

    /// Where the key stands: the index that administrators' keys have as a rule.
    private static let keyIndex: UInt32 = 300
    /// To read and modify values: neither to add any nor to change who administers.
    private static let permissions: UInt16 = 0x0410

    func perform(_ session: Session) throws(CommandFailure) -> ProgramExit {
        let prefix = try NamedPrefix.checked(prefix)
        let site = DelegationSite.siteInfo(try ServerChoice.address(text: site))
        let key = try ReportKey.registered(inFile: key)
        try PrefixKeeper.with(node) { (keeper) throws(CommandFailure) in
            try PrefixChanges(keeper, origin: "idctl federation join").join(prefix) { standing in
                Self.values(of: prefix, site, key: key, standing)
            }
        }
        let name = String(decoding: prefix.prefix, as: UTF8.self)
        try session.print([session.words("\(name) has joined", "\(name) 已接入")])
        return .done
    }

    /// The prefix's record with `site`, `key`, and the right of its owner, where `standing` values are there.
    static func values(
        of prefix: NamedPrefix,
        _ site: SiteInfo,
        key: [UInt8],
        _ standing: [HandleValue]
    ) -> [HandleValue] {
        let timestamp = UInt32(truncatingIfNeeded: SystemClock.coarseRealtimeSeconds())
        var values = standing.filter { !$0.isRoute && $0.index != keyIndex }
        // None takes the place of another one.
        func add(_ added: HandleValue) {
            var added = added
            while values.contains(where: { $0.index == added.index }) { added.index += 1 }
            values.append(added)
        }
        let routes = DelegationSite.withDerivedPrefixes(DelegationSite.values([site], timestamp: timestamp))
        for route in DelegationSite.raised(routes, above: standing) { add(route) }
        add(HandleValue(index: keyIndex, timestamp: timestamp, type: ValueType.publicKey, data: key))
        let owner = ValueReference(identifier: prefix.recordName, index: keyIndex)
        let right = AdminRecord(permissions: permissions, administrator: owner).wire
        if !values.contains(where: { $0.type == ValueType.admin && $0.data == right }) {
            add(HandleValue(index: AdministratorValue.index, timestamp: timestamp, type: ValueType.admin, data: right))
        }
        return values
    }
}

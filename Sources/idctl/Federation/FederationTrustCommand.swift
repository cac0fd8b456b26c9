internal import ArgumentParser
internal import Authentication
internal import Console
internal import Cryptography
internal import EventLoop
internal import Resolution
internal import ResolutionProtocol
internal import StorageLMDB

/// `idctl federation trust`: a node's key is registered in the record of its prefix, so that its reports are believed.
struct FederationTrustCommand: IdctlCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "trust",
            abstract: Speech.words("Register the key that signs a node's reports.", "登记下级节点上报所用的公钥。"),
            discussion: Speech.words(
                """
                Examples:
                  idctl federation trust 88.118 report.pem --config node.toml
                  idctl federation trust 88.118 report.pem --data /var/lib/hanjiang

                The key becomes an HS_PUBKEY value of 0.NA/PREFIX. The node below writes it with idctl federation key.
                """,
                """
                示例：
                  idctl federation trust 88.118 report.pem --config node.toml
                  idctl federation trust 88.118 report.pem --data /var/lib/hanjiang

                公钥登记为 0.NA/前缀 的 HS_PUBKEY 值。下级节点用 idctl federation key 导出。
                """
            )
        )
    }

    @Argument(help: Speech.help("The prefix of the node that reports.", "上报节点的前缀。"))
    var prefix: String

    @Argument(help: Speech.help("Its public key.", "其公钥文件。"), completion: .file())
    var file: String

    @OptionGroup var node: NodeOptions

    @OptionGroup var speech: SpeechOptions

    /// Where keys of reports stand, as a rule: behind those of administrators.
    private static let indexes: ClosedRange<UInt32> = 310...399

    func perform(_ session: Session) throws(CommandFailure) -> ProgramExit {
        let prefix = try NamedPrefix.checked(prefix)
        let key = try ReportKey.read(file)
        let isNew = try PrefixKeeper.with(node) { (keeper) throws(CommandFailure) in
            try Self.register(key, for: prefix, keeper)
        }
        let name = String(decoding: prefix.prefix, as: UTF8.self)
        try session.print([
            isNew
                ? session.words("reports of \(name) are believed from now on", "已登记 \(name) 的上报密钥")
                : session.words("this key of \(name) was registered before", "\(name) 的该密钥此前已登记")
        ])
        return .done
    }

    /// Adds the key to the prefix's record; false: it stands there.
    private static func register(
        _ key: PublicKey,
        for prefix: NamedPrefix,
        _ keeper: PrefixKeeper
    ) throws(CommandFailure) -> Bool {
        var values = try Self.values(of: prefix, keeper)
        let info = try? key.subjectPublicKeyInfo()
        let isThere = values.contains {
            $0.type == ValueType.publicKey
                && (try? PublicKey.registered($0.data).subjectPublicKeyInfo()) == info && info != nil
        }
        guard !isThere else { return false }
        let used = Set(values.map(\.index))
        guard let index = indexes.first(where: { !used.contains($0) }),
            let data = try? key.registeredForm(), let name = try? Identifier(prefix.recordName)
        else { throw CommandFailure(.tooManyReportKeys(prefix.prefix)) }
        let now = UInt64(max(0, SystemClock.coarseRealtimeSeconds()))
        values.append(
            HandleValue(
                index: index,
                timestamp: UInt32(truncatingIfNeeded: now),
                type: ValueType.publicKey,
                data: data
            )
        )
        let change = Command.Change.put(name: name, values: values, expecting: .anything)
        let origin = Array("idctl federation trust".utf8)
        let outcomes = try keeper.apply([Command(change, unixSeconds: now, origin: origin)])
        guard case .done? = outcomes.first else { throw CommandFailure(.prefixRefused(prefix.prefix, .prefixInUse)) }
        return true
    }

    /// The values of the prefix's record.
    private static func values(
        of prefix: NamedPrefix,
        _ keeper: PrefixKeeper
    ) throws(CommandFailure) -> [HandleValue] {
        let reading = try keeper.reading { (store) throws(StoreError) in
            var reader = StoredRecordReader(store: try store.makeReader(), folding: store.folding)
            return reader.read(prefix.recordName)
        }
        guard case .found(let record) = reading else {
            throw CommandFailure(.unknownPrefixes([prefix.prefix]), exit: .notFound)
        }
        return record.values
    }
}

/// The public key of a node below, by which its reports are signed.
enum ReportKey {
    /// The key in `file`.
    static func read(_ file: String) throws(CommandFailure) -> PublicKey {
        let bytes = try SmallFile.read(file, byteCountMax: 64 << 10)
        guard let key = try? PublicKey.registered(bytes), key.kind == .ed25519 || key.kind == .sm2 else {
            throw CommandFailure(.unsuitableReportKey(file))
        }
        return key
    }

    /// The same as the data of an HS_PUBKEY value.
    static func registered(inFile file: String) throws(CommandFailure) -> [UInt8] {
        guard let data = try? read(file).registeredForm() else { throw CommandFailure(.unsuitableReportKey(file)) }
        return data
    }
}

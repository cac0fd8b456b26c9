internal import ArgumentParser
internal import Console
internal import ResolutionProtocol
internal import StorageLMDB

/// `idctl prefix unhome`: this node does not answer for these prefixes any more. Their records stay in the store.
struct PrefixUnhomeCommand: IdctlCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "unhome",
            abstract: Speech.words("Give prefixes up.", "取消托管或委派前缀。"),
            discussion: Speech.examples(
                "idctl prefix unhome 88.118.9 --config node.toml",
                "idctl prefix unhome 88.118.9 --yes --data /var/lib/hanjiang"
            )
        )
    }

    @OptionGroup var choice: PrefixChoice

    @Flag(help: Speech.help("Even where identifiers remain.", "即使仍有标识也取消。"))
    var yes = false

    @OptionGroup var speech: SpeechOptions

    func perform(_ session: Session) throws(CommandFailure) -> ProgramExit {
        let prefixes = try choice.chosen()
        let unknown = try PrefixKeeper.with(choice.node) { (keeper) throws(CommandFailure) in
            if !yes {
                for prefix in prefixes where try Self.hasIdentifiers(prefix, in: keeper) {
                    throw CommandFailure(.prefixInUse(prefix.prefix), exit: .conflict)
                }
            }
            return try PrefixChanges(keeper, origin: "idctl prefix unhome")
                .unhome(prefixes, evenWithIdentifiers: yes)
        }
        let count = TextCount.grouped(prefixes.count - unknown.count)
        try session.print([session.words("given up \(count)", "已取消 \(count)")])
        guard unknown.isEmpty else { throw CommandFailure(.unknownPrefixes(unknown), exit: .notFound) }
        return .done
    }

    private static func hasIdentifiers(
        _ prefix: NamedPrefix,
        in keeper: PrefixKeeper
    ) throws(CommandFailure) -> Bool {
        try keeper.reading { (store) throws(StoreError) in
            var isFound = false
            try store.scan(keyPrefix: prefix.prefix + [UInt8(ascii: "/")]) { _ in
                isFound = true
                return false
            }
            return isFound
        }
    }
}

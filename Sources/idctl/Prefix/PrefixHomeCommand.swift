internal import ArgumentParser
internal import Console

/// `idctl prefix home`: this node keeps the identifiers of these prefixes from now on.
struct PrefixHomeCommand: IdctlCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "home",
            abstract: Speech.words("Keep prefixes here.", "在本节点托管前缀。"),
            discussion: Speech.examples(
                "idctl prefix home 88.118.8 --data /var/lib/hanjiang",
                "idctl prefix home --from prefixes.txt --config node.toml"
            )
        )
    }

    @OptionGroup var choice: PrefixChoice

    @OptionGroup var speech: SpeechOptions

    func perform(_ session: Session) throws(CommandFailure) -> ProgramExit {
        let prefixes = try choice.chosen()
        let counts = try PrefixKeeper.with(choice.node) { (keeper) throws(CommandFailure) in
            try PrefixChanges(keeper, origin: "idctl prefix home").home(prefixes)
        }
        try session.print([
            session.words(
                "homed \(TextCount.grouped(counts.added)), already homed \(TextCount.grouped(counts.kept)), "
                    + "prefix records made \(TextCount.grouped(counts.records))",
                "新托管 \(TextCount.grouped(counts.added))，已托管 \(TextCount.grouped(counts.kept))，"
                    + "新建前缀记录 \(TextCount.grouped(counts.records))"
            )
        ])
        return .done
    }
}

internal import ArgumentParser
internal import Console

/// `idctl ledger`: the signed daily totals of resolutions.
struct LedgerCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "ledger",
            abstract: Speech.words("Verify, export and show the ledger of resolutions.", "核验、导出和查看解析账本。"),
            discussion: Speech.examples(
                "idctl ledger verify --config node.toml",
                "idctl ledger export --config node.toml audit.ledger"
            ),
            subcommands: [
                LedgerVerifyCommand.self, LedgerExportCommand.self, LedgerShowCommand.self, LedgerForecastCommand.self,
            ]
        )
    }
}

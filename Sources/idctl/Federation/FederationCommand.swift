internal import ArgumentParser
internal import Console

/// `idctl federation`: the nodes above and below this one, and what they count.
struct FederationCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "federation",
            abstract: Speech.words("Show what other nodes report, and trust their keys.", "查看下级节点上报的解析量，登记其密钥。"),
            discussion: Speech.examples(
                "idctl federation show --config node.toml",
                "idctl federation key --config node.toml report.pem",
                "idctl federation trust 88.118 report.pem --config node.toml"
            ),
            subcommands: [FederationShowCommand.self, FederationTrustCommand.self, FederationKeyCommand.self]
        )
    }
}

internal import ArgumentParser
internal import Console

/// `idctl federation`: the nodes above and below this one, and what they count.
struct FederationCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "federation",
            abstract: Speech.words("Take nodes in, and show what they report.", "接入下级节点，查看其上报的解析量。"),
            discussion: Speech.examples(
                "idctl federation show --config node.toml",
                "idctl federation key --config node.toml report.pem",
                "idctl federation join 88.118 --site 192.0.2.7:2641 --key report.pem --config node.toml"
            ),
            subcommands: [
                FederationShowCommand.self, FederationJoinCommand.self, FederationTrustCommand.self,
                FederationKeyCommand.self,
            ]
        )
    }
}

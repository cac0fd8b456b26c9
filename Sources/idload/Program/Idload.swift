internal import ArgumentParser
internal import Console

/// The load tool. Without a command it runs: `idload 127.0.0.1:2641 …`.
struct Idload: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "idload",
            abstract: Speech.words("Hanjiang load tool.", "汉江负载工具。"),
            discussion: Speech.examples(
                "idload 127.0.0.1:2641 --replay sample.txt --rate 10k",
                "idload help run"
            ),
            version: Version.text,
            subcommands: [RunCommand.self],
            defaultSubcommand: RunCommand.self
        )
    }
}

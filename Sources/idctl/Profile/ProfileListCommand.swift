internal import ArgumentParser
internal import Console
internal import NodeConfiguration

/// `idctl profile list`: the profiles, and which one is in use.
struct ProfileListCommand: IdctlCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "list",
            abstract: Speech.words("List the profiles.", "列出配置档。"),
            discussion: Speech.examples(
                "idctl profile list",
                "idctl profile list --json"
            )
        )
    }

    @Flag(help: Speech.help("Print JSON Lines.", "输出 JSON Lines。"))
    var json = false

    @OptionGroup var speech: SpeechOptions

    func perform(_ session: Session) throws(CommandFailure) -> ProgramExit {
        let place = ProfilePlace(options: session.options, environment: session.environment)
        let file = try place.read()
        if json {
            var json = JSONText()
            for profile in file.profiles {
                ProfileListing.write(profile, isUsed: file.use?.text == profile.name, to: &json)
                json.endLine()
            }
            try session.write(json.take())
        } else if !file.profiles.isEmpty {
            try session.print(Self.table(file, session).lines())
        }
        return .done
    }

    private static func table(_ file: ProfileFile, _ session: Session) -> Table {
        var table = Table([
            Table.Column(session.words("profile", "配置档")), Table.Column(session.words("used", "使用中")),
            Table.Column(session.words("server or node", "服务器或节点")), Table.Column(session.words("as", "身份")),
        ])
        for profile in file.profiles {
            let texts = profile.texts
            table.add([
                profile.name, file.use?.text == profile.name ? session.words("yes", "是") : "",
                texts[.server] ?? texts[.config] ?? texts[.data] ?? "", texts[.auth] ?? "",
            ])
        }
        return table
    }
}

internal import ArgumentParser
internal import Console
internal import NodeConfiguration

/// `idctl profile show`: what a profile says. Of secrets it knows the file names alone.
struct ProfileShowCommand: IdctlCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "show",
            abstract: Speech.words("Show a profile.", "查看配置档。"),
            discussion: Speech.examples(
                "idctl profile show plant",
                "idctl profile show plant --json"
            )
        )
    }

    @Argument(help: Speech.help("Its name.", "名称。"))
    var name: String

    @Flag(help: Speech.help("Print JSON.", "输出 JSON。"))
    var json = false

    @OptionGroup var speech: SpeechOptions

    func perform(_ session: Session) throws(CommandFailure) -> ProgramExit {
        let place = ProfilePlace(options: session.options, environment: session.environment)
        let file = try place.read()
        let profile = try file.required(name, file: place.readPath)
        if json {
            var json = JSONText()
            ProfileListing.write(profile, isUsed: file.use?.text == name, to: &json)
            json.endLine()
            try session.write(json.take())
            return .done
        }
        var table = Table([Table.Column(""), Table.Column("")])
        for setting in ProfileSetting.allCases {
            if let entry = profile.entries[setting] { table.add([setting.rawValue, entry.text]) }
        }
        try session.print(table.lines())
        return .done
    }
}

extension ProfileFile {
    /// The profile called `name`, which must be there; `file` is where it was looked for.
    func required(_ name: String, file: String?) throws(CommandFailure) -> Profile {
        if let profile = self[name] { return profile }
        throw CommandFailure(.unknownProfile(name, among: profiles.map(\.name), file: file), exit: .notFound)
    }
}

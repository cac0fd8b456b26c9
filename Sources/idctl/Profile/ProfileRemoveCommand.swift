internal import ArgumentParser
internal import Console
internal import NodeConfiguration

/// `idctl profile remove`: a profile goes; the files that it names stay.
struct ProfileRemoveCommand: IdctlCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "remove",
            abstract: Speech.words("Remove a profile.", "删除配置档。"),
            discussion: Speech.examples(
                "idctl profile remove plant",
                "idctl profile remove plant --profiles team.toml"
            )
        )
    }

    @Argument(help: Speech.help("Its name.", "名称。"))
    var name: String

    @OptionGroup var speech: SpeechOptions

    func perform(_ session: Session) throws(CommandFailure) -> ProgramExit {
        let place = ProfilePlace(options: session.options, environment: session.environment)
        guard let path = place.readPath else {
            throw CommandFailure(.unknownProfile(name, among: [], file: place.writePath), exit: .notFound)
        }
        var commentCount = 0
        try ProfileWriting.change(path) { file throws(CommandFailure) in
            _ = try file.required(name, file: path)
            let removed = file.removing(name)
            commentCount = removed?.commentCount ?? 0
            return removed?.text
        }
        if commentCount > 0 { session.tell(.commentsRemoved(commentCount)) }
        try session.print([session.words("removed \(name) from \(path)", "已从 \(path) 中删除 \(name)")])
        return .done
    }
}

internal import ArgumentParser
internal import Console
internal import NodeConfiguration

/// `idctl profile use`: the profile that counts where neither `--profile` nor `IDCTL_PROFILE` names one.
struct ProfileUseCommand: IdctlCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "use",
            abstract: Speech.words("Choose the usual profile.", "选择默认配置档。"),
            discussion: Speech.examples(
                "idctl profile use plant",
                "idctl profile use --none"
            )
        )
    }

    @Argument(help: Speech.help("Its name.", "名称。"))
    var name: String?

    @Flag(help: Speech.help("None is to be used.", "不使用任何配置档。"))
    var none = false

    @OptionGroup var speech: SpeechOptions

    func validate() throws {
        guard none == (name == nil) else {
            throw ValidationError(Speech.words("give a NAME or --none", "请给出名称，或 --none"))
        }
    }

    func perform(_ session: Session) throws(CommandFailure) -> ProgramExit {
        let place = ProfilePlace(options: session.options, environment: session.environment)
        guard let path = place.readPath else {
            guard let name else { return .done }
            throw CommandFailure(.unknownProfile(name, among: [], file: place.writePath), exit: .notFound)
        }
        try ProfileWriting.change(path) { file throws(CommandFailure) in
            if let name { _ = try file.required(name, file: path) }
            return file.using(name)
        }
        let english = name.map { "using \($0)" } ?? "using no profile"
        try session.print([session.words(english, name.map { "正在使用 \($0)" } ?? "不使用配置档")])
        return .done
    }
}

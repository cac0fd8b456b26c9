internal import ArgumentParser

/// The options of every command, so that help names them; they are taken from the command line before it is parsed.
struct SpeechOptions: ParsableArguments {
    @Option(help: Speech.help("The profile to use, in place of “use” in its file.", "所用的配置档，替代文件中的 use。"))
    var profile: String?

    @Option(help: Speech.help("The file of the profiles.", "配置档文件。", name: "file"))
    var profiles: String?

    @Flag(
        name: [.customShort("q"), .customLong("quiet")],
        help: Speech.help("Say nothing but results while all is well.", "一切正常时除结果外不输出任何内容。")
    )
    var isQuiet = false

    @Flag(help: Speech.help("Never ask: fail, and name the flag to pass.", "从不询问：失败并指出所需的选项。"))
    var noInput = false

    @Option(name: .customLong("lang"), help: Speech.help("Language: zh or en.", "语言：zh 或 en。", name: "zh|en"))
    var language: String?

    @Flag(name: .customLong("no-color"), help: Speech.help("No colour, no animation.", "不使用颜色和动画。"))
    var noColour = false
}

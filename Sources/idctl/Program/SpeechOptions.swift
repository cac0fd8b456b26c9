internal import ArgumentParser

/// `--lang` and `--no-color`, so that help names them; they are taken from the command line before it is parsed.
struct SpeechOptions: ParsableArguments {
    @Option(name: .customLong("lang"), help: Speech.help("Language: zh or en.", "语言：zh 或 en。", name: "zh|en"))
    var language: String?

    @Flag(name: .customLong("no-color"), help: Speech.help("No colour, no animation.", "不使用颜色和动画。"))
    var noColour = false
}

internal import ArgumentParser
internal import Console
internal import RecordFiles

/// How a file of records is read.
struct InputOptions: ParsableArguments {
    @Option(help: Speech.help("The file's format, if its name does not tell.", "文件格式（文件名看不出时）。"))
    var format: FormatOption?

    @Option(
        help: Speech.help(
            "Where the FILE lines of batch text may name files.",
            "批处理文本的 FILE 行可以引用的文件所在目录。",
            name: "dir"
        )
    )
    var files: String?

    @Option(help: Speech.help("The worksheet to read, if not the first.", "要读取的工作表（默认第一个）。", name: "name"))
    var sheet: String?

    var form: InputForm { InputForm(format: format?.format, files: files, sheet: sheet) }

    /// Throws where an option means nothing to the format of `file`.
    func validate(for file: String) throws {
        let chosen = format?.format ?? RecordFormat(path: file)
        guard files == nil || chosen == .batchText else {
            throw ValidationError(
                Speech.words("--files is for batch text (--format batch)", "--files 用于批处理文本（--format batch）")
            )
        }
        guard sheet == nil || chosen == .spreadsheet else {
            throw ValidationError(
                Speech.words("--sheet is for spreadsheets (--format xlsx)", "--sheet 用于电子表格（--format xlsx）")
            )
        }
    }
}

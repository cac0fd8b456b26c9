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

    @Option(help: Speech.help("The text's encoding: utf-8 or gb18030.", "文本编码：utf-8 或 gb18030。"))
    var encoding: EncodingOption?

    @Option(
        help: Speech.help(
            "What columns with other names mean: CSV with the columns column and means.",
            "其他名称的列的含义：含 column 和 means 两列的 CSV。",
            name: "file"
        )
    )
    var mapping: String?

    /// What they say together.
    func form() throws(CommandFailure) -> InputForm {
        var form = InputForm(format: format?.format, files: files, sheet: sheet)
        form.encoding = encoding?.encoding ?? .utf8
        guard let mapping else { return form }
        do throws(RecordFileError) { form.mapping = try ColumnMapping(path: mapping) } catch {
            throw CommandFailure(.recordFile(error, path: mapping))
        }
        return form
    }

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
        guard encoding == nil || chosen != .spreadsheet else {
            let (english, chinese) = ("--encoding is for text, not for spreadsheets", "--encoding 用于文本，不用于电子表格")
            throw ValidationError(Speech.words(english, chinese))
        }
        guard mapping == nil || chosen == .csv || chosen == .spreadsheet || chosen == nil else {
            let (english, chinese) = ("--mapping is for CSV and spreadsheets", "--mapping 用于 CSV 和电子表格")
            throw ValidationError(Speech.words(english, chinese))
        }
    }
}

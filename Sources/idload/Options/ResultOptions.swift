internal import ArgumentParser
internal import Console

/// Where a result goes, and in what language.
struct ResultOptions: ParsableArguments {
    @Flag(help: Speech.help("One JSON document on standard output.", "向标准输出写一个 JSON 文档。"))
    var json = false

    @Option(
        help: Speech.help(
            "Write the distribution of the response times, and of the service times beside it, for HDR plotters.",
            "将响应时间的分布写入文件，服务时间的分布写在其旁，供 HDR 绘图工具使用。",
            name: "file"
        ),
        completion: .file()
    )
    var histogram: String?

    @Option(
        help: Speech.help(
            "Write a page with charts, one HTML file that needs no other.",
            "写出带图表的页面，单个 HTML 文件，无需其他文件。",
            name: "file"
        ),
        completion: .file()
    )
    var report: String?

    @Option(help: Speech.help("Language: zh or en.", "语言：zh 或 en。", name: "zh|en"))
    var lang: String?

    /// The files, made and empty; throws where one cannot be made.
    func files() throws(LoadError) -> ResultOutputs { try ResultOutputs(histogram: histogram, report: report) }

    /// Writes a result to all of them.
    func write(_ document: RunDocument) throws(LoadError) {
        let files = try files()
        try ResultOutputs.print(document, asJSON: json, Speech.language)
        try files.write(document, Speech.language)
    }
}

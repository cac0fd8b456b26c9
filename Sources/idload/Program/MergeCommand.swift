internal import ArgumentParser
internal import Console

/// `idload merge`: the results of several machines as one.
struct MergeCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "merge",
            abstract: Speech.words("Adds the results of several machines.", "合并多台机器的结果。"),
            discussion: Speech.examples(
                "idload merge first.json second.json",
                "idload merge *.json --json --report all.html > all.json"
            ) + "\n\n"
                + Speech.words(
                    """
                    The files are what idload --json wrote, of runs at the same time. Counts and histograms add, \
                    seconds where they align; percentiles are made of the added histograms. The result can be \
                    compared, merged and shown again.
                    """,
                    """
                    文件由 idload --json 写出，各次运行同时进行。计数与直方图相加，对齐的各秒相加；百分位由相加后的直方图得出。\
                    所得结果可以再比较、合并和显示。
                    """
                )
        )
    }

    @Argument(help: Speech.help("Results, two or more.", "两个或更多结果。"), completion: .file())
    var results: [String]

    @OptionGroup var options: ResultOptions

    func run() throws {
        StandardOutput.ignoreClosedPipes()
        let code = LoadError.told(Speech.language) { () throws(LoadError) in try merge() }
        throw ArgumentParser.ExitCode(code.rawValue)
    }

    private func merge() throws(LoadError) -> Console.ExitCode {
        guard (2...RunDocument.partCountMax).contains(results.count) else {
            throw LoadError(.cannotMerge(results.count), exitCode: .usage)
        }
        var documents: [RunDocument] = []
        for path in results { documents.append(try ResultFile.read(path)) }
        guard let merging = Merging(documents) else { throw LoadError(.cannotMerge(results.count), exitCode: .usage) }
        let facts = RunFacts(
            commandLine: CommandLine.arguments,
            version: Version.line,
            host: .ofThisMachine(),
            seed: documents.first?.facts.seed ?? 0
        )
        let document = merging.merged(facts)
        try options.write(document)
        return document.exitCode
    }
}

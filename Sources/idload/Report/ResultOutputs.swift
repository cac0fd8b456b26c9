internal import Console

/// Where a result goes: standard output, and the files beside it. They are made before there is a result, so that a
/// long run does not end with the word that a file cannot be written.
struct ResultOutputs {
    private let histograms: (response: OutputFile, service: OutputFile)?
    private let report: OutputFile?

    /// Creates the files, or empties them; throws where that cannot be done.
    init(histogram: String?, report: String?) throws(LoadError) {
        for (flag, path) in [("--histogram", histogram), ("--report", report)] where path == "-" {
            throw LoadError(.needsFile(flag), exitCode: .usage)
        }
        if let histogram {
            histograms = (try OutputFile(path: histogram), try OutputFile(path: histogram + ".service"))
        } else {
            histograms = nil
        }
        self.report = try report.map { path throws(LoadError) in try OutputFile(path: path) }
    }

    /// Writes what is to be written; throws where some of it cannot be.
    func write(_ document: RunDocument, _ language: Language) throws(LoadError) {
        let tally = document.result.tally
        histograms?.response.write(
            PercentileText.text(tally.response, lost: tally.lost, facts: document.facts)
        )
        histograms?.service.write(
            PercentileText.text(tally.service, lost: tally.lost, facts: document.facts)
        )
        report?.write(ReportPage(document: document, language: language).text)
        for file in [histograms?.response, histograms?.service, report] {
            if let failure = file?.failure { throw failure }
        }
    }

    /// Writes a result to standard output.
    static func print(_ document: RunDocument, asJSON: Bool, _ language: Language) throws(LoadError) {
        if asJSON { try print(document.json) } else { try print(lines: document.lines(language)) }
    }

    static func print(lines: [String]) throws(LoadError) {
        try print(Array(lines.map { $0 + "\n" }.joined().utf8))
    }

    /// Writes bytes to standard output; throws where that cannot be done, except that nobody wants to read them.
    static func print(_ bytes: [UInt8]) throws(LoadError) {
        var output = StandardOutput(.output)
        do throws(OutputError) {
            try output.write(bytes)
            try output.flush()
        } catch {
            guard case .failed(let code) = error else { return }
            throw LoadError(.cannotWriteOutput(errorNumber: code))
        }
    }
}

internal import Console

/// The files that a result is written to beside standard output. They are made before there is a result, so that a
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
}

internal import Console
internal import ResolutionProtocol

extension ReportPage {
    /// The same counts as in the text, each with its exact figure for programs.
    func writeCounts(_ page: inout HTMLText) {
        page.element("h2", text: words("Counts", "计数"))
        page.element("table") { page in
            for line in document.counts {
                page.element("tr") { page in
                    page.element("th", ["scope": "row"], text: line.name[language])
                    page.element("td", ["class": "number"]) { page in
                        let exact = String(line.count)
                        page.element("data", ["id": line.key, "value": exact], text: TextCount.grouped(line.count))
                    }
                    page.element("td", text: line.note?[language] ?? "")
                }
            }
        }
    }

    func writeTimes(_ page: inout HTMLText) {
        page.element("h2", text: words("Times", "时延"))
        page.element("div", ["class": "wide"]) { page in
            page.element("table") { page in
                page.element("tr") { page in
                    page.element("th", text: "")
                    for (name, _) in LatencyHistogram.percentiles {
                        page.element("th", ["class": "number", "scope": "col"], text: name)
                    }
                }
                for line in document.times { page.element("tr") { writeTimes(line, &$0) } }
            }
        }
        page.element("p", ["class": "note"], text: document.timesNote[language])
    }

    /// The exact figure is microseconds; of one among the lost it is `inf`.
    private func writeTimes(_ line: RunDocument.TimeLine, _ page: inout HTMLText) {
        page.element("th", ["scope": "row"], text: line.name[language])
        for ((name, _), microseconds) in zip(LatencyHistogram.percentiles, line.microseconds) {
            let exact = microseconds.map { String($0) } ?? "inf"
            let key = line.key + RunDocument.key(name)
            page.element("td", ["class": "number"]) { page in
                page.element("data", ["id": key, "value": exact], text: document.timeText(microseconds))
            }
        }
    }

    /// What each of several targets came to.
    func writeTargets(_ page: inout HTMLText) {
        let cells = document.targetCells(language)
        guard !cells.isEmpty else { return }
        page.element("h2", text: words("Targets", "目标"))
        page.element("div", ["class": "wide"]) { page in
            page.element("table") { page in
                for (row, name) in [(RunDocument.targetNames(language), "th")] + cells.map({ ($0, "td") }) {
                    page.element("tr") { page in
                        page.element(name, text: row[0])
                        for cell in row.dropFirst() { page.element(name, ["class": "number"], text: cell) }
                    }
                }
            }
        }
    }

    func writeThresholds(_ page: inout HTMLText) {
        guard !document.thresholds.isEmpty else { return }
        page.element("h2", text: words("Conditions", "条件"))
        page.element("table") { page in
            for threshold in document.thresholds {
                let isMet = threshold.isMet(by: document.result)
                page.element("tr") { page in
                    page.element("th", ["scope": "row"], text: threshold.text)
                    let verdict = isMet ? words("met", "达到") : words("not met", "未达到")
                    page.element("td", ["class": isMet ? "met" : "unmet"], text: verdict)
                }
            }
        }
    }

    /// The first cases of each column, with the beginning of their packets.
    func writeSamples(_ page: inout HTMLText) {
        let samples = document.result.tally.samples
        guard !samples.isEmpty else { return }
        page.element("h2", text: words("First cases of each column", "各栏最先出现的情形"))
        page.element("div", ["class": "wide"]) { page in
            page.element("table") { page in
                for sample in samples { page.element("tr") { Self.write(sample, language, &$0) } }
            }
        }
    }

    private static func write(_ sample: Tally.Sample, _ language: Language, _ page: inout HTMLText) {
        let fault = sample.fault.map { " (\($0))" } ?? ""
        page.element("td", text: sample.column.name[language] + fault)
        page.element("td", text: TerminalText.safe(sample.identifier))
        let shown = String(decoding: HexadecimalText.lowercased(sample.packet.prefix(96)), as: UTF8.self)
        page.element("td") { $0.element("code", text: shown + (sample.packet.count > 96 ? "…" : "")) }
    }

    /// What was run, by what, where, and how the tool itself kept up.
    func writeFacts(_ page: inout HTMLText) {
        page.element("h2", text: words("This run", "本次运行"))
        let facts = document.facts
        page.element("dl", ["class": "fact"]) { page in
            for (name, fact) in [
                (words("command", "命令"), facts.commandLine.joined(separator: " ")),
                (words("version", "版本"), facts.version), (words("host", "主机"), facts.host.line),
                (words("seed", "种子"), document.parts.isEmpty ? String(facts.seed) : nil),
            ] {
                guard let fact else { continue }
                page.element("dt", text: name)
                page.element("dd") { $0.element("code", text: fact) }
            }
        }
        if let text = document.rateChangeText { page.element("p", text: text[language]) }
        for line in document.portLines(language) { page.element("p", text: line) }
        for line in document.generatorLines(language) where !document.isGeneratorLimited || line != limitedLine {
            page.element("p", text: line)
        }
        guard !document.parts.isEmpty else { return }
        page.element("h2", text: words("Merged from", "合并自"))
        page.element("ul") { page in
            for part in document.parts { page.element("li", text: part.text[language]) }
        }
    }

    /// It stands at the top already.
    private var limitedLine: String { document.limitedText(language) }
}
